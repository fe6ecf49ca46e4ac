import { dot } from "./dot.ts";
import { pairSums, type PairSums } from "./pair-sums.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { tridiagonalise, type Tridiagonalise } from "./tridiagonalise.ts";
import { turnRows, type TurnRows } from "./turn-rows.ts";

export interface PcaArgs {
  /** genes x samples, gene-major. */
  readonly values: Float64Array;
  readonly nGenes: number;
  readonly nSamples: number;
  /** Divide each gene by its standard deviation; every gene must then vary. */
  readonly scale: boolean;
  /** How many components to return scores and loadings of. */
  readonly components: number;
}

export interface PcaArrays {
  /** components x samples: `scores[c * nSamples + s]`. */
  readonly scores: Float64Array;
  /** components x genes, each of length 1: `loadings[c * nGenes + g]`. */
  readonly loadings: Float64Array;
  /** Variance of every component, descending; over samples - 1. */
  readonly variance: Float64Array;
}

/**
 * Principal components of samples, genes centred on their means and scaled if asked; R's prcomp up to the
 * sign of a component, which is chosen so that its largest loading is positive. From the eigenvectors of the
 * smaller of the two cross products. There are min(genes, samples - 1) components.
 */
export function pca(
  args: PcaArgs,
  sums: PairSums = pairSums,
  makeRows: TurnRows = turnRows,
  reduce: Tridiagonalise = tridiagonalise,
): PcaArrays {
  const { nGenes, nSamples } = args;
  const x = centred(args);
  const nAll = Math.max(0, Math.min(nGenes, nSamples - 1));
  const n = Math.min(args.components, nAll);
  const scores = new Float64Array(n * nSamples);
  const loadings = new Float64Array(n * nGenes);
  const bySamples = nSamples <= nGenes;
  const order = bySamples ? nSamples : nGenes;
  const { values, vectors } = symmetricEigen(
    bySamples
      ? products(transposed(x, nGenes, nSamples), nSamples, nGenes, sums)
      : products(x, nGenes, nSamples, sums),
    order,
    makeRows,
    reduce,
  );
  const least = Math.max(0, values[0] ?? 0) * order * Number.EPSILON;
  const variance = Float64Array.from({ length: nAll }, (_, c) =>
    values[c] > least ? values[c] / (nSamples - 1) : 0,
  );
  for (let c = 0; c < n; ++c) {
    const score = scores.subarray(c * nSamples, (c + 1) * nSamples);
    const loading = loadings.subarray(c * nGenes, (c + 1) * nGenes);
    if (variance[c] === 0) continue;
    if (bySamples) {
      const unit = vectors.subarray(c * nSamples, (c + 1) * nSamples);
      for (let g = 0; g < nGenes; ++g) loading[g] = dot(x, g * nSamples, unit, 0, nSamples);
      const length = Math.sqrt(dot(loading, 0, loading, 0, nGenes));
      for (let g = 0; g < nGenes; ++g) loading[g] /= length;
    } else loading.set(vectors.subarray(c * nGenes, (c + 1) * nGenes));
    if (largest(loading) < 0) for (let g = 0; g < nGenes; ++g) loading[g] = -loading[g];
    for (let g = 0; g < nGenes; ++g)
      for (let s = 0; s < nSamples; ++s) score[s] += loading[g] * x[g * nSamples + s];
  }
  return { scores, loadings, variance };
}

/** The values with each gene centred, and scaled to variance 1 if asked. */
function centred({ values, nGenes, nSamples, scale }: PcaArgs): Float64Array {
  const x = new Float64Array(nGenes * nSamples);
  for (let g = 0; g < nGenes; ++g) {
    const row = g * nSamples;
    let sum = 0;
    for (let s = 0; s < nSamples; ++s) sum += values[row + s];
    const mean = sum / nSamples;
    for (let s = 0; s < nSamples; ++s) x[row + s] = values[row + s] - mean;
    if (!scale) continue;
    const sd = Math.sqrt(dot(x, row, x, row, nSamples) / (nSamples - 1));
    for (let s = 0; s < nSamples; ++s) x[row + s] /= sd;
  }
  return x;
}

/** Products of all pairs of rows, both triangles. */
function products(x: Float64Array, nRows: number, nColumns: number, sums: PairSums): Float64Array {
  const m = new Float64Array(nRows * nRows);
  const pairs = sums(x, nRows, nColumns, "products");
  for (let i = 0, k = 0; i < nRows; ++i) {
    for (let j = 0; j < i; ++j, ++k) m[i * nRows + j] = m[j * nRows + i] = pairs[k];
    m[i * nRows + i] = dot(x, i * nColumns, x, i * nColumns, nColumns);
  }
  return m;
}

function transposed(x: Float64Array, nRows: number, nColumns: number): Float64Array {
  const t = new Float64Array(x.length);
  for (let i = 0; i < nRows; ++i)
    for (let j = 0; j < nColumns; ++j) t[j * nRows + i] = x[i * nColumns + j];
  return t;
}

/** The value of largest size, the first of them for a tie. */
function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > Math.abs(most)) most = value;
  return most;
}
