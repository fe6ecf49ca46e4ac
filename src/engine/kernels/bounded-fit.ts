import { cholesky, solveCholesky } from "./small-matrices.ts";

export interface BoundedFitArgs {
  /** Counts and size factors, samples in the design's order. */
  readonly y: Float64Array;
  readonly sizeFactors: Float64Array;
  readonly alpha: number;
  /** Distinct rows of the model matrix, and where the samples of each start. */
  readonly x: Float64Array;
  readonly starts: Int32Array;
  /** Ridge of each natural-log coefficient. */
  readonly ridges: Float64Array;
}

/** Coefficients on the log2 scale are kept within this. */
const bound = 30 * Math.LN2;

/**
 * Maximises the penalised negative binomial log-likelihood of one gene over natural-log coefficients, each within 30 on the log2
 * scale: Newton's steps, coefficients at a bound that the slope points across held,
 * halved until the likelihood rises. Overwrites `beta`; false where 500 steps were not enough. Where a first step down the plain
 * slope of log2 coefficients leaves the range of numbers, as a covariate of large values makes it do, DESeq2's optimiser (L-BFGS-B, Byrd,
 * Lu, Nocedal & Zhu 1995) comes back to its start and ends there; so does this.
 */
export function boundedFit(args: BoundedFitArgs, beta: Float64Array): boolean {
  const { y, sizeFactors, alpha, x, starts, ridges } = args;
  const p = beta.length;
  const nRows = starts.length - 1;
  const r = 1 / alpha;
  const gradient = new Float64Array(p);
  const matrix = new Float64Array(p * p);
  const step = new Float64Array(p);
  const next = new Float64Array(p);

  function value(b: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < nRows; ++k) {
      const eta = etaOf(b, k);
      const e = Math.exp(eta);
      for (let i = starts[k]; i < starts[k + 1]; ++i)
        sum += y[i] * eta - (y[i] + r) * Math.log1p(alpha * sizeFactors[i] * e);
    }
    for (let j = 0; j < p; ++j) sum -= 0.5 * ridges[j] * b[j] * b[j];
    return sum;
  }

  function etaOf(b: Float64Array, k: number): number {
    let sum = 0;
    for (let j = 0; j < p; ++j) sum += x[k * p + j] * b[j];
    return sum;
  }

  /** The slope at beta, and less the curvature there. */
  function gradientAt(): Float64Array {
    gradient.fill(0);
    matrix.fill(0);
    for (let k = 0; k < nRows; ++k) {
      const e = Math.exp(etaOf(beta, k));
      let score = 0;
      let weight = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) {
        const m = sizeFactors[i] * e;
        score += (y[i] - m) / (1 + alpha * m);
        weight += (m * (1 + alpha * y[i])) / (1 + alpha * m) ** 2;
      }
      for (let a = 0; a < p; ++a) {
        gradient[a] += score * x[k * p + a];
        for (let b = 0; b <= a; ++b) matrix[a * p + b] += weight * x[k * p + a] * x[k * p + b];
      }
    }
    for (let j = 0; j < p; ++j) {
      gradient[j] -= ridges[j] * beta[j];
      matrix[j * p + j] += ridges[j];
    }
    return gradient;
  }

  for (let j = 0; j < p; ++j) beta[j] = Math.min(bound, Math.max(-bound, beta[j] || 0));
  let at = value(beta);
  if (overshoots(args, beta, gradientAt)) return true;
  for (let round = 0; round < 500; ++round) {
    if (round > 0) gradientAt();
    for (let j = 0; j < p; ++j) {
      const held = (beta[j] >= bound && gradient[j] > 0) || (beta[j] <= -bound && gradient[j] < 0);
      step[j] = held ? 0 : gradient[j];
      if (!held) continue;
      for (let i = 0; i < p; ++i) matrix[Math.max(i, j) * p + Math.min(i, j)] = 0;
      matrix[j * p + j] = 1;
    }
    if (!cholesky(matrix, p)) return false;
    solveCholesky(matrix, p, step);
    let there = -Infinity;
    let size = 1;
    for (let halving = 0; halving < 60; ++halving, size /= 2) {
      for (let j = 0; j < p; ++j)
        next[j] = Math.min(bound, Math.max(-bound, beta[j] + size * step[j]));
      there = value(next);
      if (there > at) break;
    }
    if (!(there > at)) return true;
    beta.set(next);
    const gain = there - at;
    at = there;
    if (gain <= 1e-10 * Math.max(Math.abs(at), 1)) return true;
  }
  return false;
}

/** Whether beta plus the slope on the log2 scale, cut to the bounds, gives a mean of 0 under a count, or Infinity. */
function overshoots(
  { y, sizeFactors, x, starts }: BoundedFitArgs,
  beta: Float64Array,
  gradientAt: () => Float64Array,
): boolean {
  const gradient = gradientAt();
  const p = beta.length;
  const trial = beta.map((b, j) =>
    Math.min(bound, Math.max(-bound, b + gradient[j] * Math.LN2 ** 2)),
  );
  for (let k = 0; k + 1 < starts.length; ++k) {
    let eta = 0;
    for (let j = 0; j < p; ++j) eta += x[k * p + j] * trial[j];
    const e = Math.exp(eta);
    for (let i = starts[k]; i < starts[k + 1]; ++i) {
      const mean = sizeFactors[i] * e;
      if (mean === Infinity || (mean === 0 && y[i] > 0)) return true;
    }
  }
  return false;
}
