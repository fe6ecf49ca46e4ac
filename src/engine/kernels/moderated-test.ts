import type { Block } from "./block.ts";
import { logTTail } from "./special/log-t-tail.ts";

export interface ModeratedTestArgs {
  /** One log fold change a gene of the whole experiment; NaN leaves the gene out. */
  readonly estimates: Float64Array;
  readonly standardErrors: Float64Array;
  /** Degrees of freedom of each gene, or one number for all. */
  readonly df: Float64Array;
  /** At least 0. */
  readonly threshold: number;
  readonly alternative: "greaterAbs" | "lessAbs" | "greater" | "less";
}

/**
 * Student's test of each estimate: of not being 0, of being beyond the threshold either way (treat: McCarthy & Smyth 2009,
 * Bioinformatics 25:765), within it (the larger of two one-sided p), above or below. `stat` is the distance from the nearest
 * point of the null hypothesis over the standard error, 0 inside it; `logP` the logarithm of p.
 */
export function moderatedTest(
  { nGenes, first = 0 }: Block,
  args: ModeratedTestArgs,
): { stat: Float64Array; logP: Float64Array } {
  const { estimates, standardErrors, threshold, alternative } = args;
  const stat = new Float64Array(nGenes);
  const logP = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; ++g) {
    const df = args.df.length === 1 ? args.df[0] : args.df[first + g];
    const b = estimates[first + g];
    const se = standardErrors[first + g];
    const above = (b - threshold) / se;
    const below = (b + threshold) / se;
    if (alternative === "greater") {
      stat[g] = threshold > 0 ? Math.max(0, above) : above;
      logP[g] = logTTail(above, df);
    } else if (alternative === "less") {
      stat[g] = threshold > 0 ? Math.min(0, below) : below;
      logP[g] = logTTail(-below, df);
    } else if (alternative === "lessAbs") {
      const nearest = (threshold - Math.abs(b)) / se;
      stat[g] = Math.max(0, nearest);
      logP[g] = logTTail(nearest, df);
    } else {
      const near = (Math.abs(b) - threshold) / se;
      const far = (Math.abs(b) + threshold) / se;
      stat[g] = Math.sign(b) * (threshold > 0 ? Math.max(0, near) : near);
      const tail = logTTail(near, df);
      logP[g] = logSum(tail, far === near ? tail : logTTail(far, df));
    }
  }
  return { stat, logP };
}

function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === -Infinity) return high;
  return Math.min(0, high + Math.log1p(Math.exp(Math.min(a, b) - high)));
}
