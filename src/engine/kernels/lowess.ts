import { localSums, type MakeLocalSums } from "./local-sums.ts";
import { select } from "./select.ts";

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
  makeSums: MakeLocalSums = localSums,
): Float64Array {
  const n = x.length;
  const fitted = new Float64Array(n);
  if (n < 2) return y.slice();
  const nNear = Math.max(2, Math.min(n, Math.floor(span * n + 1e-7)));
  const residuals = new Float64Array(n);
  const weights = new Float64Array(n);
  const room = new Float64Array(n);
  const local = makeSums(x, y);
  try {
    for (let round = 0; round <= iterations; ++round) {
      smooth();
      if (round === iterations) break;
      let total = 0;
      for (let i = 0; i < n; ++i) {
        const residual = y[i] - fitted[i];
        residuals[i] = residual < 0 ? -residual : residual;
        total += residuals[i];
      }
      room.set(residuals);
      const cut = 3 * (select(room, n >> 1) + select(room, n - 1 - (n >> 1)));
      if (cut < (1e-7 * total) / n) break;
      for (let i = 0; i < n; ++i) {
        const r = residuals[i];
        const u = r / cut;
        const v = 1 - u * u;
        weights[i] = r <= 0.001 * cut ? 1 : r > 0.999 * cut ? 0 : v * v;
      }
      local.weigh(weights);
    }
  } finally {
    local.release();
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

  /** Fits a line to the points from `left` to `right` and their equals, at point i; false where none has weight. */
  function localLine(i: number, left: number, right: number): boolean {
    const at = x[i];
    const width = Math.max(at - x[left], x[right] - at);
    const reach = 0.999 * width;
    let from = left;
    while (from < i && at - x[from] > reach) ++from;
    let to = right + 1;
    while (to < n && x[to] - at <= reach) ++to;
    while (to > i + 1 && x[to - 1] - at > reach) --to;
    const [sum, first, second, values, products] = local.sums(from, to, at, width);
    if (!(sum > 0)) return false;
    let value = values / sum;
    if (width > 0) {
      const centre = first / sum;
      const spread = second / sum - centre * centre;
      if (Math.sqrt(spread) > 0.001 * (x[n - 1] - x[0]))
        value -= (centre / spread) * (products / sum - centre * value);
    }
    fitted[i] = value;
    return true;
  }
}
