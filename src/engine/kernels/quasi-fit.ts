import { priorCounts } from "./average-log-cpm.ts";
import type { Block } from "./block.ts";
import { countModel, type MakeCountModel } from "./count-model.ts";
import { independentColumns } from "./independent-columns.ts";
import { thinQr } from "./thin-qr.ts";

export interface QuasiFitArgs {
  /** samples x coefficients. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  /** Library sizes times normalisation factors. */
  readonly libraries: Float64Array;
  /** One a gene of the whole experiment. */
  readonly dispersions: Float64Array;
  /** Added to counts, in proportion to library size, for the coefficients that are shown. */
  readonly priorCount: number;
}

/** A value counts as fitted by zero below this. */
const zero = 1e-4;

/**
 * Negative binomial fits at given dispersions: deviance; residual degrees of freedom without the samples whose zero counts are fitted
 * exactly (Lun & Smyth 2017, SAGMB 16:83); the smallest fitted mean; and coefficients (natural logarithms, genes x
 * coefficients) of counts with a prior count, and `plain` without.
 */
export function quasiFit(
  { values, nGenes, nSamples: n, first = 0 }: Block,
  { design, nCoefficients: p, libraries, dispersions, priorCount }: QuasiFitArgs,
  makeModel: MakeCountModel = countModel,
): {
  coefficients: Float64Array;
  plain: Float64Array;
  deviance: Float64Array;
  df: Float64Array;
  least: Float64Array;
} {
  const offsets = libraries.map(Math.log);
  const { priors, offsets: priorOffsets } = priorCounts(libraries, priorCount);
  const coefficients = new Float64Array(nGenes * p);
  const plain = new Float64Array(nGenes * p);
  const deviance = new Float64Array(nGenes);
  const df = new Float64Array(nGenes);
  const least = new Float64Array(nGenes);
  const more = new Float64Array(n);
  const ranks = new Map<string, number>();
  const mu = new Float64Array(n);
  // One for each set of sizes, which are prepared once.
  const model = makeModel(design, n, p);
  const prior = makeModel(design, n, p);
  try {
    for (let g = 0; g < nGenes; ++g) {
      const y = values.subarray(g * n, (g + 1) * n);
      const dispersion = dispersions[first + g];
      for (let s = 0; s < n; ++s) more[s] = y[s] + priors[s];
      prior.take(more);
      prior.fit(priorOffsets, dispersion, false);
      coefficients.set(prior.beta, g * p);
      model.take(y);
      model.fit(offsets, dispersion, false);
      plain.set(model.beta, g * p);
      deviance[g] = model.deviance();
      model.means(mu);
      let zeros = 0;
      let smallest = Infinity;
      for (let s = 0; s < n; ++s) {
        if (y[s] < zero && mu[s] < zero) ++zeros;
        smallest = Math.min(smallest, mu[s]);
      }
      least[g] = smallest;
      df[g] = n - p;
      if (zeros > 0) {
        const kept = [...mu.keys()].filter((s) => y[s] >= zero || mu[s] >= zero);
        const key = kept.join(" ");
        let rank = ranks.get(key);
        if (rank === undefined) ranks.set(key, (rank = independentColumns(design, p, kept).length));
        df[g] = Math.max(0, n - zeros - rank);
      }
    }
  } finally {
    model.release();
    prior.release();
  }
  return { coefficients, plain, deviance, df, least };
}

/**
 * A design of one column fewer in which the contrast is 0: the columns of `design` turned by an orthogonal matrix whose first direction is
 * the contrast, without that one; and `along`, the change of each sample's predictor for a contrast of 1.
 */
export function nullDesign(
  design: Float64Array,
  n: number,
  p: number,
  contrast: Float64Array,
): { reduced: Float64Array; along: Float64Array } {
  const squares = contrast.reduce((sum, w) => sum + w * w, 0);
  const along = new Float64Array(n);
  for (let s = 0; s < n; ++s)
    for (let j = 0; j < p; ++j) along[s] += (design[s * p + j] * contrast[j]) / squares;
  const used = [...contrast.keys()].filter((j) => contrast[j] !== 0);
  if (used.length === 1) {
    const [drop] = used;
    const kept = [...contrast.keys()].filter((j) => j !== drop);
    const reduced = Float64Array.from({ length: n * (p - 1) }, (_, i) => {
      const s = Math.floor(i / (p - 1));
      return design[s * p + kept[i % (p - 1)]];
    });
    return { reduced, along };
  }
  // Columns of the identity after the contrast, made orthonormal; the first then is the contrast's direction.
  const pivot = used.reduce((a, b) => (Math.abs(contrast[b]) > Math.abs(contrast[a]) ? b : a));
  const frame = new Float64Array(p * p);
  for (let i = 0; i < p; ++i) frame[i * p] = contrast[i];
  let column = 1;
  for (let j = 0; j < p; ++j) if (j !== pivot) frame[j * p + column++] = 1;
  const { q } = thinQr(frame, p, p);
  const reduced = new Float64Array(n * (p - 1));
  for (let s = 0; s < n; ++s)
    for (let k = 1; k < p; ++k) {
      let sum = 0;
      for (let j = 0; j < p; ++j) sum += design[s * p + j] * q[j * p + k];
      reduced[s * (p - 1) + k - 1] = Math.abs(sum) < 1e-14 ? 0 : sum;
    }
  return { reduced, along };
}
