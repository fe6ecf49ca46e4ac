import { ascendingOrder } from "./ascending-order.ts";
import { localAverages, type MakeLocalAverages } from "./local-averages.ts";

/** Local averages of many columns, kept at knots and straight in between. */
export interface KnotAverages {
  readonly knots: Float64Array;
  /** knots x columns. */
  readonly values: Float64Array;
}

/** An interval is halved while it is longer than this share of the smaller bandwidth of its ends. */
const longest = 0.8;

/**
 * Local constant regression of columns of y (points x columns) on x with tricube weights, the bandwidth at a place being its distance to the
 * floor(span n)-th neighbour (Loader 1999). Evaluated at the ends of x and at the middles of intervals that are longer than 0.8 of
 * the smaller bandwidth of their ends; locfit's default structure, which joins knots of degree 0 by straight lines.
 */
export function localConstant(
  x: Float64Array,
  y: Float64Array,
  nColumns: number,
  span: number,
  makeAverages: MakeLocalAverages = localAverages,
): KnotAverages {
  const n = x.length;
  const order = ascendingOrder(x);
  const sorted = Float64Array.from(order, (i) => x[i]);
  const nNear = Math.max(1, Math.min(n, Math.floor(span * n + 1e-12)));
  const averages = makeAverages(sorted, order, y, nColumns);
  const made = new Map<number, { bandwidth: number; average: Float64Array }>();
  const at = (t: number) => {
    let fit = made.get(t);
    if (!fit) made.set(t, (fit = fitAt(t)));
    return fit;
  };

  function fitAt(t: number): { bandwidth: number; average: Float64Array } {
    let low = firstAbove(sorted, t);
    let high = low;
    while (high - low < nNear)
      if (low > 0 && (high === n || t - sorted[low - 1] <= sorted[high] - t)) --low;
      else ++high;
    const bandwidth = Math.max(t - sorted[low], sorted[high - 1] - t);
    const average = averages.at(low, high, t, bandwidth);
    return { bandwidth, average };
  }

  const knots = [sorted[0]];
  const divide = (a: number, b: number, depth: number): void => {
    const limit = longest * Math.min(at(a).bandwidth, at(b).bandwidth);
    if (b - a > limit && depth < 40) {
      const middle = (a + b) / 2;
      divide(a, middle, depth + 1);
      divide(middle, b, depth + 1);
    } else knots.push(b);
  };
  if (sorted[n - 1] > sorted[0]) divide(sorted[0], sorted[n - 1], 0);
  const values = new Float64Array(knots.length * nColumns);
  knots.forEach((t, k) => values.set(at(t).average, k * nColumns));
  averages.release();
  return { knots: Float64Array.from(knots), values };
}

/** Writes the columns' averages at a place into `out` from `start` on. */
export function averagesAt(
  { knots, values }: KnotAverages,
  at: number,
  nColumns: number,
  out: Float64Array,
  start: number,
): void {
  let low = 0;
  let high = knots.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= at) low = middle;
    else high = middle;
  }
  const share = high === low ? 0 : (at - knots[low]) / (knots[high] - knots[low]);
  for (let c = 0; c < nColumns; ++c)
    out[start + c] =
      values[low * nColumns + c] +
      share * (values[high * nColumns + c] - values[low * nColumns + c]);
}

function firstAbove(sorted: Float64Array, t: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
