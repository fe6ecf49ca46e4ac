import type { Block } from "./block.ts";
import { whitenedDesign, whitenWith } from "./whitening.ts";

export interface SampleScoresArgs {
  /** samples x coefficients, of full rank, fewer columns than rows. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  /** Weights of samples. */
  readonly weights: Float64Array;
}

/** Genes of a smaller residual variance tell nothing of samples. */
export const leastVariance = 1e-15;

/**
 * How far each sample lies from a weighted fit of each gene: its weight times its squared residual over the gene's residual variance, genes x
 * samples; 0 throughout for a gene without residual variance.
 */
export function sampleScores(
  { values, nGenes, nSamples: n }: Block,
  { design, nCoefficients: p, weights }: SampleScoresArgs,
): { scores: Float64Array } {
  const whiten = whitenWith({ weights, blocks: null }, n);
  const { q } = whitenedDesign(design, n, p, whiten);
  const scores = new Float64Array(nGenes * n);
  const y = new Float64Array(n);
  const effects = new Float64Array(p);
  for (let g = 0; g < nGenes; ++g) {
    for (let s = 0; s < n; ++s) y[s] = values[g * n + s];
    whiten(y);
    effects.fill(0);
    for (let s = 0; s < n; ++s) for (let j = 0; j < p; ++j) effects[j] += q[s * p + j] * y[s];
    let squares = 0;
    for (let s = 0; s < n; ++s) {
      for (let j = 0; j < p; ++j) y[s] -= q[s * p + j] * effects[j];
      squares += y[s] * y[s];
    }
    const variance = squares / (n - p);
    if (!(variance > leastVariance)) continue;
    for (let s = 0; s < n; ++s) scores[g * n + s] = (y[s] * y[s]) / variance;
  }
  return { scores };
}
