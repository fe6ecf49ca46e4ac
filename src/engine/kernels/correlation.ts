import { dot } from "./dot.ts";
import { standardiseRows } from "./standardise-rows.ts";

export interface CorrelationArgs {
  /** rows x columns, row-major; rows are what is correlated. */
  readonly values: Float64Array;
  readonly nRows: number;
  readonly nColumns: number;
  readonly method: "pearson" | "spearman";
}

/**
 * Correlation of every pair of rows: a symmetric matrix of nRows x nRows with 1 on the diagonal, within
 * [-1, 1]. NaN, the diagonal included, for a row that does not vary (R's cor).
 */
export function correlation({ values, nRows, nColumns, method }: CorrelationArgs): {
  matrix: Float64Array;
} {
  const x = standardiseRows(values, nRows, nColumns, method);
  const matrix = new Float64Array(nRows * nRows);
  const tile = Math.max(1, Math.floor(16_384 / Math.max(1, nColumns)));
  for (let from = 0; from < nRows; from += tile)
    for (let i = from; i < nRows; ++i)
      for (let j = from; j < Math.min(i, from + tile); ++j) {
        const r = dot(x, i * nColumns, x, j * nColumns, nColumns);
        matrix[i * nRows + j] = matrix[j * nRows + i] = r > 1 ? 1 : r < -1 ? -1 : r;
      }
  for (let i = 0; i < nRows; ++i) matrix[i * nRows + i] = Number.isNaN(x[i * nColumns]) ? NaN : 1;
  return { matrix };
}
