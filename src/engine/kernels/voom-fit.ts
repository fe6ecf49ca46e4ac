import type { Block } from "./block.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";
import { interpolator } from "./interpolate.ts";
import { whitenedDesign, whitenWith, type SampleVariance } from "./whitening.ts";
import { weightedFit } from "./weighted-fit.ts";
import { weightedRowsFit } from "./weighted-rows-fit.ts";

export interface VoomFitArgs {
  /** samples x coefficients, of full rank. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  /** log2 counts per million: priors 0.5, divisors (library + 1) / 1e6. */
  readonly scale: Scale;
  /** The trend of `voomTrend`. */
  readonly trend: { readonly x: Float64Array; readonly y: Float64Array };
  /** Weights of samples and correlation of blocks, of the fit that gives voom's weights and of the final one. */
  readonly first: SampleVariance;
  readonly variance: SampleVariance;
}

/**
 * The weighted fit of voom: each value's weight is the trend at its fitted log count, to the power -4 (Law 2014), times its
 * sample's. Returns coefficients and their standard deviations over sigma (genes x coefficients), sigma, and the mean
 * log2 count per million.
 */
export function voomFit(
  block: Block,
  { design, nCoefficients: p, scale, trend, first, variance }: VoomFitArgs,
): {
  coefficients: Float64Array;
  unscaled: Float64Array;
  sigma: Float64Array;
  mean: Float64Array;
} {
  const { nGenes, nSamples: n } = block;
  const fit = variance.blocks
    ? weightedFit(design, n, p, variance.blocks).fit
    : weightedRowsFit(design, n, p);
  const weigh = voomWeights(design, n, p, scale, trend, first);
  const coefficients = new Float64Array(nGenes * p);
  const unscaled = new Float64Array(nGenes * p);
  const sigma = new Float64Array(nGenes);
  const mean = new Float64Array(nGenes);
  const zeros = scaledZeros(scale);
  const y = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let g = 0; g < nGenes; ++g) {
    scaleGene(block, g, scale, zeros, y);
    let sum = 0;
    for (let s = 0; s < n; ++s) sum += y[s];
    mean[g] = sum / n;
    weigh(y, weights);
    if (variance.weights) for (let s = 0; s < n; ++s) weights[s] *= variance.weights[s];
    sigma[g] = fit(y, weights, coefficients, unscaled, g * p);
  }
  return { coefficients, unscaled, sigma, mean };
}

/**
 * Makes a function that writes the weights of one gene's values: the trend at the log count that a first fit gives each, to the
 * power -4.
 */
export function voomWeights(
  design: Float64Array,
  n: number,
  p: number,
  scale: Scale,
  trend: VoomFitArgs["trend"],
  variance: SampleVariance,
): (y: Float64Array, weights: Float64Array) => void {
  const whiten = whitenWith(variance, n);
  const { q, inverse } = whitenedDesign(design, n, p, whiten);
  const rootAt = interpolator(trend.x, trend.y);
  const logLibraries = scale.divisors.map(Math.log2);
  const white = new Float64Array(n);
  const effects = new Float64Array(p);
  const first = new Float64Array(p);
  return (y, weights) => {
    white.set(y);
    whiten(white);
    effects.fill(0);
    for (let s = 0; s < n; ++s) for (let j = 0; j < p; ++j) effects[j] += q[s * p + j] * white[s];
    for (let j = 0; j < p; ++j) {
      first[j] = 0;
      for (let k = j; k < p; ++k) first[j] += inverse[j * p + k] * effects[k];
    }
    for (let s = 0; s < n; ++s) {
      let fitted = logLibraries[s];
      for (let j = 0; j < p; ++j) fitted += design[s * p + j] * first[j];
      const root = rootAt(fitted);
      weights[s] = 1 / (root * root * root * root);
    }
  };
}
