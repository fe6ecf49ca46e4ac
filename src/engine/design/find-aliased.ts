/** A column of a matrix that the columns before it make up, and how: `parts` are columns and their weights. */
export interface Aliased {
  readonly column: number;
  readonly parts: readonly { readonly column: number; readonly weight: number }[];
}

/**
 * The columns of a matrix (rows x columns, row-major) that are combinations of columns before them, to a tolerance of
 * 1e-7 of their length as in R's qr. Gram-Schmidt, each column twice.
 */
export function findAliased(matrix: Float64Array, nRows: number, nColumns: number): Aliased[] {
  const basis: Float64Array[] = [];
  /** Each basis vector as weights of the columns. */
  const made: Float64Array[] = [];
  const aliased: Aliased[] = [];
  for (let j = 0; j < nColumns; ++j) {
    const x = Float64Array.from({ length: nRows }, (_, i) => matrix[i * nColumns + j]);
    const weights = new Float64Array(nColumns);
    weights[j] = 1;
    const length = norm(x);
    for (let pass = 0; pass < 2; ++pass)
      basis.forEach((q, k) => {
        let dot = 0;
        for (let i = 0; i < nRows; ++i) dot += q[i] * x[i];
        for (let i = 0; i < nRows; ++i) x[i] -= dot * q[i];
        for (let i = 0; i < nColumns; ++i) weights[i] -= dot * made[k][i];
      });
    const left = norm(x);
    if (length > 0 && left > 1e-7 * length) {
      basis.push(x.map((value) => value / left));
      made.push(weights.map((value) => value / left));
    } else {
      const parts = Array.from(weights.subarray(0, j), (weight, column) => ({
        column,
        weight: -weight,
      })).filter(({ weight }) => Math.abs(weight) > 1e-7);
      aliased.push({ column: j, parts: length > 0 ? parts : [] });
    }
  }
  return aliased;
}

function norm(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
}
