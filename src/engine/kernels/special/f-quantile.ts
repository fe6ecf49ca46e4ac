import { logFTail } from "./log-f-tail.ts";

/** The f with P(X <= f) = p of an F variable, df2 possibly Infinity, 0 < p < 1. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const lower = p < 0.5;
  return fQuantileOfLog(Math.log(lower ? p : 1 - p), df1, df2, lower);
}

/**
 * The f whose tail, the lower one or the upper, has this logarithm of a probability: false position on the logarithms, to the
 * last bits of log f. Best where the tail is the smaller of the two.
 */
export function fQuantileOfLog(target: number, df1: number, df2: number, lower: boolean): number {
  const off = (u: number) => (logFTail(Math.exp(u), df1, df2, lower) - target) * (lower ? 1 : -1);
  let low = -1;
  let high = 1;
  while (off(low) > 0 && low > -700) low *= 2;
  while (off(high) < 0 && high < 700) high *= 2;
  let a = off(low);
  let b = off(high);
  let side = 0;
  // Illinois' false position: it keeps the bracket and converges faster than halving.
  for (let i = 0; i < 200 && high - low > 2e-16 * Math.max(1, Math.abs(low)); ++i) {
    const u =
      Number.isFinite(a) && Number.isFinite(b) && a !== b
        ? (low * b - high * a) / (b - a)
        : (low + high) / 2;
    const at = off(u);
    if (at === 0 || u === low || u === high) return Math.exp(u);
    if (at < 0) {
      low = u;
      a = at;
      if (side === -1) b /= 2;
      side = -1;
    } else {
      high = u;
      b = at;
      if (side === 1) a /= 2;
      side = 1;
    }
  }
  return Math.exp((low + high) / 2);
}
