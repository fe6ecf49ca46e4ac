import type { Block } from "./block.ts";
import { countModel, type MakeCountModel } from "./count-model.ts";

export interface AverageLogCpmArgs {
  /** Library sizes times normalisation factors. */
  readonly libraries: Float64Array;
  readonly dispersion: number;
}

const priorCount = 2;

/**
 * The average log2 count per million of each gene: one negative binomial mean of counts plus a prior count of 2 in proportion to library
 * size. edgeR's aveLogCPM (McCarthy, Chen & Smyth 2012, NAR 40:4288).
 */
export function averageLogCpm(
  { values, nGenes, nSamples: n }: Block,
  { libraries, dispersion }: AverageLogCpmArgs,
  makeModel: MakeCountModel = countModel,
): { logCpm: Float64Array } {
  const mean = libraries.reduce((a, b) => a + b, 0) / n;
  const priors = libraries.map((size) => (priorCount * size) / mean);
  const offsets = libraries.map((size, s) => Math.log(size + 2 * priors[s]));
  const model = makeModel(new Float64Array(n).fill(1), n, 1);
  const y = new Float64Array(n);
  const logCpm = new Float64Array(nGenes);
  try {
    for (let g = 0; g < nGenes; ++g) {
      for (let s = 0; s < n; ++s) y[s] = values[g * n + s] + priors[s];
      model.take(y);
      model.fit(offsets, dispersion, false);
      logCpm[g] = (model.beta[0] + Math.log(1e6)) / Math.LN2;
    }
  } finally {
    model.release();
  }
  return { logCpm };
}
