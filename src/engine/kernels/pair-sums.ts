import { dot } from "./dot.ts";

export type PairSum = "products" | "squares";

/** Sums over columns for all pairs of rows; see pairSums. */
export type PairSums = (
  x: Float64Array,
  nRows: number,
  nColumns: number,
  sum: PairSum,
) => Float64Array;

/** Columns in one pass: short enough that the pass stays in the processor's cache. */
const nTogether = 256;

/**
 * For all pairs of rows i > j the sum over columns of x[i] x[j] ("products") or of (x[i] - x[j])^2 ("squares"), condensed:
 * that of i and j stands at i (i - 1) / 2 + j. Rows are stored one after the other.
 */
export const pairSums: PairSums = (x, nRows, nColumns, sum) => {
  const out = new Float64Array((nRows * (nRows - 1)) / 2);
  const add = sum === "products" ? dot : squaredDifference;
  for (let from = 0; from < nColumns; from += nTogether) {
    const n = Math.min(nTogether, nColumns - from);
    for (let i = 1, k = 0; i < nRows; ++i)
      for (let j = 0; j < i; ++j, ++k)
        out[k] += add(x, i * nColumns + from, x, j * nColumns + from, n);
  }
  return out;
};

function squaredDifference(
  x: Float64Array,
  i: number,
  y: Float64Array,
  j: number,
  n: number,
): number {
  let a = 0;
  let b = 0;
  let k = 0;
  for (; k + 1 < n; k += 2) {
    const d = x[i + k] - y[j + k];
    const e = x[i + k + 1] - y[j + k + 1];
    a += d * d;
    b += e * e;
  }
  if (k < n) a += (x[i + k] - y[j + k]) ** 2;
  return a + b;
}
