export interface LowessOptions {
  /** Share of the points that each local line is fitted to. */
  readonly share: number;
  /** Points nearer than this to the last fitted one are interpolated. */
  readonly delta: number;
  /** How often points far from the curve are weighed down; 3 if not said. */
  readonly iterations?: number;
}

/**
 * Robust locally weighted regression of y on ascending x: lines with tricube weights over the nearest points, then bisquare weights of the
 * residuals. Cleveland 1979, JASA 74:829; R's lowess with the same delta and iterations. Returns the curve at each x.
 */
export function lowess(
  x: Float64Array,
  y: Float64Array,
  { share: span, delta, iterations = 3 }: LowessOptions,
): Float64Array {
  const n = x.length;
  const fitted = new Float64Array(n);
  if (n < 2) return y.slice();
  const nNear = Math.max(2, Math.min(n, Math.floor(span * n + 1e-7)));
  let robustness: Float64Array | null = null;
  const weights = new Float64Array(n);
  for (let round = 0; round <= iterations; ++round) {
    smooth();
    if (round === iterations) break;
    const residuals = y.map((value, i) => Math.abs(value - fitted[i]));
    const total = residuals.reduce((a, b) => a + b, 0) / n;
    const sorted = residuals.toSorted();
    const cut = 3 * (sorted[n >> 1] + sorted[n - 1 - (n >> 1)]);
    if (cut < 1e-7 * total) break;
    robustness = residuals.map((r) =>
      r <= 0.001 * cut ? 1 : r > 0.999 * cut ? 0 : (1 - (r / cut) ** 2) ** 2,
    );
  }
  return fitted;

  function smooth(): void {
    let left = 0;
    let right = nNear - 1;
    let last = -1;
    let i = 0;
    for (;;) {
      while (right < n - 1 && x[i] - x[left] > x[right + 1] - x[i]) {
        ++left;
        ++right;
      }
      if (!localLine(i, left, right)) fitted[i] = y[i];
      for (let j = last + 1; j < i; ++j) {
        const share = (x[j] - x[last]) / (x[i] - x[last]);
        fitted[j] = share * fitted[i] + (1 - share) * fitted[last];
      }
      last = i;
      const reach = x[last] + delta;
      for (i = last + 1; i < n; ++i) {
        if (x[i] > reach) break;
        if (x[i] === x[last]) {
          fitted[i] = fitted[last];
          last = i;
        }
      }
      i = Math.max(last + 1, i - 1);
      if (last >= n - 1) return;
    }
  }

  /** Fits a line to the points from `left` on, at point i; false where none has weight. */
  function localLine(i: number, left: number, right: number): boolean {
    const at = x[i];
    const width = Math.max(at - x[left], x[right] - at);
    let sum = 0;
    let end = left;
    for (let j = left; j < n; ++j) {
      const distance = Math.abs(x[j] - at);
      weights[j] = 0;
      if (distance <= 0.999 * width) {
        weights[j] = distance > 0.001 * width ? (1 - (distance / width) ** 3) ** 3 : 1;
        if (robustness) weights[j] *= robustness[j];
        sum += weights[j];
      } else if (x[j] > at) break;
      end = j + 1;
    }
    if (!(sum > 0)) return false;
    let centre = 0;
    for (let j = left; j < end; ++j) {
      weights[j] /= sum;
      centre += weights[j] * x[j];
    }
    if (width > 0) {
      let spread = 0;
      for (let j = left; j < end; ++j) spread += weights[j] * (x[j] - centre) ** 2;
      if (Math.sqrt(spread) > 0.001 * (x[n - 1] - x[0])) {
        const slope = (at - centre) / spread;
        for (let j = left; j < end; ++j) weights[j] *= 1 + slope * (x[j] - centre);
      }
    }
    let value = 0;
    for (let j = left; j < end; ++j) value += weights[j] * y[j];
    fitted[i] = value;
    return true;
  }
}
