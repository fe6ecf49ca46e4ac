import { solveSumZero } from "./solve-sum-zero.ts";
import { whitenedDesign, whitenWith } from "./whitening.ts";

export interface SampleVarianceStepArgs {
  readonly design: Float64Array;
  readonly nSamples: number;
  readonly nCoefficients: number;
  /** Logarithms of the samples' variances, of sum 0. */
  readonly logVariances: Float64Array;
  /** Sums of `sampleScores` over genes, one a sample, and of how many genes. */
  readonly sums: Float64Array;
  readonly nGenes: number;
  /** How many genes' worth the prior is that all samples vary alike. */
  readonly priorGenes: number;
}

/**
 * One step of Fisher scoring for the variances of samples that all genes share, residual likelihood with each gene's variance profiled out
 * (Smyth 2002, J Comput Graph Stat 11:836; Ritchie 2006, BMC Bioinformatics 7:261): new `logVariances`, and the `gain` that
 * the step promised, a gene and parameter.
 */
export function sampleVarianceStep(args: SampleVarianceStepArgs): {
  logVariances: Float64Array;
  gain: number;
} {
  const { design, nSamples: n, nCoefficients: p, logVariances, sums, nGenes, priorGenes } = args;
  const weights = logVariances.map((v) => Math.exp(-v));
  const { q } = whitenedDesign(design, n, p, whitenWith({ weights, blocks: null }, n));
  const information = new Float64Array(n * n);
  const free = new Float64Array(n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      let h = 0;
      for (let k = 0; k < p; ++k) h += q[i * p + k] * q[j * p + k];
      information[i * n + j] = i === j ? (1 - h) ** 2 : h * h;
      if (i === j) free[i] = 1 - h;
    }
  const slope = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    slope[i] = sums[i] - nGenes * free[i] + priorGenes * (weights[i] - 1);
    for (let j = 0; j < n; ++j)
      information[i * n + j] =
        nGenes * (information[i * n + j] - (free[i] * free[j]) / (n - p)) +
        (i === j ? priorGenes : 0);
  }
  const mean = slope.reduce((a, b) => a + b, 0) / n;
  for (let i = 0; i < n; ++i) slope[i] -= mean;
  const step = solveSumZero(information, n, slope);
  const gain = slope.reduce((sum, d, i) => sum + d * step[i], 0);
  return {
    logVariances: logVariances.map((v, i) => v + step[i]),
    gain: gain / (nGenes + priorGenes) / (n - 1),
  };
}
