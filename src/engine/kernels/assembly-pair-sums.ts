import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { pairSums, type PairSums } from "./pair-sums.ts";

/** Memory that a module took is never given back to the system: larger work is done in TypeScript. */
const mostBytes = 2 ** 28;

/** The twin of pairSums. */
export function assemblyPairSums(wasm: AssemblyExports): PairSums {
  return (x, nRows, nColumns, sum) => {
    const nPairs = (nRows * (nRows - 1)) / 2;
    const bytes = (x.length + nPairs) * 8;
    const pointer = bytes > mostBytes ? 0 : allocate(wasm, bytes);
    if (pointer === 0) return pairSums(x, nRows, nColumns, sum);
    try {
      const at = pointer + x.length * 8;
      new Float64Array(wasm.memory.buffer, pointer, x.length).set(x);
      new Float64Array(wasm.memory.buffer, at, nPairs).fill(0);
      wasm.pairSums(pointer, nRows, nColumns, sum === "squares" ? 1 : 0, at);
      return new Float64Array(wasm.memory.buffer, at, nPairs).slice();
    } finally {
      wasm.release(pointer);
    }
  };
}
