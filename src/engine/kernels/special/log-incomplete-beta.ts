import { logBeta } from "./log-beta.ts";
import { logOneMinusExp } from "./log-one-minus-exp.ts";

/**
 * log I_x(a, b), the regularised incomplete beta function; `y` is 1 - x, given apart so that either may be tiny without
 * loss. a and b are above 0. The continued fraction of Didonato & Morris 1992 (ACM TOMS 18:360, eq. 9), by Lentz's method, on
 * whichever side it converges; no underflow. Relative error of the probability near 1e-13, growing with its logarithm's size.
 */
export function logIncompleteBeta(x: number, y: number, a: number, b: number): number {
  if (!(x >= 0 && y >= 0 && a > 0 && b > 0)) return NaN;
  if (x === 0) return -Infinity;
  if (y === 0) return 0;
  const power = a * logOf(x, y) + b * logOf(y, x) - logBeta(a, b);
  if (x * (a + b + 2) < a + 1) return Math.min(0, power - Math.log(fraction(x, y, a, b)));
  return logOneMinusExp(Math.min(0, power - Math.log(fraction(y, x, b, a))));
}

function logOf(x: number, y: number): number {
  return x > 0.5 ? Math.log1p(-y) : Math.log(x);
}

/** x^a y^b / (B(a, b) I_x(a, b)). */
function fraction(x: number, y: number, a: number, b: number): number {
  const lambda = x < y ? a - (a + b) * x : (a + b) * y - b;
  let value = (a * (lambda + 1)) / (a + 1);
  let c = value;
  let d = 0;
  for (let n = 1; n <= 1_000_000; ++n) {
    const odd = a + 2 * n - 1;
    const alpha = (((a + n - 1) / odd) * (a + b + n - 1) * n * (b - n) * x * x) / odd;
    const beta = n + (n * (b - n) * x) / odd + ((a + n) * (lambda + 1 + n * (1 + y))) / (odd + 2);
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return value;
}
