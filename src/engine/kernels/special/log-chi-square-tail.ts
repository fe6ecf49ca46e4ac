import { logIncompleteGamma } from "./log-incomplete-gamma.ts";

/** log P(X > x) of a chi-square X with `df` degrees of freedom; 0 at or below 0. */
export function logChiSquareTail(x: number, df: number): number {
  return x <= 0 ? 0 : logIncompleteGamma(df / 2, x / 2).upper;
}
