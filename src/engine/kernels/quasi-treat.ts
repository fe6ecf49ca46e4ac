import { adjustPValues } from "./adjust-p-values.ts";
import { logNormalTail } from "./special/log-normal-tail.ts";
import { logTTail } from "./special/log-t-tail.ts";

export interface QuasiTreatArgs {
  /** Deviances with the contrast held at minus and at plus the threshold, genes x 2. */
  readonly nulls: Float64Array;
  readonly deviance: Float64Array;
  readonly posterior: Float64Array;
  readonly df: Float64Array;
  /** log2 fold changes. */
  readonly estimates: Float64Array;
  /** log2 fold change, above 0. */
  readonly threshold: number;
}

/** The interval over which the null hypothesis is averaged at either end, in standard normal units. */
const width = 1.470402;

/**
 * Tests of being further than the threshold from 0: likelihood roots at either end of the interval over the root quasi-dispersion, turned to
 * normal scores, and the p averaged over the interval's ends (McCarthy & Smyth 2009; edgeR's glmTreat with null
 * "interval"). `stat` is the score of the nearer end, 0 inside.
 */
export function quasiTreat(args: QuasiTreatArgs): {
  stat: Float64Array;
  pvalue: Float64Array;
  padj: Float64Array;
} {
  const { nulls, deviance, posterior, df, estimates, threshold } = args;
  const n = deviance.length;
  const stat = new Float64Array(n);
  const logP = new Float64Array(n);
  for (let g = 0; g < n; ++g) {
    const root = (null_: number) => Math.sqrt(Math.max(0, null_ - deviance[g]) / posterior[g]);
    const [a, b] = [root(nulls[2 * g]), root(nulls[2 * g + 1])];
    const inside = Math.abs(estimates[g]) <= threshold;
    const near = normalScore(Math.min(a, b), df[g]) * (inside ? -1 : 1);
    const far = normalScore(Math.max(a, b), df[g]);
    stat[g] = Math.sign(estimates[g]) * Math.max(0, near);
    logP[g] =
      far - near > width
        ? logSum(logMeanTail(far - width, far), logMeanTail(near, near + width))
        : Math.LN2 + logMeanTail(near, far);
    logP[g] = Math.min(0, logP[g]);
  }
  return { stat, pvalue: logP.map(Math.exp), padj: adjustPValues(logP) };
}

/** The z of a standard normal with the tail that t has. */
function normalScore(t: number, df: number): number {
  if (df === Infinity) return t;
  if (t === 0) return 0;
  const target = logTTail(t, df);
  // Newton on the logarithm of the tail; its slope is minus the hazard.
  let z = Math.min(t, Math.sqrt(Math.max(0, -2 * target)));
  for (let round = 0; round < 50; ++round) {
    const log = logNormalTail(z);
    const hazard = Math.exp(-0.5 * z * z - 0.9189385332046728 - log);
    const step = (log - target) / hazard;
    z += step;
    if (Math.abs(step) < 1e-14 * Math.max(1, z)) break;
  }
  return z;
}

/** The logarithm of the mean of P(Z > z) over z in [a, b]. */
function logMeanTail(a: number, b: number): number {
  if (b - a < 1e-7) return logNormalTail((a + b) / 2);
  // The integral of the tail from z on is density(z) - z P(Z > z).
  const high = logNormalTail(a);
  const left = (z: number) =>
    Math.exp(-0.5 * z * z - 0.9189385332046728 - high) - z * Math.exp(logNormalTail(z) - high);
  return high + Math.log((left(a) - left(b)) / (b - a));
}

function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
