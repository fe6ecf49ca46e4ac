/**
 * Which columns of a matrix (rows x columns, row-major), in some of its rows, are no combination of columns before them, to 1e-7 of
 * their length. Gram-Schmidt, each column twice.
 */
export function independentColumns(
  matrix: Float64Array,
  nColumns: number,
  rows: readonly number[],
): number[] {
  const basis: Float64Array[] = [];
  const columns: number[] = [];
  for (let j = 0; j < nColumns; ++j) {
    const x = Float64Array.from(rows, (row) => matrix[row * nColumns + j]);
    const length = norm(x);
    for (let pass = 0; pass < 2; ++pass)
      for (const q of basis) {
        let dot = 0;
        for (let i = 0; i < x.length; ++i) dot += q[i] * x[i];
        for (let i = 0; i < x.length; ++i) x[i] -= dot * q[i];
      }
    const left = norm(x);
    if (length === 0 || left < 1e-7 * length) continue;
    basis.push(x.map((value) => value / left));
    columns.push(j);
  }
  return columns;
}

function norm(x: Float64Array): number {
  let squares = 0;
  for (const value of x) squares += value * value;
  return Math.sqrt(squares);
}
