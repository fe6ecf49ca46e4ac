import type { Block } from "./block.ts";
import { countModel, type MakeCountModel } from "./count-model.ts";

export interface AverageLogCpmArgs {
  /** Library sizes times normalisation factors. */
  readonly libraries: Float64Array;
  readonly dispersion: number;
}

/** Counts added in proportion to library size, and the logarithms of libraries with twice these. */
export function priorCounts(
  libraries: Float64Array,
  count = 2,
): { readonly priors: Float64Array; readonly offsets: Float64Array } {
  const mean = libraries.reduce((a, b) => a + b, 0) / libraries.length;
  const priors = libraries.map((size) => (count * size) / mean);
  return { priors, offsets: libraries.map((size, s) => Math.log(size + 2 * priors[s])) };
}

/** log2 per million of the logarithm of a rate. */
export const logCpmOf = (rate: number): number => (rate + Math.log(1e6)) / Math.LN2;

/**
 * The average log2 count per million of each gene: one negative binomial mean of counts plus a prior count of 2 in proportion to library
 * size. edgeR's aveLogCPM (McCarthy, Chen & Smyth 2012, NAR 40:4288).
 */
export function averageLogCpm(
  { values, nGenes, nSamples: n }: Block,
  { libraries, dispersion }: AverageLogCpmArgs,
  makeModel: MakeCountModel = countModel,
): { logCpm: Float64Array } {
  const { priors, offsets } = priorCounts(libraries);
  const model = makeModel(new Float64Array(n).fill(1), n, 1);
  const y = new Float64Array(n);
  const logCpm = new Float64Array(nGenes);
  try {
    for (let g = 0; g < nGenes; ++g) {
      for (let s = 0; s < n; ++s) y[s] = values[g * n + s] + priors[s];
      model.take(y);
      model.fit(offsets, dispersion, false);
      logCpm[g] = logCpmOf(model.beta[0]);
    }
  } finally {
    model.release();
  }
  return { logCpm };
}
