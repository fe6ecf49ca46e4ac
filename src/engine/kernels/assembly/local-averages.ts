/**
 * The twin of localAverages in kernels/local-averages.ts: weighted sums of columns of y over the sorted places [low, high), into nColumns numbers at
 * `out`; returns the sum of weights.
 */
export function localAverages(
  sorted: usize,
  order: usize,
  y: usize,
  nColumns: i32,
  low: i32,
  high: i32,
  t: f64,
  bandwidth: f64,
  out: usize,
): f64 {
  const width = (<usize>nColumns) << 3;
  const even = (<usize>(nColumns & ~1)) << 3;
  for (let c: usize = 0; c < width; c += 8) store<f64>(out + c, 0);
  let total: f64 = 0;
  for (let k = low; k < high; ++k) {
    const u = abs(load<f64>(sorted + ((<usize>k) << 3)) - t) / bandwidth;
    const rest = 1 - u * u * u;
    const weight = bandwidth > 0 ? (u < 1 ? rest * rest * rest : 0) : 1;
    if (weight == 0) continue;
    total += weight;
    const w = f64x2.splat(weight);
    const row = y + <usize>load<u32>(order + ((<usize>k) << 2)) * width;
    for (let c: usize = 0; c < even; c += 16)
      v128.store(out + c, f64x2.add(v128.load(out + c), f64x2.mul(w, v128.load(row + c))));
    if (even < width)
      store<f64>(out + even, load<f64>(out + even) + weight * load<f64>(row + even));
  }
  return total;
}
