import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { tridiagonalise, type Tridiagonalise } from "./tridiagonalise.ts";

/** Memory that a module took is never given back to the system: larger work is done in TypeScript. */
const mostBytes = 2 ** 28;

/** The twin of tridiagonalise, two columns at a time. */
export function assemblyTridiagonalise(wasm: AssemblyExports): Tridiagonalise {
  return (v, d, e, n) => {
    const bytes = 8 * (n * n + 5 * n);
    const place = bytes > mostBytes ? 0 : allocate(wasm, bytes);
    if (place === 0) return tridiagonalise(v, d, e, n);
    const view = (at: number, length: number) => new Float64Array(wasm.memory.buffer, at, length);
    const ds = place + 8 * n * n;
    const es = ds + 8 * n;
    view(place, n * n).set(v);
    view(es, n).set(e);
    wasm.tridiagonalise(place, ds, es, es + 8 * n, n);
    v.set(view(place, n * n));
    d.set(view(ds, n));
    e.set(view(es, n));
    wasm.release(place);
  };
}
