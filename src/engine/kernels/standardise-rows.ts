import { dot } from "./dot.ts";
import { ranks } from "./ranks.ts";

/**
 * Each row (of its ranks, for "spearman") centred and of length 1, so that the dot product of two rows is
 * their correlation. A row that does not vary becomes NaN.
 */
export function standardiseRows(
  values: Float64Array,
  nRows: number,
  nColumns: number,
  method: "pearson" | "spearman",
): Float64Array {
  const out = new Float64Array(nRows * nColumns);
  for (let r = 0; r < nRows; ++r) {
    const at = r * nColumns;
    const row = values.subarray(at, at + nColumns);
    const x = method === "spearman" ? ranks(row) : row;
    let sum = 0;
    let varies = false;
    for (let c = 0; c < nColumns; ++c) {
      sum += x[c];
      if (x[c] !== x[0]) varies = true;
    }
    const mean = sum / nColumns;
    for (let c = 0; c < nColumns; ++c) out[at + c] = x[c] - mean;
    const length = varies ? Math.sqrt(dot(out, at, out, at, nColumns)) : NaN;
    for (let c = 0; c < nColumns; ++c) out[at + c] /= length;
  }
  return out;
}
