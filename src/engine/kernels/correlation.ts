import { pairSums, type PairSums } from "./pair-sums.ts";
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
 * [-1, 1]. NaN, the diagonal included, for a row that does not vary (R's cor). `sums` may be a faster twin.
 */
export function correlation(
  { values, nRows, nColumns, method }: CorrelationArgs,
  sums: PairSums = pairSums,
): { matrix: Float64Array } {
  const x = standardiseRows(values, nRows, nColumns, method);
  const products = sums(x, nRows, nColumns, "products");
  const matrix = new Float64Array(nRows * nRows);
  for (let i = 0, k = 0; i < nRows; ++i) {
    for (let j = 0; j < i; ++j, ++k) {
      const r = products[k];
      matrix[i * nRows + j] = matrix[j * nRows + i] = r > 1 ? 1 : r < -1 ? -1 : r;
    }
    matrix[i * nRows + i] = Number.isNaN(x[i * nColumns]) ? NaN : 1;
  }
  return { matrix };
}
