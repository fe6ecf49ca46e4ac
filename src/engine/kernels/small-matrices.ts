/** The inverse of an upper triangular p x p matrix, row by row. */
export function invertTriangle(r: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let j = 0; j < p; ++j) {
    out[j * p + j] = 1 / r[j * p + j];
    for (let i = j - 1; i >= 0; --i) {
      let sum = 0;
      for (let k = i + 1; k <= j; ++k) sum += r[i * p + k] * out[k * p + j];
      out[i * p + j] = -sum / r[i * p + i];
    }
  }
  return out;
}

/**
 * Overwrites the lower triangle of a symmetric positive definite p x p matrix with its Cholesky factor; false where it is not
 * positive definite.
 */
export function cholesky(a: Float64Array, p: number): boolean {
  for (let j = 0; j < p; ++j) {
    let d = a[j * p + j];
    for (let k = 0; k < j; ++k) d -= a[j * p + k] * a[j * p + k];
    if (!(d > 0)) return false;
    const root = Math.sqrt(d);
    a[j * p + j] = root;
    for (let i = j + 1; i < p; ++i) {
      let sum = a[i * p + j];
      for (let k = 0; k < j; ++k) sum -= a[i * p + k] * a[j * p + k];
      a[i * p + j] = sum / root;
    }
  }
  return true;
}

/** Solves L L' x = b in place, L as `cholesky` left it. */
export function solveCholesky(l: Float64Array, p: number, b: Float64Array): void {
  for (let i = 0; i < p; ++i) {
    let sum = b[i];
    for (let k = 0; k < i; ++k) sum -= l[i * p + k] * b[k];
    b[i] = sum / l[i * p + i];
  }
  for (let i = p - 1; i >= 0; --i) {
    let sum = b[i];
    for (let k = i + 1; k < p; ++k) sum -= l[k * p + i] * b[k];
    b[i] = sum / l[i * p + i];
  }
}

/** The squared length of L^-1 x[from … from + p), which is x' A^-1 x; `room` holds p numbers. */
export function quadraticForm(
  l: Float64Array,
  p: number,
  x: Float64Array,
  from: number,
  room: Float64Array,
): number {
  let squares = 0;
  for (let i = 0; i < p; ++i) {
    let sum = x[from + i];
    for (let k = 0; k < i; ++k) sum -= l[i * p + k] * room[k];
    room[i] = sum / l[i * p + i];
    squares += room[i] * room[i];
  }
  return squares;
}
