import { cholesky, solveCholesky } from "./small-matrices.ts";

export interface ShrinkageGene {
  /** Counts and size factors, samples in the design's order. */
  readonly y: Float64Array;
  readonly sizeFactors: Float64Array;
  readonly alpha: number;
  /** Distinct rows of the model matrix, and where the samples of each start. */
  readonly x: Float64Array;
  readonly starts: Int32Array;
}

export interface ShrinkagePrior {
  /** The coefficient with a Cauchy prior about 0, and the prior's scale (natural logarithm). */
  readonly coefficient: number;
  readonly scale: number;
}

/** Standard deviation of the normal prior on the other coefficients (natural logarithm). */
const wideScale = 15;
const rounds = 200;

/**
 * The mode of the posterior of one gene's coefficients, negative binomial with a Cauchy prior on one of them and wide normal ones on
 * the others: Newton steps halved until the posterior rises. Moves `beta` from where it starts to the mode; returns the log posterior
 * there and the posterior standard deviation of the coefficient by Laplace's approximation. Zhu, Ibrahim & Love 2019.
 */
export function shrinkageMode(
  gene: ShrinkageGene,
  prior: ShrinkagePrior,
  beta: Float64Array,
): { value: number; deviation: number } {
  const { y, sizeFactors, alpha, x, starts } = gene;
  const { coefficient, scale } = prior;
  const p = beta.length;
  const nRows = starts.length - 1;
  const r = 1 / alpha;
  const gradient = new Float64Array(p);
  const observed = new Float64Array(p * p);
  const expected = new Float64Array(p * p);
  const factor = new Float64Array(p * p);
  const step = new Float64Array(p);
  const next = new Float64Array(p);

  function posterior(b: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < nRows; ++k) {
      const eta = etaOf(b, k);
      const e = Math.exp(eta);
      for (let i = starts[k]; i < starts[k + 1]; ++i)
        sum += y[i] * eta - (y[i] + r) * Math.log1p(alpha * sizeFactors[i] * e);
    }
    for (let j = 0; j < p; ++j)
      sum -=
        j === coefficient
          ? Math.log1p((b[j] / scale) ** 2)
          : (0.5 * b[j] * b[j]) / (wideScale * wideScale);
    return sum;
  }

  function etaOf(b: Float64Array, k: number): number {
    let sum = 0;
    for (let j = 0; j < p; ++j) sum += x[k * p + j] * b[j];
    return sum;
  }

  /** Gradient, and the negative Hessian both as it is and as expected, whose prior part is never negative. */
  function differentiate(): void {
    gradient.fill(0);
    observed.fill(0);
    expected.fill(0);
    for (let k = 0; k < nRows; ++k) {
      const e = Math.exp(etaOf(beta, k));
      let score = 0;
      let seen = 0;
      let mean = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) {
        const m = sizeFactors[i] * e;
        const t = 1 / (1 + alpha * m);
        score += (y[i] - m) * t;
        seen += m * (1 + alpha * y[i]) * t * t;
        mean += m * t;
      }
      for (let a = 0; a < p; ++a) {
        gradient[a] += score * x[k * p + a];
        for (let b = 0; b <= a; ++b) {
          const product = x[k * p + a] * x[k * p + b];
          observed[a * p + b] += seen * product;
          expected[a * p + b] += mean * product;
        }
      }
    }
    for (let j = 0; j < p; ++j) {
      const at = j * p + j;
      if (j === coefficient) {
        const square = scale * scale + beta[j] * beta[j];
        gradient[j] -= (2 * beta[j]) / square;
        observed[at] += (2 * (scale * scale - beta[j] * beta[j])) / (square * square);
        expected[at] += 2 / square;
      } else {
        gradient[j] -= beta[j] / (wideScale * wideScale);
        observed[at] += 1 / (wideScale * wideScale);
        expected[at] += 1 / (wideScale * wideScale);
      }
    }
  }

  let at = posterior(beta);
  for (let round = 0; round < rounds; ++round) {
    differentiate();
    factor.set(observed);
    if (!cholesky(factor, p)) {
      factor.set(expected);
      if (!cholesky(factor, p)) break;
    }
    step.set(gradient);
    solveCholesky(factor, p, step);
    let there = -Infinity;
    let moved = 0;
    let size = 1;
    for (let halving = 0; halving < 50; ++halving, size /= 2) {
      moved = 0;
      for (let j = 0; j < p; ++j) {
        next[j] = beta[j] + size * step[j];
        moved = Math.max(moved, Math.abs(size * step[j]));
      }
      there = posterior(next);
      if (there >= at || moved < 1e-10) break;
    }
    if (!(there >= at)) break;
    beta.set(next);
    at = there;
    if (moved < 1e-9) break;
  }
  differentiate();
  factor.set(observed);
  if (!cholesky(factor, p)) {
    factor.set(expected);
    cholesky(factor, p);
  }
  step.fill(0);
  step[coefficient] = 1;
  solveCholesky(factor, p, step);
  return { value: at, deviation: Math.sqrt(step[coefficient]) };
}
