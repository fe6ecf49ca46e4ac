import { tridiagonalise, type Tridiagonalise } from "./tridiagonalise.ts";
import { turnRows, type TurningRows, type TurnRows } from "./turn-rows.ts";

/**
 * All eigenvalues, descending, and eigenvectors of a symmetric matrix of order n (row-major, both triangles
 * filled). Vector k is row k of `vectors`. Householder tridiagonalisation, then implicit QL (Martin,
 * Reinsch & Wilkinson 1968, Numer. Math. 11:181; Bowdler et al. 1968, 11:293). `matrix` is left as it is; `makeRows` and
 * `reduce` may be faster twins.
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
  makeRows: TurnRows = turnRows,
  reduce: Tridiagonalise = tridiagonalise,
): { values: Float64Array; vectors: Float64Array } {
  const v = Float64Array.from(matrix);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  reduce(v, d, e, n);
  const turning = makeRows(transposed(v, n), n);
  let q: Float64Array;
  try {
    implicitQl(turning, d, e, n);
  } finally {
    q = turning.finish();
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => d[b] - d[a] || a - b);
  const values = Float64Array.from(order, (k) => d[k]);
  const vectors = new Float64Array(n * n);
  order.forEach((k, i) => vectors.set(q.subarray(k * n, (k + 1) * n), i * n));
  return { values, vectors };
}

/** Diagonalises the tridiagonal matrix (d, e), turning rows along. */
function implicitQl(rows: TurningRows, d: Float64Array, e: Float64Array, n: number): void {
  e.copyWithin(0, 1);
  if (n > 0) e[n - 1] = 0;
  for (let l = 0; l < n; ++l) {
    for (let rounds = 0; ; ++rounds) {
      let m = l;
      for (; m < n - 1; ++m) {
        const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
        if (Math.abs(e[m]) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      if (rounds === 60) throw new RangeError("eigenvalues did not converge");
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.hypot(g, 1);
      g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; --i) {
        const f = s * e[i];
        const b = c * e[i];
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        const t = (d[i] - g) * s + 2 * c * b;
        p = s * t;
        d[i + 1] = g + p;
        g = c * t - b;
        rows.turn(i, c, s);
      }
      if (r === 0 && i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

function transposed(v: Float64Array, n: number): Float64Array {
  const t = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) for (let j = 0; j < n; ++j) t[j * n + i] = v[i * n + j];
  return t;
}
