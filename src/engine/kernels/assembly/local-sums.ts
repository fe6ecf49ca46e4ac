import { both } from "./pair-math";

/**
 * The twin of kernels/local-sums.ts: sums over the points [from, to) of x, y and robustness weights with tricube weights about `centre`: of weight, weight x
 * distance and its square, weight x y, weight x distance x y, into five numbers at `out`; two points at a time.
 */
export function localSums(
  x: usize,
  y: usize,
  robustness: usize,
  from: i32,
  to: i32,
  centre: f64,
  width: f64,
  out: usize,
): void {
  const near = f64x2.splat(0.001 * width);
  const inverse = f64x2.splat(1 / width);
  const c = f64x2.splat(centre);
  const one = f64x2.splat(1);
  let sum = f64x2.splat(0);
  let first = sum;
  let second = sum;
  let values = sum;
  let products = sum;
  for (let j = from; j < to; j += 2) {
    const place = (<usize>j) << 3;
    const d = f64x2.sub(v128.load(x + place), c);
    const distance = f64x2.abs(d);
    const u = f64x2.mul(distance, inverse);
    const v = f64x2.sub(one, f64x2.mul(f64x2.mul(u, u), u));
    const tricube = f64x2.mul(f64x2.mul(v, v), v);
    let w = v128.load(robustness + place);
    w = f64x2.mul(w, v128.bitselect(tricube, one, f64x2.gt(distance, near)));
    // The last of an odd number has no partner.
    if (j + 1 == to) w = f64x2.replace_lane(w, 1, 0);
    const wd = f64x2.mul(w, d);
    const wy = f64x2.mul(w, v128.load(y + place));
    sum = f64x2.add(sum, w);
    first = f64x2.add(first, wd);
    second = f64x2.add(second, f64x2.mul(wd, d));
    values = f64x2.add(values, wy);
    products = f64x2.add(products, f64x2.mul(wy, d));
  }
  store<f64>(out, both(sum));
  store<f64>(out + 8, both(first));
  store<f64>(out + 16, both(second));
  store<f64>(out + 24, both(values));
  store<f64>(out + 32, both(products));
}
