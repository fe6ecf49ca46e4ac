import { assemblyCountBlocks } from "./assembly-count-blocks.ts";
import { assemblyGroupSummary } from "./assembly-group-summary.ts";
import { allocate, type AssemblyExports } from "./assembly-memory.ts";
import { assemblyLocalAverages } from "./assembly-local-averages.ts";
import { assemblyLocalSums } from "./assembly-local-sums.ts";
import { assemblyPairSums } from "./assembly-pair-sums.ts";
import { plainStore, type BlockStore } from "./block-store.ts";
import { assemblyRowsFits } from "./assembly-rows-fit.ts";
import { assemblySplineMaxima } from "./assembly-spline-maxima.ts";
import { assemblyTrimmedMean } from "./assembly-trimmed-mean.ts";
import { assemblyTridiagonalise } from "./assembly-tridiagonalise.ts";
import { assemblyTurnRows } from "./assembly-turn-rows.ts";
import { kernels, type Kernels } from "./index.ts";

/** The kernels over a store of blocks that some of them can read in place. */
export interface HeldKernels {
  readonly kernels: Kernels;
  readonly store: BlockStore;
}

/**
 * The kernels with those replaced that have a twin in WebAssembly, and a store that keeps blocks in its memory so that
 * repeated calls copy nothing. A block that lives elsewhere, or finds no memory, goes to the TypeScript
 * kernel. Group summaries agree to the bit, on logarithmic scales to a relative 1e-12; sums over pairs of rows
 * (correlations, distances) to 1e-12 of the sum of sizes of their terms.
 */
export async function withAssembly(bytes: BufferSource): Promise<HeldKernels> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const wasm = instance.exports as unknown as AssemblyExports;
  const groupSummary = assemblyGroupSummary(wasm);
  const sums = assemblyPairSums(wasm);
  const makeAverages = assemblyLocalAverages(wasm);
  const makeSums = assemblyLocalSums(wasm);
  const reduce = assemblyTridiagonalise(wasm);
  const makeRows = assemblyTurnRows(wasm);
  const makeMean = assemblyTrimmedMean(wasm);
  return {
    kernels: {
      ...kernels,
      groupSummary,
      pca: (args) => kernels.pca(args, sums, makeRows, reduce),
      trimmedMeanOfMValues: (args) => kernels.trimmedMeanOfMValues(args, makeMean),
      ...assemblyRowsFits(wasm),
      ...assemblySplineMaxima(wasm),
      sharedProfile: (args) => kernels.sharedProfile(args, makeAverages),
      voomTrend: (args) => kernels.voomTrend(args, makeSums),
      ...assemblyCountBlocks(wasm),
      correlation: (args) => kernels.correlation(args, sums),
      hclust: (args) => kernels.hclust(args, sums),
    },
    store: storeIn(wasm),
  };
}

/** Keeps blocks in the module's memory while there is room. */
function storeIn(wasm: AssemblyExports): BlockStore {
  return {
    hold(block) {
      const { values, nGenes, nSamples, first = 0 } = block;
      const { length } = values;
      const pointer = allocate(wasm, values.byteLength);
      if (pointer === 0) return plainStore.hold(block);
      const view = () =>
        values instanceof Int32Array
          ? new Int32Array(wasm.memory.buffer, pointer, length)
          : new Float64Array(wasm.memory.buffer, pointer, length);
      view().set(values);
      return {
        nGenes,
        nSamples,
        part: (from, to) => ({
          values: view().subarray(from * nSamples, to * nSamples),
          nGenes: to - from,
          nSamples,
          first: first + from,
        }),
        release: () => wasm.release(pointer),
      };
    },
  };
}
