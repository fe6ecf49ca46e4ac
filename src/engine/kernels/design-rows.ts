import { invertTriangle } from "./small-matrices.ts";
import { thinQr } from "./thin-qr.ts";

/** A model matrix: the value of coefficient j for sample s stands at `values[s * nCoefficients + j]`. */
export interface ModelMatrix {
  readonly values: Float64Array;
  readonly nSamples: number;
  readonly nCoefficients: number;
}

/**
 * A model matrix taken apart for fits of many genes. Samples with the same row are neighbours in `order`, so that sums over
 * them stand for one row; and rows are kept in the orthonormal coordinates Q of X = QR, in which small normal
 * equations are well conditioned.
 */
export interface DesignRows {
  readonly nSamples: number;
  readonly nCoefficients: number;
  /** Number of distinct rows. */
  readonly nRows: number;
  /** As many distinct rows as coefficients: each row has a mean of its own. */
  readonly saturated: boolean;
  /** Samples, those of one row together; row k has `order[starts[k] … starts[k + 1])`. */
  readonly order: Int32Array;
  readonly starts: Int32Array;
  /** Distinct rows of X, and of Q: nRows x nCoefficients. */
  readonly x: Float64Array;
  readonly q: Float64Array;
  /** The inverse of R, upper triangular, nCoefficients x nCoefficients row by row. */
  readonly rInverse: Float64Array;
  /** log |det R|. */
  readonly logDetR: number;
  /** log |det of the distinct rows of Q| where saturated, else 0. */
  readonly logDetRows: number;
}

/** Takes a model matrix of full column rank apart. */
export function designRows({ values, nSamples, nCoefficients }: ModelMatrix): DesignRows {
  const p = nCoefficients;
  const index = new Map<string, number>();
  const rowOf = new Int32Array(nSamples);
  const firsts: number[] = [];
  for (let s = 0; s < nSamples; ++s) {
    const key = values.subarray(s * p, (s + 1) * p).join(" ");
    let row = index.get(key);
    if (row === undefined) {
      index.set(key, (row = index.size));
      firsts.push(s);
    }
    rowOf[s] = row;
  }
  const nRows = firsts.length;
  const order = new Int32Array(nSamples);
  const starts = new Int32Array(nRows + 1);
  for (const row of rowOf) ++starts[row + 1];
  for (let k = 0; k < nRows; ++k) starts[k + 1] += starts[k];
  const next = starts.slice();
  for (let s = 0; s < nSamples; ++s) order[next[rowOf[s]]++] = s;
  const { q, r } = thinQr(values, nSamples, p);
  const rowsOf = (m: Float64Array) => {
    const out = new Float64Array(nRows * p);
    firsts.forEach((s, k) => out.set(m.subarray(s * p, (s + 1) * p), k * p));
    return out;
  };
  const rows = rowsOf(q);
  const saturated = nRows === p;
  return {
    nSamples,
    nCoefficients: p,
    nRows,
    saturated,
    order,
    starts,
    x: rowsOf(values),
    q: rows,
    rInverse: invertTriangle(r, p),
    logDetR: logDiagonal(r, p),
    logDetRows: saturated ? logDiagonal(thinQr(rows, p, p).r, p) : 0,
  };
}

function logDiagonal(r: Float64Array, p: number): number {
  let sum = 0;
  for (let j = 0; j < p; ++j) sum += Math.log(Math.abs(r[j * p + j]));
  return sum;
}
