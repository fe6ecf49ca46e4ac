import type { Block } from "./block.ts";
import { leastVariance } from "./sample-scores.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";
import { solveSumZero } from "./solve-sum-zero.ts";
import { voomWeights } from "./voom-fit.ts";
import { weightedFit } from "./weighted-fit.ts";
import type { SampleVariance } from "./whitening.ts";

export interface VoomSampleWeightsArgs {
  /** Some genes, in the experiment's order. */
  readonly block: Block;
  readonly design: Float64Array;
  readonly nCoefficients: number;
  readonly scale: Scale;
  /** voom's trend and what it was fitted with. */
  readonly trend: { readonly x: Float64Array; readonly y: Float64Array };
  readonly variance: SampleVariance;
  /** What the genes before gave: logarithms of the samples' variances, and the information about these, samples x samples. */
  readonly logVariances: Float64Array;
  readonly information: Float64Array;
}

/**
 * The variances of samples that all genes share, beside voom's weights: the gene-by-gene update of Ritchie 2006 (BMC Bioinformatics 7:261),
 * as Liu 2015 uses it. Each gene adds its information and moves the variances by its score, so genes have an order.
 */
export function voomSampleWeights(args: VoomSampleWeightsArgs): {
  logVariances: Float64Array;
  information: Float64Array;
} {
  const { block, design, nCoefficients: p, scale, trend, variance } = args;
  const { nGenes, nSamples: n } = block;
  const logVariances = args.logVariances.slice();
  const information = args.information.slice();
  const model = weightedFit(design, n, p, null);
  const weigh = voomWeights(design, n, p, scale, trend, variance);
  const zeros = scaledZeros(scale);
  const y = new Float64Array(n);
  const weights = new Float64Array(n);
  const free = new Float64Array(n);
  const slope = new Float64Array(n);
  const coefficients = new Float64Array(p);
  const unscaled = new Float64Array(p);
  for (let g = 0; g < nGenes; ++g) {
    scaleGene(block, g, scale, zeros, y);
    weigh(y, weights);
    for (let s = 0; s < n; ++s) weights[s] *= Math.exp(-logVariances[s]);
    const residual = model.fit(y, weights, coefficients, unscaled, 0) ** 2;
    if (!(residual > leastVariance)) continue;
    model.leverages(free);
    for (let s = 0; s < n; ++s) {
      free[s] = 1 - free[s];
      slope[s] = model.residuals[s] ** 2 / residual - free[s];
    }
    for (let i = 0; i < n; ++i) {
      information[i * n + i] += free[i];
      const part = free[i] / (n - p);
      for (let j = 0; j < n; ++j) information[i * n + j] -= part * free[j];
    }
    const step = solveSumZero(information, n, slope);
    for (let s = 0; s < n; ++s) logVariances[s] += step[s];
  }
  return { logVariances, information };
}
