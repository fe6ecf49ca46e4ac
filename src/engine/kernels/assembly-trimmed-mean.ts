import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { logShares, nKept, trimmedMean, type MakeTrimmedMean } from "./trimmed-mean-of-m-values.ts";

/** The twin of trimmedMean, for whole counts; others, and those for which there is no memory, go to trimmedMean itself. */
export function assemblyTrimmedMean(wasm: AssemblyExports): MakeTrimmedMean {
  return (args) => {
    const { columns, reference, referenceSize, trimRatios, trimAbundances } = args;
    const n = reference.length;
    const whole = columns instanceof Int32Array && reference instanceof Int32Array;
    const place = whole ? allocate(wasm, 8 * (5 * n + 4 + nKept)) : 0;
    if (place === 0) return trimmedMean(args);
    const room = place;
    const logReference = room + 24 * (n + 1);
    const kept = logReference + 8 * n;
    const references = kept + 8 * nKept;
    const counts = references + 4 * n;
    new Float64Array(wasm.memory.buffer, logReference, n).set(logShares(args));
    new Int32Array(wasm.memory.buffer, references, n).set(reference);
    return {
      factor(sample, size) {
        new Int32Array(wasm.memory.buffer, counts, n).set(sample);
        const logs = new Float64Array(wasm.memory.buffer, kept, nKept);
        for (let k = 1; k < nKept; ++k) logs[k] = Math.log2(k / size);
        const log = wasm.trimmedMean(
          counts,
          references,
          n,
          size,
          referenceSize,
          kept,
          nKept,
          logReference,
          trimRatios,
          trimAbundances,
          room,
        );
        return Number.isNaN(log) ? 1 : Math.exp(log);
      },
      release: () => wasm.release(place),
    };
  };
}
