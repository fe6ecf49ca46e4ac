import type { Block } from "./block.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { varianceComponents } from "./variance-components.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";
import { voomWeights } from "./voom-fit.ts";
import { weightedFit } from "./weighted-fit.ts";
import type { SampleVariance } from "./whitening.ts";

export interface BlockCorrelationArgs {
  /** samples x coefficients, of full rank. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  /** The block of each sample, from 0 up. */
  readonly codes: Int32Array;
  /** Values fitted; null takes them as stored. */
  readonly scale: Scale | null;
  /** voom's trend, where values have its weights; and what it was fitted with. */
  readonly voom: {
    readonly trend: { readonly x: Float64Array; readonly y: Float64Array };
    readonly variance: SampleVariance;
  } | null;
  /** Weights of samples, null for equal ones. */
  readonly sampleWeights: Float64Array | null;
}

/**
 * The correlation within blocks of each gene: of a mixed model with a random effect of blocks, fitted by residual likelihood (Smyth,
 * Michaud & Scott 2005, Bioinformatics 21:2067; see `varianceComponents`), held between just above -1 / (largest block - 1)
 * and 0.99. NaN for a gene without residual variance.
 */
export function blockCorrelation(
  block: Block,
  { design, nCoefficients: p, codes, scale, voom, sampleWeights }: BlockCorrelationArgs,
): { correlation: Float64Array } {
  const { values, nGenes, nSamples: n } = block;
  const correlation = new Float64Array(nGenes);
  const nBlocks = Math.max(...codes) + 1;
  const sizes = new Float64Array(nBlocks);
  for (const code of codes) ++sizes[code];
  const least = 1 / (1 - sizes.reduce((a, b) => Math.max(a, b), 0)) + 0.01;
  const most = 0.99;
  const zeros = scale && scaledZeros(scale);
  const weigh = voom && scale && voomWeights(design, n, p, scale, voom.trend, voom.variance);
  const y = new Float64Array(n);
  const weights = sampleWeights?.slice() ?? new Float64Array(n).fill(1);
  const coefficients = new Float64Array(p);
  const unscaled = new Float64Array(p);
  const model = weightedFit(design, n, p, null);
  const blockSums = new Float64Array(nBlocks);
  const room = {
    loads: new Float64Array(nBlocks + 1),
    counts: new Float64Array(nBlocks + 1),
    sums: new Float64Array(nBlocks + 1),
    n: 0,
  };
  let axes: { values: Float64Array; vectors: Float64Array } | null = null;

  for (let g = 0; g < nGenes; ++g) {
    if (scale) scaleGene(block, g, scale, zeros!, y);
    else for (let s = 0; s < n; ++s) y[s] = values[g * n + s];
    if (weigh) {
      weigh(y, weights);
      if (sampleWeights) for (let s = 0; s < n; ++s) weights[s] *= sampleWeights[s];
    }
    const sigma = model.fit(y, weights, coefficients, unscaled, 0);
    // Without weights of its own a gene has the axes of the first.
    if (weigh || !axes) axes = axesOfBlocks();
    takeSquares(axes, sigma * sigma * (n - p));
    const [own, shared] = varianceComponents(room);
    const r = shared / (own + shared);
    correlation[g] = sigma > 1e-12 * Math.abs(y[0]) ? Math.max(least, Math.min(most, r)) : NaN;
  }
  return { correlation };

  /** Eigenvectors of the blocks' indicators after the design is taken out. */
  function axesOfBlocks() {
    const matrix = new Float64Array(nBlocks * nBlocks);
    for (let b = 0; b < nBlocks; ++b) matrix[b * nBlocks + b] = sizes[b];
    for (const column of model.columns) {
      blockSums.fill(0);
      for (let s = 0; s < n; ++s) blockSums[codes[s]] += column[s];
      for (let a = 0; a < nBlocks; ++a)
        for (let b = 0; b < nBlocks; ++b) matrix[a * nBlocks + b] -= blockSums[a] * blockSums[b];
    }
    return symmetricEigen(matrix, nBlocks);
  }

  /** The squared residuals along the axes, and what is left of `total` where blocks have no part. */
  function takeSquares({ values: loads, vectors }: NonNullable<typeof axes>, total: number): void {
    blockSums.fill(0);
    for (let s = 0; s < n; ++s) blockSums[codes[s]] += model.residuals[s];
    let k = 0;
    let left = total;
    for (; k < Math.min(nBlocks, n - p) && loads[k] > 1e-10; ++k) {
      let dot = 0;
      for (let b = 0; b < nBlocks; ++b) dot += vectors[k * nBlocks + b] * blockSums[b];
      room.loads[k] = loads[k];
      room.counts[k] = 1;
      room.sums[k] = (dot * dot) / loads[k];
      left -= room.sums[k];
    }
    if (n - p > k) {
      room.loads[k] = 0;
      room.counts[k] = n - p - k;
      room.sums[k] = Math.max(0, left);
      ++k;
    }
    room.n = k;
  }
}
