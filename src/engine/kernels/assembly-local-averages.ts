import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { localAverages, type MakeLocalAverages } from "./local-averages.ts";

/** The twin of localAverages; points for which there is no memory go to localAverages itself. */
export function assemblyLocalAverages(wasm: AssemblyExports): MakeLocalAverages {
  return (sorted, order, y, nColumns) => {
    const n = sorted.length;
    const place = allocate(wasm, 8 * (n + y.length + nColumns) + 4 * n);
    if (place === 0) return localAverages(sorted, order, y, nColumns);
    const ys = place + 8 * n;
    const out = ys + 8 * y.length;
    const orders = out + 8 * nColumns;
    new Float64Array(wasm.memory.buffer, place, n).set(sorted);
    new Float64Array(wasm.memory.buffer, ys, y.length).set(y);
    new Uint32Array(wasm.memory.buffer, orders, n).set(order);
    return {
      at(low, high, t, bandwidth) {
        const total = wasm.localAverages(place, orders, ys, nColumns, low, high, t, bandwidth, out);
        return new Float64Array(wasm.memory.buffer, out, nColumns).map((sum) => sum / total);
      },
      release: () => wasm.release(place),
    };
  };
}
