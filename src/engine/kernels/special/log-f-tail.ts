import { logIncompleteBeta } from "./log-incomplete-beta.ts";
import { logIncompleteGamma } from "./log-incomplete-gamma.ts";

/**
 * log P(X > f), or log P(X <= f) with `lower`, of an F variable with df1 and df2 degrees of freedom, either of which may be Infinity. NaN
 * for a missing f.
 */
export function logFTail(f: number, df1: number, df2: number, lower = false): number {
  if (Number.isNaN(f) || !(df1 > 0 && df2 > 0)) return NaN;
  if (f <= 0) return lower ? -Infinity : 0;
  if (f === Infinity) return lower ? 0 : -Infinity;
  if (df2 === Infinity) {
    if (df1 === Infinity) return f < 1 === lower ? -Infinity : 0;
    const { lower: below, upper } = logIncompleteGamma(df1 / 2, (df1 * f) / 2);
    return lower ? below : upper;
  }
  if (df1 === Infinity) {
    const { lower: below, upper } = logIncompleteGamma(df2 / 2, df2 / f / 2);
    return lower ? upper : below;
  }
  const ratio = (df1 * f) / df2;
  const x = 1 / (1 + ratio);
  const y = ratio / (1 + ratio);
  return lower
    ? logIncompleteBeta(y, x, df1 / 2, df2 / 2)
    : logIncompleteBeta(x, y, df2 / 2, df1 / 2);
}
