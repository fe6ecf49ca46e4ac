/** Logarithms and exponentials of two numbers at a time, after fdlibm's series: within two units of the last place. */

const ln2High: f64 = 6.9314718036912381649e-1;
const ln2Low: f64 = 1.90821492927058770002e-10;

/** The natural logarithms of two normal numbers above 0. */
export function logs(x: v128): v128 {
  const shifted = i64x2.add(x, i64x2.splat(0x00095f6200000000));
  // The exponent, by way of 2^52 + exponent.
  const whole = v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000));
  const k = f64x2.sub(whole, f64x2.splat(4503599627371519));
  const m = i64x2.add(
    v128.and(shifted, i64x2.splat(0x000fffffffffffff)),
    i64x2.splat(0x3fe6a09e00000000),
  );
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.splat(1.531383769920937332e-1);
  even = plus(f64x2.mul(even, w), 2.222219843214978396e-1);
  even = plus(f64x2.mul(even, w), 3.999999999940941908e-1);
  let odd = f64x2.splat(1.479819860511658591e-1);
  odd = plus(f64x2.mul(odd, w), 1.818357216161805012e-1);
  odd = plus(f64x2.mul(odd, w), 2.857142874366239149e-1);
  odd = plus(f64x2.mul(odd, w), 6.66666666666673513e-1);
  const series = f64x2.add(f64x2.mul(even, w), f64x2.mul(odd, z));
  const half = f64x2.mul(f64x2.splat(0.5), f64x2.mul(f, f));
  let sum = f64x2.mul(s, f64x2.add(half, series));
  sum = f64x2.add(sum, f64x2.mul(k, f64x2.splat(ln2Low)));
  sum = f64x2.add(f64x2.sub(sum, half), f);
  return f64x2.add(sum, f64x2.mul(k, f64x2.splat(ln2High)));
}

/** The exponentials of two numbers, which count as -700 below that and as 700 above. */
export function exps(x: v128): v128 {
  const bounded = f64x2.max(f64x2.splat(-700), f64x2.min(f64x2.splat(700), x));
  const k = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(1.442695040888963387)));
  const high = f64x2.sub(bounded, f64x2.mul(k, f64x2.splat(ln2High)));
  const low = f64x2.mul(k, f64x2.splat(ln2Low));
  const r = f64x2.sub(high, low);
  const z = f64x2.mul(r, r);
  let p = f64x2.splat(4.13813679705723846039e-8);
  p = plus(f64x2.mul(p, z), -1.6533902205465251539e-6);
  p = plus(f64x2.mul(p, z), 6.61375632143793436117e-5);
  p = plus(f64x2.mul(p, z), -2.77777777770155933842e-3);
  p = plus(f64x2.mul(p, z), 1.66666666666666019037e-1);
  const c = f64x2.sub(r, f64x2.mul(z, p));
  const ratio = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const value = f64x2.add(f64x2.splat(1), f64x2.add(f64x2.sub(ratio, low), high));
  // 2^k: k into the exponent's place, by way of 1.5 x 2^52 + k.
  const power = i64x2.shl(f64x2.add(k, f64x2.splat(6755399441055744)), 52);
  return i64x2.add(value, power);
}

/** The logarithms of 1 + x, with the digits that 1 + x loses put back; x above -1. */
export function logsOnePlus(x: v128): v128 {
  const one = f64x2.splat(1);
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

function plus(x: v128, term: f64): v128 {
  return f64x2.add(x, f64x2.splat(term));
}
