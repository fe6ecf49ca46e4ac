/** What an interpolating spline's system is once it is reduced, of which only the knots decide. */
export interface SplineFrame {
  readonly h: Float64Array;
  readonly perStep: Float64Array;
  readonly eliminated: Float64Array;
  readonly perDiagonal: Float64Array;
}

/** Reduces the matrix of sixths of second derivatives at ascending knots. */
export function splineFrame(x: Float64Array): SplineFrame {
  const n = x.length;
  const h = Float64Array.from({ length: n - 1 }, (_, i) => x[i + 1] - x[i]);
  const diagonal = new Float64Array(n);
  const eliminated = new Float64Array(n);
  diagonal[0] = -h[0];
  diagonal[n - 1] = -h[n - 2];
  for (let i = 1; i < n - 1; ++i) diagonal[i] = 2 * (h[i - 1] + h[i]);
  for (let i = 1; i < n; ++i) {
    eliminated[i] = h[i - 1] / diagonal[i - 1];
    diagonal[i] -= eliminated[i] * h[i - 1];
  }
  return {
    h,
    perStep: h.map((step) => 1 / step),
    eliminated,
    perDiagonal: diagonal.map((value) => 1 / value),
  };
}

/**
 * Where the interpolating cubic spline through (x, y) is largest, between the first and last knot. Ends are as Forsythe, Malcolm &
 * Moler (1977) choose them: the third derivative of the cubic through the four points at either end. For at least 4
 * ascending knots; `make` prepares for one set of knots, the function it returns takes values from `at` on.
 */
export function makeSplineMaximiser(x: Float64Array): (y: Float64Array, at?: number) => number {
  const n = x.length;
  const { h, perStep, eliminated, perDiagonal } = splineFrame(x);
  const sigma = new Float64Array(n);
  const slopes = new Float64Array(n - 1);

  return (y, at = 0) => {
    for (let i = 0; i < n - 1; ++i) slopes[i] = (y[at + i + 1] - y[at + i]) * perStep[i];
    for (let i = 1; i < n - 1; ++i) sigma[i] = slopes[i] - slopes[i - 1];
    const second = (i: number) => (slopes[i + 1] - slopes[i]) / (x[i + 2] - x[i]);
    const third = (i: number) => (second(i + 1) - second(i)) / (x[i + 3] - x[i]);
    sigma[0] = h[0] * h[0] * third(0);
    sigma[n - 1] = -h[n - 2] * h[n - 2] * third(n - 4);
    for (let i = 1; i < n; ++i) sigma[i] -= eliminated[i] * sigma[i - 1];
    sigma[n - 1] *= perDiagonal[n - 1];
    for (let i = n - 2; i >= 0; --i) sigma[i] = (sigma[i] - h[i] * sigma[i + 1]) * perDiagonal[i];

    let top = 0;
    for (let i = 1; i < n; ++i) if (y[at + i] > y[at + top]) top = i;
    let best = x[top];
    let most = y[at + top];
    for (let i = Math.max(0, top - 1); i <= Math.min(n - 2, top); ++i) {
      // y + b t + 3 s t² + d t³ on the interval from knot i.
      const b = slopes[i] - h[i] * (sigma[i + 1] + 2 * sigma[i]);
      const c = 3 * sigma[i];
      const d = (sigma[i + 1] - sigma[i]) / h[i];
      const root = c * c - 3 * d * b;
      if (root < 0) continue;
      // The root at which the second derivative 2c + 6dt is negative.
      const t = c < 0 ? -b / (c - Math.sqrt(root)) : (-c - Math.sqrt(root)) / (3 * d);
      if (!(t > 0 && t < h[i])) continue;
      const value = y[at + i] + t * (b + t * (c + t * d));
      if (value > most) {
        most = value;
        best = x[i] + t;
      }
    }
    return best;
  };
}
