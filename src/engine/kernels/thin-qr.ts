/**
 * X = QR of an n x p matrix of full column rank, n >= p, row by row: Q n x p with orthonormal columns, R p x p upper triangular.
 * Householder reflections (Golub & Van Loan 5.2).
 */
export function thinQr(
  x: Float64Array,
  n: number,
  p: number,
): { q: Float64Array; r: Float64Array } {
  const a = x.slice();
  const scales = new Float64Array(p);
  for (let j = 0; j < p; ++j) {
    let squares = 0;
    for (let i = j; i < n; ++i) squares += a[i * p + j] ** 2;
    const length = Math.sqrt(squares);
    if (length === 0) continue;
    const alpha = a[j * p + j] > 0 ? -length : length;
    const head = a[j * p + j] - alpha;
    // The reflection is I - v v' / scale with v in place below the diagonal and `head` on it.
    scales[j] = -alpha * head;
    a[j * p + j] = head;
    for (let k = j + 1; k < p; ++k) {
      let sum = 0;
      for (let i = j; i < n; ++i) sum += a[i * p + j] * a[i * p + k];
      sum /= scales[j];
      for (let i = j; i < n; ++i) a[i * p + k] -= sum * a[i * p + j];
    }
  }
  const q = new Float64Array(n * p);
  for (let k = 0; k < p; ++k) q[k * p + k] = 1;
  for (let j = p - 1; j >= 0; --j) {
    if (scales[j] === 0) continue;
    for (let k = 0; k < p; ++k) {
      let sum = 0;
      for (let i = j; i < n; ++i) sum += a[i * p + j] * q[i * p + k];
      sum /= scales[j];
      for (let i = j; i < n; ++i) q[i * p + k] -= sum * a[i * p + j];
    }
  }
  const r = new Float64Array(p * p);
  for (let j = 0; j < p; ++j) {
    for (let i = 0; i < j; ++i) r[i * p + j] = a[i * p + j];
    // Q'X on the diagonal: head - alpha was kept, alpha follows from the reflection.
    let sum = 0;
    for (let i = 0; i < n; ++i) sum += q[i * p + j] * x[i * p + j];
    r[j * p + j] = sum;
  }
  return { q, r };
}
