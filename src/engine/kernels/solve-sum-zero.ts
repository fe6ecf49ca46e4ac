const smallest = 1e-30;

/**
 * Solves A x = b among vectors whose sum is 0: A symmetric and positive definite on these, n x n; b of sum 0. Conjugate gradients with A's
 * diagonal as preconditioner (Golub & Van Loan 11.5), until the residual is lost in rounding.
 */
export function solveSumZero(a: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = new Float64Array(n);
  const r = centred(b.slice());
  const scales = Float64Array.from({ length: n }, (_, s) => 1 / a[s * n + s]);
  const precondition = (v: Float64Array) => centred(v.map((value, s) => value * scales[s]));
  let z = precondition(r);
  const direction = z.slice();
  const first = dot(r, z);
  let size = first;
  const image = new Float64Array(n);
  for (let round = 0; round < 3 * n && size > smallest * first; ++round) {
    for (let i = 0; i < n; ++i) {
      let sum = 0;
      for (let j = 0; j < n; ++j) sum += a[i * n + j] * direction[j];
      image[i] = sum;
    }
    centred(image);
    const length = size / dot(direction, image);
    for (let s = 0; s < n; ++s) {
      x[s] += length * direction[s];
      r[s] -= length * image[s];
    }
    z = precondition(r);
    const next = dot(r, z);
    const turn = next / size;
    size = next;
    for (let s = 0; s < n; ++s) direction[s] = z[s] + turn * direction[s];
  }
  return x;
}

function centred(v: Float64Array): Float64Array {
  let mean = 0;
  for (const value of v) mean += value;
  mean /= v.length;
  for (let s = 0; s < v.length; ++s) v[s] -= mean;
  return v;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let s = 0; s < a.length; ++s) sum += a[s] * b[s];
  return sum;
}
