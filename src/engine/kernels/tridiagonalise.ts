export type Tridiagonalise = (v: Float64Array, d: Float64Array, e: Float64Array, n: number) => void;

/**
 * Reduces v to tridiagonal form by reflections: diagonal in d, below it in e[1…n), and in v the product of
 * the reflections (columns are the new axes).
 */
export function tridiagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
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
