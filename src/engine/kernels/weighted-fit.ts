import { whitenWith, type BlockCorrelation } from "./whitening.ts";

/** Fits values with weights of their own; see `weightedFit`. */
export interface WeightedFit {
  /** Writes coefficients and their standard deviations over sigma from place `at` on, and returns sigma. */
  fit(
    y: Float64Array,
    weights: Float64Array,
    coefficients: Float64Array,
    unscaled: Float64Array,
    at: number,
  ): number;
  /** Orthonormal columns that span the last fit's weighted design. */
  readonly columns: readonly Float64Array[];
  /** Residuals of the last fit, times the roots of the weights. */
  readonly residuals: Float64Array;
  /** Writes the diagonal of the last fit's hat matrix. */
  leverages(out: Float64Array): void;
}

/**
 * Least squares with weights of its own for each gene, and correlated blocks. Gram-Schmidt, each column twice, on the weighted
 * design.
 */
export function weightedFit(
  design: Float64Array,
  n: number,
  p: number,
  blocks: BlockCorrelation | null,
): WeightedFit {
  const columns = Array.from({ length: p }, (_, j) =>
    Float64Array.from({ length: n }, (_, s) => design[s * p + j]),
  );
  const q = columns.map(() => new Float64Array(n));
  const r = new Float64Array(p * p);
  const inverse = new Float64Array(p * p);
  const z = new Float64Array(n);
  const effects = new Float64Array(p);
  const correlate = blocks ? whitenWith({ weights: null, blocks }, n) : null;

  const fit: WeightedFit["fit"] = (y, weights, coefficients, unscaled, at) => {
    for (let s = 0; s < n; ++s) {
      const root = Math.sqrt(weights[s]);
      z[s] = y[s] * root;
      for (let j = 0; j < p; ++j) q[j][s] = columns[j][s] * root;
    }
    if (correlate) {
      correlate(z);
      for (let j = 0; j < p; ++j) correlate(q[j]);
    }
    for (let j = 0; j < p; ++j) {
      const x = q[j];
      for (let k = 0; k < j; ++k) r[k * p + j] = 0;
      for (let pass = 0; pass < 2; ++pass)
        for (let k = 0; k < j; ++k) {
          const onto = q[k];
          let dot = 0;
          for (let s = 0; s < n; ++s) dot += onto[s] * x[s];
          r[k * p + j] += dot;
          for (let s = 0; s < n; ++s) x[s] -= dot * onto[s];
        }
      let squares = 0;
      for (let s = 0; s < n; ++s) squares += x[s] * x[s];
      const length = Math.sqrt(squares);
      r[j * p + j] = length;
      for (let s = 0; s < n; ++s) x[s] /= length;
      let effect = 0;
      for (let s = 0; s < n; ++s) effect += x[s] * z[s];
      effects[j] = effect;
      for (let s = 0; s < n; ++s) z[s] -= effect * x[s];
    }
    let squares = 0;
    for (let s = 0; s < n; ++s) squares += z[s] * z[s];
    for (let j = p - 1; j >= 0; --j) {
      let length = 0;
      let b = effects[j];
      inverse[j * p + j] = 1 / r[j * p + j];
      for (let k = j + 1; k < p; ++k) {
        b -= r[j * p + k] * coefficients[at + k];
        let sum = 0;
        for (let l = j + 1; l <= k; ++l) sum += r[j * p + l] * inverse[l * p + k];
        inverse[j * p + k] = -sum / r[j * p + j];
      }
      for (let k = j; k < p; ++k) length += inverse[j * p + k] ** 2;
      coefficients[at + j] = b / r[j * p + j];
      unscaled[at + j] = Math.sqrt(length);
    }
    return Math.sqrt(squares / (n - p));
  };

  return {
    fit,
    columns: q,
    residuals: z,
    leverages(out) {
      out.fill(0);
      for (let j = 0; j < p; ++j) for (let s = 0; s < n; ++s) out[s] += q[j][s] * q[j][s];
    },
  };
}
