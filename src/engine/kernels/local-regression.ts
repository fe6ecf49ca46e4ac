/** A smooth curve kept as values and slopes at knots, ascending: cubic in between, quadratic beyond the ends. */
export interface KnotCurve {
  readonly knots: Float64Array;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
  /** Half the second derivative beyond the ends. */
  readonly curvature: number;
}

/** An interval is halved while it is longer than this share of the smaller bandwidth of its ends. */
const longest = 0.8;

/**
 * Local quadratic regression of y on x with tricube weights times `weights`, the bandwidth at a point being its distance to the
 * floor(span n)-th neighbour (Cleveland 1979; Loader 1999, Local Regression and Likelihood). It is fitted at
 * knots only: the ends of x, then the middle of every interval that is longer than 0.8 of the smaller bandwidth of its ends. Beyond
 * the ends it bends as the quadratic through all points does. Agrees with locfit's default evaluation structure.
 */
export function localRegression(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  span: number,
): KnotCurve {
  const n = x.length;
  const sorted = x.toSorted();
  const nNear = Math.max(1, Math.floor(span * n));
  const made = new Map<number, { value: number; slope: number; bandwidth: number }>();
  const at = (t: number) => {
    let fit = made.get(t);
    if (!fit) made.set(t, (fit = fitAt(t)));
    return fit;
  };

  function fitAt(t: number) {
    const bandwidth = distanceTo(sorted, t, nNear);
    return { bandwidth, ...localQuadratic(x, y, weights, t, bandwidth) };
  }

  const knots = [sorted[0]];
  const cut = (a: number, b: number): void => {
    const least = Math.min(at(a).bandwidth, at(b).bandwidth);
    if (b - a > longest * least && knots.length < 10_000) {
      const middle = (a + b) / 2;
      cut(a, middle);
      cut(middle, b);
    } else knots.push(b);
  };
  if (sorted[n - 1] > sorted[0]) cut(sorted[0], sorted[n - 1]);
  return {
    knots: Float64Array.from(knots),
    values: Float64Array.from(knots, (t) => at(t).value),
    slopes: Float64Array.from(knots, (t) => at(t).slope),
    curvature: weightedQuadratic(x, y, weights, sorted[0], sorted[n - 1] - sorted[0] || 1)
      .curvature,
  };
}

/** The distance from t to its k-th nearest of sorted values. */
function distanceTo(sorted: Float64Array, t: number, k: number): number {
  let low = 0;
  let high = sorted.length - k;
  // The window of k neighbours starts at the first place whose next window is no nearer.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t - sorted[middle] > sorted[middle + k] - t) low = middle + 1;
    else high = middle;
  }
  return Math.max(t - sorted[low], sorted[low + k - 1] - t);
}

/** Value and slope at t of the quadratic through the points nearer than the bandwidth, by tricube times `weights`. */
export function localQuadratic(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  t: number,
  bandwidth: number,
): { value: number; slope: number } {
  const near: number[] = [];
  const ws: number[] = [];
  for (let i = 0; i < x.length; ++i) {
    const d = Math.abs(x[i] - t) / bandwidth;
    if (!(d < 1)) continue;
    near.push(i);
    ws.push((weights ? weights[i] : 1) * (1 - d * d * d) ** 3);
  }
  return weightedQuadratic(
    Float64Array.from(near, (i) => x[i]),
    Float64Array.from(near, (i) => y[i]),
    Float64Array.from(ws),
    t,
    bandwidth,
  );
}

/**
 * Value, slope and half the second derivative at t of the quadratic of least weighted squares; columns of powers of (x - t) / scale are
 * made orthogonal one after the other. Powers that the points can't tell apart are left out.
 */
function weightedQuadratic(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  t: number,
  scale: number,
): { value: number; slope: number; curvature: number } {
  const n = x.length;
  const u = x.map((value) => (value - t) / scale);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let sy = 0;
  for (let i = 0; i < n; ++i) {
    s0 += weights[i];
    s1 += weights[i] * u[i];
    s2 += weights[i] * u[i] * u[i];
    sy += weights[i] * y[i];
  }
  const m1 = s1 / s0;
  const m2 = s2 / s0;
  const my = sy / s0;
  let s11 = 0;
  let s12 = 0;
  let s1y = 0;
  for (let i = 0; i < n; ++i) {
    const c = u[i] - m1;
    s11 += weights[i] * c * c;
    s12 += weights[i] * c * (u[i] * u[i] - m2);
    s1y += weights[i] * c * (y[i] - my);
  }
  const b1 = s11 > 1e-14 * s0 ? s1y / s11 : 0;
  const c12 = s11 > 1e-14 * s0 ? s12 / s11 : 0;
  let s22 = 0;
  let s2y = 0;
  for (let i = 0; i < n; ++i) {
    const c = u[i] - m1;
    const e = u[i] * u[i] - m2 - c12 * c;
    s22 += weights[i] * e * e;
    s2y += weights[i] * e * (y[i] - my - b1 * c);
  }
  const b2 = s22 > 1e-14 * s0 ? s2y / s22 : 0;
  // my + b1 (u - m1) + b2 (u² - m2 - c12 (u - m1)) and its derivatives at u = 0.
  return {
    value: my - b1 * m1 - b2 * (m2 - c12 * m1),
    slope: (b1 - b2 * c12) / scale,
    curvature: b2 / (scale * scale),
  };
}

/** The curve at t. */
export function evaluateCurve(curve: KnotCurve, t: number): number {
  const { knots, values, slopes, curvature } = curve;
  const n = knots.length;
  if (n === 1) return values[0];
  const end = t < knots[0] ? 0 : t > knots[n - 1] ? n - 1 : -1;
  if (end >= 0) {
    const beyond = t - knots[end];
    return values[end] + beyond * (slopes[end] + beyond * curvature);
  }
  let low = 0;
  let high = n - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= t) low = middle;
    else high = middle;
  }
  const h = knots[high] - knots[low];
  const u = (t - knots[low]) / h;
  const v = 1 - u;
  return (
    values[low] * v * v * (1 + 2 * u) +
    values[high] * u * u * (1 + 2 * v) +
    slopes[low] * h * u * v * v -
    slopes[high] * h * u * u * v
  );
}
