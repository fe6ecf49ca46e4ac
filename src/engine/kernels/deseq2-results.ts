import { benjaminiHochberg, independentFiltering } from "./independent-filtering.ts";
import { fQuantile } from "./special/f-quantile.ts";
import { logChiSquareTail } from "./special/log-chi-square-tail.ts";
import { logNormalTail } from "./special/log-normal-tail.ts";

export interface Deseq2ResultsArgs {
  /** What deseq2Fit gave for all genes. */
  readonly baseMean: Float64Array;
  readonly beta: Float64Array;
  readonly covariance: Float64Array;
  readonly likelihoodRatio: Float64Array;
  readonly maxCooks: Float64Array;
  readonly nAbove: Int32Array;
  readonly refitted: Int32Array;
  readonly nSamples: number;
  /** Weight of each coefficient. */
  readonly weights: Float64Array;
  /** 1 for genes without a count in any sample that the contrast compares. */
  readonly emptyContrast: Uint8Array;
  /** Degrees of freedom of a likelihood ratio test; 0 for Wald tests. */
  readonly lrtDegrees: number;
  readonly lfcThreshold: number;
  readonly alternative: "greaterAbs" | "lessAbs" | "greater" | "less";
  /** Cook's distances above this are outliers: null for the 99 % point of F(p, n - p), Infinity for none. */
  readonly cooksCutoff: number | null;
  /** The design is one factor of two levels: three larger counts elsewhere pardon an outlier. */
  readonly twoGroups: boolean;
  readonly alpha: number;
  readonly independentFiltering: boolean;
}

export interface Deseq2Results {
  readonly log2FoldChange: Float64Array;
  readonly lfcSE: Float64Array;
  readonly stat: Float64Array;
  readonly pvalue: Float64Array;
  readonly padj: Float64Array;
  /** 0 none, 1 all counts zero, 2 outlier, 3 filtered. */
  readonly reason: Uint8Array;
  readonly filterThreshold: number | null;
}

/** Larger counts that pardon an outlier of two groups. */
const enoughLarger = 3;

/**
 * Tests a contrast of fitted genes: Wald or likelihood ratio, outliers by Cook's distance, p values adjusted with independent filtering.
 * NaN is missing, and `reason` says why. Love, Huber & Anders 2014; DESeq2's results.
 */
export function deseq2Results(args: Deseq2ResultsArgs): Deseq2Results {
  const { baseMean, beta, covariance, weights, refitted, lrtDegrees } = args;
  const n = baseMean.length;
  const p = weights.length;
  const log2FoldChange = new Float64Array(n).fill(NaN);
  const lfcSE = new Float64Array(n).fill(NaN);
  const stat = new Float64Array(n).fill(NaN);
  const pvalue = new Float64Array(n).fill(NaN);
  const reason = new Uint8Array(n);
  const cutoff =
    args.cooksCutoff ?? (args.nSamples > p ? fQuantile(0.99, p, args.nSamples - p) : Infinity);
  for (let g = 0; g < n; ++g) {
    if (!(baseMean[g] > 0)) {
      if (refitted[g]) {
        log2FoldChange[g] = lfcSE[g] = stat[g] = 0;
        pvalue[g] = 1;
      } else reason[g] = 1;
      continue;
    }
    let lfc = 0;
    let variance = 0;
    for (let i = 0; i < p; ++i) {
      lfc += weights[i] * beta[g * p + i];
      for (let j = 0; j < p; ++j)
        variance += weights[i] * covariance[g * p * p + i * p + j] * weights[j];
    }
    lfc /= Math.LN2;
    const se = Math.sqrt(variance) / Math.LN2;
    const empty = args.emptyContrast[g] === 1;
    log2FoldChange[g] = empty ? 0 : lfc;
    lfcSE[g] = se;
    if (lrtDegrees > 0) {
      stat[g] = args.likelihoodRatio[g];
      pvalue[g] = Math.exp(logChiSquareTail(stat[g], lrtDegrees));
    } else {
      const test = waldTest(empty ? 0 : lfc, se, args.lfcThreshold, args.alternative);
      stat[g] = empty ? 0 : test.stat;
      pvalue[g] = empty ? 1 : test.pvalue;
    }
    const pardoned = args.twoGroups && args.nAbove[g] >= enoughLarger;
    if (args.maxCooks[g] > cutoff && !pardoned) {
      pvalue[g] = NaN;
      reason[g] = 2;
    }
  }
  const { padj, threshold } = args.independentFiltering
    ? independentFiltering(pvalue, baseMean, args.alpha)
    : { padj: benjaminiHochberg(pvalue), threshold: null };
  for (let g = 0; g < n; ++g)
    if (reason[g] === 0 && Number.isNaN(padj[g]) && !Number.isNaN(pvalue[g])) reason[g] = 3;
  return { log2FoldChange, lfcSE, stat, pvalue, padj, reason, filterThreshold: threshold };
}

/** A Wald test of a log fold change against a threshold. */
function waldTest(
  lfc: number,
  se: number,
  threshold: number,
  alternative: Deseq2ResultsArgs["alternative"],
): { stat: number; pvalue: number } {
  const above = (lfc - threshold) / se;
  const below = (lfc + threshold) / se;
  if (alternative === "greater")
    return { stat: Math.max(above, 0), pvalue: Math.exp(logNormalTail(above)) };
  if (alternative === "less")
    return { stat: Math.min(below, 0), pvalue: Math.exp(logNormalTail(-below)) };
  if (alternative === "lessAbs") {
    const stat = Math.min(Math.max(-above, 0), Math.max(below, 0));
    return { stat, pvalue: Math.exp(logNormalTail(Math.min(-above, below))) };
  }
  const size = (Math.abs(lfc) - threshold) / se;
  return {
    stat: Math.sign(lfc) * Math.max(size, 0),
    pvalue: Math.min(1, 2 * Math.exp(logNormalTail(size))),
  };
}
