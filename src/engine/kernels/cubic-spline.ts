/** A cubic between each two of ascending knots x; and beyond the ends the cubic nearest to them. */
export interface CubicSpline {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Coefficients of the first, second and third power of the distance from the knot below. */
  readonly b: Float64Array;
  readonly c: Float64Array;
  readonly d: Float64Array;
}

/**
 * The interpolating cubic spline whose third derivative at either end is that of the cubic through the four points there. Forsythe, Malcolm &
 * Moler 1977, Computer Methods for Mathematical Computations; R's splinefun. At least 4 knots.
 */
export function cubicSpline(x: Float64Array, y: Float64Array): CubicSpline {
  const n = x.length;
  const last = n - 1;
  const h = new Float64Array(n);
  const slope = new Float64Array(n);
  for (let i = 0; i < last; ++i) {
    h[i] = x[i + 1] - x[i];
    slope[i] = (y[i + 1] - y[i]) / h[i];
  }
  // Tridiagonal equations in the second derivatives over 6, scaled to the end conditions.
  const diagonal = new Float64Array(n);
  const c = new Float64Array(n);
  diagonal[0] = -h[0];
  diagonal[last] = -h[last - 1];
  for (let i = 1; i < last; ++i) {
    diagonal[i] = 2 * (h[i - 1] + h[i]);
    c[i] = slope[i] - slope[i - 1];
  }
  const third = (i: number) =>
    (c[i + 1] / (x[i + 2] - x[i]) - c[i] / (x[i + 1] - x[i - 1])) / (x[i + 2] - x[i - 1]);
  const atStart = third(1) * h[0] ** 2;
  const atEnd = -third(last - 2) * h[last - 1] ** 2;
  c[0] = atStart;
  c[last] = atEnd;
  for (let i = 1; i < n; ++i) {
    const t = h[i - 1] / diagonal[i - 1];
    diagonal[i] -= t * h[i - 1];
    c[i] -= t * c[i - 1];
  }
  c[last] /= diagonal[last];
  for (let i = last - 1; i >= 0; --i) c[i] = (c[i] - h[i] * c[i + 1]) / diagonal[i];
  const b = new Float64Array(n);
  const d = new Float64Array(n);
  for (let i = 0; i < last; ++i) {
    b[i] = slope[i] - h[i] * (c[i + 1] + 2 * c[i]);
    d[i] = (c[i + 1] - c[i]) / h[i];
  }
  b[last] = slope[last - 1] + h[last - 1] * (c[last - 1] + 2 * c[last]);
  d[last] = d[last - 1];
  return { x, y, b, c: c.map((value) => 3 * value), d };
}

/** The spline at t. */
export function splineAt({ x, y, b, c, d }: CubicSpline, t: number): number {
  let low = 0;
  let high = x.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= t) low = middle;
    else high = middle;
  }
  const u = t - x[low];
  return y[low] + u * (b[low] + u * (c[low] + u * d[low]));
}
