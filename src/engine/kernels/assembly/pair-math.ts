/**
 * Logarithms and exponentials of two numbers at a time, after fdlibm's series: within two units of the last place. Their constants are loaded
 * from memory: engines make a constant of two numbers anew wherever it is used, which takes longer.
 */

const numbers = memory.data<f64>([
  1.531383769920937332e-1, 2.222219843214978396e-1, 3.999999999940941908e-1,
  1.479819860511658591e-1, 1.818357216161805012e-1, 2.857142874366239149e-1, 6.66666666666673513e-1,
  1.0, 2.0, 0.5, 1.90821492927058770002e-10, 6.9314718036912381649e-1, 4503599627371519.0,
  4.13813679705723846039e-8, -1.6533902205465251539e-6, 6.61375632143793436117e-5,
  -2.77777777770155933842e-3, 1.66666666666666019037e-1, -700.0, 700.0, 1.442695040888963387,
  6755399441055744.0,
]);
const bits = memory.data<u64>([
  0x00095f6200000000, 0x4330000000000000, 0x000fffffffffffff, 0x3fe6a09e00000000,
]);

function the(i: usize): v128 {
  return v128.load64_splat(numbers + (i << 3));
}

function mask(i: usize): v128 {
  return v128.load64_splat(bits + (i << 3));
}

/** The natural logarithms of two normal numbers above 0. */
export function logs(x: v128): v128 {
  const shifted = i64x2.add(x, mask(0));
  // The exponent, by way of 2^52 + exponent.
  const whole = v128.or(i64x2.shr_u(shifted, 52), mask(1));
  const k = f64x2.sub(whole, the(12));
  const m = i64x2.add(v128.and(shifted, mask(2)), mask(3));
  const f = f64x2.sub(m, the(7));
  const s = f64x2.div(f, f64x2.add(f, the(8)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = the(0);
  even = f64x2.add(f64x2.mul(even, w), the(1));
  even = f64x2.add(f64x2.mul(even, w), the(2));
  let odd = the(3);
  odd = f64x2.add(f64x2.mul(odd, w), the(4));
  odd = f64x2.add(f64x2.mul(odd, w), the(5));
  odd = f64x2.add(f64x2.mul(odd, w), the(6));
  const series = f64x2.add(f64x2.mul(even, w), f64x2.mul(odd, z));
  const half = f64x2.mul(the(9), f64x2.mul(f, f));
  let sum = f64x2.mul(s, f64x2.add(half, series));
  sum = f64x2.add(sum, f64x2.mul(k, the(10)));
  sum = f64x2.add(f64x2.sub(sum, half), f);
  return f64x2.add(sum, f64x2.mul(k, the(11)));
}

/** The exponentials of two numbers, which count as -700 below that and as 700 above. */
export function exps(x: v128): v128 {
  const bounded = f64x2.max(the(18), f64x2.min(the(19), x));
  const k = f64x2.nearest(f64x2.mul(bounded, the(20)));
  const high = f64x2.sub(bounded, f64x2.mul(k, the(11)));
  const low = f64x2.mul(k, the(10));
  const r = f64x2.sub(high, low);
  const z = f64x2.mul(r, r);
  let p = the(13);
  p = f64x2.add(f64x2.mul(p, z), the(14));
  p = f64x2.add(f64x2.mul(p, z), the(15));
  p = f64x2.add(f64x2.mul(p, z), the(16));
  p = f64x2.add(f64x2.mul(p, z), the(17));
  const c = f64x2.sub(r, f64x2.mul(z, p));
  const ratio = f64x2.div(f64x2.mul(r, c), f64x2.sub(the(8), c));
  const value = f64x2.add(the(7), f64x2.add(f64x2.sub(ratio, low), high));
  // 2^k: k into the exponent's place, by way of 1.5 x 2^52 + k.
  const power = i64x2.shl(f64x2.add(k, the(21)), 52);
  return i64x2.add(value, power);
}

/** The logarithms of 1 + x, with the digits that 1 + x loses put back; x above -1. */
export function logsOnePlus(x: v128): v128 {
  const one = the(7);
  const u = f64x2.add(one, x);
  return f64x2.add(logs(u), f64x2.div(f64x2.sub(x, f64x2.sub(u, one)), u));
}

export function log(x: f64): f64 {
  return f64x2.extract_lane(logs(f64x2.splat(x)), 0);
}

export function exp(x: f64): f64 {
  return f64x2.extract_lane(exps(f64x2.splat(x)), 0);
}

/** The sum of both. */
export function both(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}
