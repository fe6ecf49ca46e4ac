import { dot } from "./dot.ts";
import { quantile } from "./quantile.ts";
import { invertTriangle } from "./small-matrices.ts";

export interface SplineFit {
  /** Mean squared residual over n - df. */
  readonly variance: number;
  predict(x: number): number;
}

/**
 * Least squares of y on a natural cubic spline of x with `df` >= 2 columns (the constant among them): knots at the ends of x and at
 * its quantiles, straight beyond them. R's lm(y ~ ns(x, df, intercept = TRUE)).
 */
export function fitNaturalSpline(x: Float64Array, y: Float64Array, df: number): SplineFit {
  const n = x.length;
  let low = Infinity;
  let high = -Infinity;
  for (const value of x) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const inner = Array.from({ length: df - 2 }, (_, k) => quantile(x.slice(), (k + 1) / (df - 1)));
  const knots = [low, ...inner, high].map((knot) => (knot - low) / (high - low));
  const row = new Float64Array(df);
  const basis = (value: number) => {
    const u = (value - low) / (high - low);
    row[0] = 1;
    row[1] = u;
    for (let k = 0; k < df - 2; ++k) row[k + 2] = bend(u, knots[k]) - bend(u, knots[df - 2]);
    return row;
  };
  /** Truncated cubics, made straight beyond the last knot. */
  const bend = (u: number, knot: number) => {
    const beyond = u > knot ? u - knot : 0;
    const past = u > 1 ? u - 1 : 0;
    return (beyond * beyond * beyond - past * past * past) / (1 - knot);
  };
  const columns = Array.from({ length: df }, () => new Float64Array(n));
  for (let i = 0; i < n; ++i) {
    basis(x[i]);
    for (let j = 0; j < df; ++j) columns[j][i] = row[j];
  }
  // Gram-Schmidt, each column twice: columns lie in memory as they are gone through.
  const r = new Float64Array(df * df);
  const residuals = y.slice();
  const effects = new Float64Array(df);
  for (let j = 0; j < df; ++j) {
    for (let pass = 0; pass < 2; ++pass)
      for (let k = 0; k < j; ++k) r[k * df + j] += takeOut(columns[k], columns[j]);
    const length = Math.sqrt(dot(columns[j], 0, columns[j], 0, n));
    r[j * df + j] = length;
    for (let i = 0; i < n; ++i) columns[j][i] /= length;
    effects[j] = takeOut(columns[j], residuals);
  }
  const inverse = invertTriangle(r, df);
  const squares = dot(residuals, 0, residuals, 0, n);
  const weights = new Float64Array(df);
  for (let j = 0; j < df; ++j)
    for (let k = j; k < df; ++k) weights[j] += inverse[j * df + k] * effects[k];
  return {
    variance: squares / (n - df),
    predict(value) {
      basis(value);
      let sum = 0;
      for (let j = 0; j < df; ++j) sum += weights[j] * row[j];
      return sum;
    },
  };
}

/** Takes what is along a column of length 1 out of x; returns how much that was. */
function takeOut(column: Float64Array, x: Float64Array): number {
  const share = dot(column, 0, x, 0, x.length);
  for (let i = 0; i < x.length; ++i) x[i] -= share * column[i];
  return share;
}
