import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { localSums, type MakeLocalSums } from "./local-sums.ts";

/** The twin of localSums; points for which there is no memory go to localSums itself. */
export function assemblyLocalSums(wasm: AssemblyExports): MakeLocalSums {
  return (x, y) => {
    const n = x.length;
    const pointer = allocate(wasm, 8 * (3 * n + 6));
    if (pointer === 0) return localSums(x, y);
    const [ys, weights, answer] = [1, 2, 3].map((k) => pointer + 8 * k * n);
    const view = (at: number, length: number) => new Float64Array(wasm.memory.buffer, at, length);
    view(pointer, n).set(x);
    view(ys, n).set(y);
    view(weights, n + 6).fill(0);
    view(weights, n).fill(1);
    const out = new Float64Array(5);
    return {
      weigh: (robustness) => view(weights, n).set(robustness),
      sums(from, to, centre, width) {
        wasm.localSums(pointer, ys, weights, from, to, centre, width, answer + 8);
        out.set(view(answer + 8, 5));
        return out;
      },
      release: () => wasm.release(pointer),
    };
  };
}
