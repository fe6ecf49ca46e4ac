/** The dot product of x[i…i + n) and y[j…j + n), summed in four strands. */
export function dot(x: Float64Array, i: number, y: Float64Array, j: number, n: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let k = 0;
  for (; k + 3 < n; k += 4) {
    a += x[i + k] * y[j + k];
    b += x[i + k + 1] * y[j + k + 1];
    c += x[i + k + 2] * y[j + k + 2];
    d += x[i + k + 3] * y[j + k + 3];
  }
  for (; k < n; ++k) a += x[i + k] * y[j + k];
  return a + c + (b + d);
}
