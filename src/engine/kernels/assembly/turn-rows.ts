/** The twin of kernels/turn-rows.ts: rotates the neighbouring rows of n numbers at `row`, two columns at a time. */
export function turnRows(row: usize, n: i32, cosine: f64, sine: f64): void {
  const c = f64x2.splat(cosine);
  const s = f64x2.splat(sine);
  const next = row + ((<usize>n) << 3);
  const whole = (<usize>(n & ~1)) << 3;
  for (let k: usize = 0; k < whole; k += 16) {
    const f = v128.load(next + k);
    const q = v128.load(row + k);
    v128.store(next + k, f64x2.add(f64x2.mul(s, q), f64x2.mul(c, f)));
    v128.store(row + k, f64x2.sub(f64x2.mul(c, q), f64x2.mul(s, f)));
  }
  if (n & 1) {
    const f = load<f64>(next + whole);
    const q = load<f64>(row + whole);
    store<f64>(next + whole, sine * q + cosine * f);
    store<f64>(row + whole, cosine * q - sine * f);
  }
}
