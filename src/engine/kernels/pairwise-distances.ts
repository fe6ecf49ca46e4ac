import { pairSums, type PairSums } from "./pair-sums.ts";
import { standardiseRows } from "./standardise-rows.ts";

export type Distance = "euclidean" | "pearson" | "spearman";

/**
 * Distances between all pairs of rows, condensed: that of rows i > j stands at i (i - 1) / 2 + j.
 * "pearson" and "spearman" are 1 - correlation, NaN for a row that does not vary. `sums` may be a faster twin.
 */
export function pairwiseDistances(
  values: Float64Array,
  nRows: number,
  nColumns: number,
  distance: Distance,
  sums: PairSums = pairSums,
): Float64Array {
  if (distance === "euclidean") {
    const out = sums(values, nRows, nColumns, "squares");
    for (let k = 0; k < out.length; ++k) out[k] = Math.sqrt(out[k]);
    return out;
  }
  const x = standardiseRows(values, nRows, nColumns, distance);
  const out = sums(x, nRows, nColumns, "products");
  for (let k = 0; k < out.length; ++k) out[k] = Math.max(0, 1 - out[k]);
  return out;
}
