import { dot } from "./dot.ts";
import { standardiseRows } from "./standardise-rows.ts";

export type Distance = "euclidean" | "pearson" | "spearman";

/**
 * Distances between all pairs of rows, condensed: that of rows i > j stands at i (i - 1) / 2 + j.
 * "pearson" and "spearman" are 1 - correlation, NaN for a row that does not vary.
 */
export function pairwiseDistances(
  values: Float64Array,
  nRows: number,
  nColumns: number,
  distance: Distance,
): Float64Array {
  const out = new Float64Array((nRows * (nRows - 1)) / 2);
  const x = distance === "euclidean" ? values : standardiseRows(values, nRows, nColumns, distance);
  const tile = Math.max(1, Math.floor(16_384 / Math.max(1, nColumns)));
  for (let from = 0; from < nRows; from += tile)
    for (let i = from + 1; i < nRows; ++i) {
      const at = (i * (i - 1)) / 2;
      for (let j = from; j < Math.min(i, from + tile); ++j)
        out[at + j] =
          distance === "euclidean"
            ? euclidean(x, i * nColumns, j * nColumns, nColumns)
            : Math.max(0, 1 - dot(x, i * nColumns, x, j * nColumns, nColumns));
    }
  return out;
}

function euclidean(x: Float64Array, i: number, j: number, n: number): number {
  let a = 0;
  let b = 0;
  let k = 0;
  for (; k + 1 < n; k += 2) {
    const d = x[i + k] - x[j + k];
    const e = x[i + k + 1] - x[j + k + 1];
    a += d * d;
    b += e * e;
  }
  if (k < n) a += (x[i + k] - x[j + k]) ** 2;
  return Math.sqrt(a + b);
}
