import { logGamma } from "./log-gamma.ts";
import { stirlingError } from "./stirling-error.ts";

const halfLogTwoPi = 0.9189385332046728;

/**
 * The logarithm of the beta function of a, b > 0, without the cancellation of log gammas where either is large: absolute error
 * near 1e-15 of the larger of 1 and the result. Abramowitz & Stegun 6.1.40, 6.2.2.
 */
export function logBeta(a: number, b: number): number {
  const p = Math.min(a, b);
  const q = Math.max(a, b);
  const r = p / (p + q);
  if (q < 10) return logGamma(p) + logGamma(q) - logGamma(p + q);
  const error = stirlingError(q) - stirlingError(p + q);
  if (p >= 10)
    return (
      -0.5 * Math.log(q) +
      halfLogTwoPi +
      stirlingError(p) +
      error +
      (p - 0.5) * Math.log(r) +
      q * Math.log1p(-r)
    );
  return logGamma(p) + error + p - p * Math.log(p + q) + (q - 0.5) * Math.log1p(-r);
}
