import { logGamma } from "./log-gamma.ts";
import { logOneMinusExp } from "./log-one-minus-exp.ts";
import { stirlingError } from "./stirling-error.ts";

const halfLogTwoPi = 0.9189385332046728;

/**
 * Logarithms of the regularised incomplete gamma functions P(a, x) (lower) and Q(a, x) (upper), a > 0, x >= 0. Series below
 * a + 1, Legendre's continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31); no underflow. Relative error of the
 * probability near 1e-13, growing with its logarithm's size.
 */
export function logIncompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0 && x >= 0)) return { lower: NaN, upper: NaN };
  if (x === 0) return { lower: -Infinity, upper: 0 };
  if (x === Infinity) return { lower: 0, upper: -Infinity };
  if (x < a + 1) {
    const lower = Math.min(0, logPower(a, x) - Math.log(a) + Math.log(series(a, x)));
    return { lower, upper: logOneMinusExp(lower) };
  }
  const upper = Math.min(0, logPower(a, x) + Math.log(fraction(a, x)));
  return { lower: logOneMinusExp(upper), upper };
}

/** log of x^a exp(-x) / gamma(a), without cancellation for large a. */
function logPower(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - logGamma(a);
  const d = (x - a) / a;
  const log = Math.abs(d) < 0.5 ? Math.log1p(d) : Math.log(x / a);
  return a * (log - d) + 0.5 * Math.log(a) - halfLogTwoPi - stirlingError(a);
}

function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n <= 1_000_000; ++n) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return value;
}
