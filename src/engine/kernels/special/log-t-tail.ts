import { logBeta } from "./log-beta.ts";
import { logIncompleteBeta } from "./log-incomplete-beta.ts";
import { logNormalTail } from "./log-normal-tail.ts";

/** log P(T > t) of Student's t with `df` degrees of freedom, which may be Infinity. NaN for a missing t. */
export function logTTail(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return NaN;
  if (df === Infinity) return logNormalTail(t);
  if (t < 0) return Math.log1p(-Math.exp(logTTail(-t, df)));
  if (t === Infinity) return -Infinity;
  const ratio = (t * t) / df;
  if (ratio === Infinity)
    return (
      df * (0.5 * Math.log(df) - Math.log(t)) - Math.log(df / 2) - logBeta(df / 2, 0.5) - Math.LN2
    );
  return logIncompleteBeta(1 / (1 + ratio), ratio / (1 + ratio), df / 2, 0.5) - Math.LN2;
}
