import { trigamma } from "./trigamma.ts";

/** The y > 0 at which trigamma is x > 0, by Newton's method on its reciprocal (Smyth 2004, appendix). */
export function trigammaInverse(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x > 1e7) return 1 / Math.sqrt(x);
  if (x < 1e-6) return 1 / x;
  let y = 0.5 + 1 / x;
  for (let i = 0; i < 50; ++i) {
    const value = trigamma(y);
    const step = (value * (1 - value / x)) / tetragamma(y);
    y += step;
    if (-step / y < 1e-8) break;
  }
  return y;
}

/** The third derivative of log gamma at x > 0. Abramowitz & Stegun 6.4.7, 6.4.13. */
function tetragamma(x: number): number {
  let shift = 0;
  while (x < 12) {
    shift -= 2 / (x * x * x);
    ++x;
  }
  const y = 1 / x;
  const z = y * y;
  return shift - z * (1 + y + z * (0.5 - z * (1 / 6 - z * (1 / 6 - z * (0.3 - z * (5 / 6))))));
}
