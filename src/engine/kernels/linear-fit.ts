import type { Block } from "./block.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";
import { whitenedDesign, whitenWith, type SampleVariance } from "./whitening.ts";

export interface LinearFitArgs {
  /** samples x coefficients, of full rank, fewer columns than rows. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  readonly variance: SampleVariance;
  /** Values fitted; null takes them as stored. */
  readonly scale: Scale | null;
}

/**
 * Least squares of every gene on a design: coefficients (genes x coefficients), `sigma` the residual standard deviation over
 * samples - coefficients, `mean` the plain mean of its values. Smyth 2004; limma's lmFit with weights of samples and
 * correlated blocks.
 */
export function linearFit(
  block: Block,
  { design, nCoefficients: p, variance, scale }: LinearFitArgs,
): { coefficients: Float64Array; sigma: Float64Array; mean: Float64Array } {
  const { values, nGenes, nSamples: n } = block;
  const whiten = whitenWith(variance, n);
  const { q, inverse } = whitenedDesign(design, n, p, whiten);
  const coefficients = new Float64Array(nGenes * p);
  const sigma = new Float64Array(nGenes);
  const mean = new Float64Array(nGenes);
  const zeros = scale && scaledZeros(scale);
  const y = new Float64Array(n);
  const effects = new Float64Array(p);
  for (let g = 0; g < nGenes; ++g) {
    if (scale) scaleGene(block, g, scale, zeros!, y);
    else for (let s = 0; s < n; ++s) y[s] = values[g * n + s];
    let sum = 0;
    for (let s = 0; s < n; ++s) sum += y[s];
    mean[g] = sum / n;
    whiten(y);
    effects.fill(0);
    for (let s = 0; s < n; ++s) for (let j = 0; j < p; ++j) effects[j] += q[s * p + j] * y[s];
    let squares = 0;
    for (let s = 0; s < n; ++s) {
      let residual = y[s];
      for (let j = 0; j < p; ++j) residual -= q[s * p + j] * effects[j];
      squares += residual * residual;
    }
    sigma[g] = Math.sqrt(squares / (n - p));
    for (let j = 0; j < p; ++j) {
      let b = 0;
      for (let k = j; k < p; ++k) b += inverse[j * p + k] * effects[k];
      coefficients[g * p + j] = b;
    }
  }
  return { coefficients, sigma, mean };
}
