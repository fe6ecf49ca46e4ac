import { designRows } from "./design-rows.ts";
import { cholesky, quadraticForm, solveCholesky } from "./small-matrices.ts";
import type { WeightedFit } from "./weighted-fit.ts";

/**
 * Least squares with weights of its own for each gene, samples independent: sums over the samples that share a row of the design, then
 * normal equations in coordinates in which the unweighted design is orthonormal. Agrees with `weightedFit` to rounding
 * times the spread of the weights.
 */
export function weightedRowsFit(design: Float64Array, n: number, p: number): WeightedFit["fit"] {
  const { nRows, starts, order, q, rInverse } = designRows({
    values: design,
    nSamples: n,
    nCoefficients: p,
  });
  const matrix = new Float64Array(p * p);
  const effects = new Float64Array(p);
  const room = new Float64Array(p);
  return (y, weights, coefficients, unscaled, at) => {
    matrix.fill(0);
    effects.fill(0);
    for (let k = 0; k < nRows; ++k) {
      let weight = 0;
      let target = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) {
        const s = order[i];
        const w = weights[s];
        weight += w;
        target += w * y[s];
      }
      for (let a = 0; a < p; ++a) {
        const x = q[k * p + a];
        effects[a] += x * target;
        const wx = x * weight;
        for (let b = 0; b <= a; ++b) matrix[a * p + b] += wx * q[k * p + b];
      }
    }
    cholesky(matrix, p);
    solveCholesky(matrix, p, effects);
    let squares = 0;
    for (let k = 0; k < nRows; ++k) {
      let fitted = 0;
      for (let a = 0; a < p; ++a) fitted += q[k * p + a] * effects[a];
      for (let i = starts[k]; i < starts[k + 1]; ++i) {
        const s = order[i];
        const residual = y[s] - fitted;
        squares += weights[s] * residual * residual;
      }
    }
    for (let j = 0; j < p; ++j) {
      let b = 0;
      for (let k = j; k < p; ++k) b += rInverse[j * p + k] * effects[k];
      coefficients[at + j] = b;
      unscaled[at + j] = Math.sqrt(quadraticForm(matrix, p, rInverse, j * p, room));
    }
    return Math.sqrt(squares / (n - p));
  };
}
