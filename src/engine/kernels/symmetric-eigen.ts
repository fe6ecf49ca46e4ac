import { turnRows, type TurningRows, type TurnRows } from "./turn-rows.ts";

/**
 * All eigenvalues, descending, and eigenvectors of a symmetric matrix of order n (row-major, both triangles
 * filled). Vector k is row k of `vectors`. Householder tridiagonalisation, then implicit QL (Martin,
 * Reinsch & Wilkinson 1968, Numer. Math. 11:181; Bowdler et al. 1968, 11:293). `matrix` is left as it is; `makeRows` may be
 * a faster twin.
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
  makeRows: TurnRows = turnRows,
): { values: Float64Array; vectors: Float64Array } {
  const v = Float64Array.from(matrix);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonalise(v, d, e, n);
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

/**
 * Reduces v to tridiagonal form by reflections: diagonal in d, below it in e[1…n), and in v the product of
 * the reflections (columns are the new axes).
 */
function tridiagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  const p = new Float64Array(n);
  const scales = new Float64Array(n);
  for (let i = n - 1; i > 0; --i) {
    const row = i * n;
    let largest = 0;
    for (let k = 0; k < i; ++k) largest = Math.max(largest, Math.abs(v[row + k]));
    if (i === 1 || largest === 0) {
      e[i] = v[row + i - 1];
      continue;
    }
    let h = 0;
    for (let k = 0; k < i; ++k) {
      v[row + k] /= largest;
      h += v[row + k] * v[row + k];
    }
    const f = v[row + i - 1];
    const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = largest * g;
    h -= f * g;
    v[row + i - 1] = f - g;
    scales[i] = h;
    // p = A u / h from the lower triangle, row by row.
    p.fill(0, 0, i);
    for (let j = 0; j < i; ++j) {
      const rowJ = j * n;
      const u = v[row + j];
      let sum = v[rowJ + j] * u;
      for (let k = 0; k < j; ++k) {
        sum += v[rowJ + k] * v[row + k];
        p[k] += v[rowJ + k] * u;
      }
      p[j] += sum;
    }
    let up = 0;
    for (let j = 0; j < i; ++j) {
      p[j] /= h;
      up += p[j] * v[row + j];
    }
    const half = up / (h + h);
    for (let j = 0; j < i; ++j) p[j] -= half * v[row + j];
    for (let j = 0; j < i; ++j) {
      const rowJ = j * n;
      const u = v[row + j];
      const w = p[j];
      for (let k = 0; k <= j; ++k) v[rowJ + k] -= u * p[k] + w * v[row + k];
    }
  }
  for (let i = 0; i < n; ++i) {
    d[i] = v[i * n + i];
  }
  accumulate(v, scales, n);
}

/** Turns the reflections kept in the rows of v into their product. */
function accumulate(v: Float64Array, scales: Float64Array, n: number): void {
  const g = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const row = i * n;
    const h = scales[i];
    if (h !== 0) {
      g.fill(0, 0, i);
      for (let k = 0; k < i; ++k) {
        const u = v[row + k];
        for (let j = 0; j < i; ++j) g[j] += u * v[k * n + j];
      }
      for (let k = 0; k < i; ++k) {
        const u = v[row + k] / h;
        for (let j = 0; j < i; ++j) v[k * n + j] -= u * g[j];
      }
    }
    for (let k = 0; k < i; ++k) v[row + k] = v[k * n + i] = 0;
    v[row + i] = 1;
  }
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
