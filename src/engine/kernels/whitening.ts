import { thinQr } from "./thin-qr.ts";
import { invertTriangle } from "./small-matrices.ts";

/** Which samples are alike: of the same block (code), with this correlation within it. */
export interface BlockCorrelation {
  readonly codes: Int32Array;
  readonly correlation: number;
}

/** How samples weigh and hang together, the same for every gene. */
export interface SampleVariance {
  /** One weight a sample, above 0: its variance is in proportion to 1 / weight. */
  readonly weights: Float64Array | null;
  readonly blocks: BlockCorrelation | null;
}

/**
 * Makes samples independent and of equal variance, in place: each value times the root of its weight, then the inverse root of
 * the compound-symmetric correlation of its block. The same applied to values and design gives generalised least squares.
 */
export function whitenWith(
  { weights, blocks }: SampleVariance,
  nSamples: number,
): (x: Float64Array) => void {
  const roots = weights?.map(Math.sqrt) ?? null;
  if (!blocks || blocks.correlation === 0)
    return (x) => {
      if (roots) for (let s = 0; s < nSamples; ++s) x[s] *= roots[s];
    };
  const { codes, correlation } = blocks;
  const nBlocks = Math.max(...codes) + 1;
  const sizes = new Float64Array(nBlocks);
  for (const code of codes) ++sizes[code];
  // (1 - r) I + r J has the roots sqrt(1 - r) and, along the block's mean, sqrt(1 + (m - 1) r).
  const scale = 1 / Math.sqrt(1 - correlation);
  const shrink = sizes.map((m) => 1 - Math.sqrt((1 - correlation) / (1 + (m - 1) * correlation)));
  const means = new Float64Array(nBlocks);
  return (x) => {
    means.fill(0);
    for (let s = 0; s < nSamples; ++s) {
      if (roots) x[s] *= roots[s];
      means[codes[s]] += x[s] / sizes[codes[s]];
    }
    for (let s = 0; s < nSamples; ++s) x[s] = (x[s] - shrink[codes[s]] * means[codes[s]]) * scale;
  };
}

/** The QR decomposition of a whitened design, and the inverse of R. */
export function whitenedDesign(
  design: Float64Array,
  nSamples: number,
  nCoefficients: number,
  whiten: (x: Float64Array) => void,
): { q: Float64Array; inverse: Float64Array } {
  const x = design.slice();
  const column = new Float64Array(nSamples);
  for (let j = 0; j < nCoefficients; ++j) {
    for (let s = 0; s < nSamples; ++s) column[s] = x[s * nCoefficients + j];
    whiten(column);
    for (let s = 0; s < nSamples; ++s) x[s * nCoefficients + j] = column[s];
  }
  const { q, r } = thinQr(x, nSamples, nCoefficients);
  return { q, inverse: invertTriangle(r, nCoefficients) };
}
