import { evaluateCurve, localRegression, type KnotCurve } from "./local-regression.ts";
import { fitInverseMean } from "./fit-inverse-mean.ts";
import { median } from "./median.ts";
import { minDispersion } from "./dispersion-search.ts";

export type FitType = "parametric" | "local" | "mean";

/** Dispersion as a function of the mean normalised count. */
export type Trend =
  | { readonly type: "parametric"; readonly asymptotic: number; readonly extraPoisson: number }
  | { readonly type: "local"; readonly curve: KnotCurve }
  | { readonly type: "mean"; readonly value: number };

export interface DispersionTrendArgs {
  /** Mean normalised count and gene-wise dispersion of each gene; NaN for genes without counts. */
  readonly baseMean: Float64Array;
  readonly geneWise: Float64Array;
  readonly fitType: FitType;
}

export interface DispersionTrendResult {
  readonly trend: Trend;
  /** The trend at each gene's mean; NaN where it has none. */
  readonly values: Float64Array;
  /** Why a parametric trend was asked for and a local one is given; else "". */
  readonly fallback: string;
  /** The squared robust spread of log gene-wise dispersions about the trend. */
  readonly residualVariance: number;
  /** Those residuals, of genes well above the least dispersion. */
  readonly residuals: Float64Array;
}

/** Genes above this take part. */
const leastUsed = 100 * minDispersion;

/**
 * The dispersion trend over genes whose gene-wise dispersion is above 1e-6. Love, Huber & Anders 2014: "parametric" is alpha = a0 + a1 /
 * mean, which gives way to "local" where it can't be fitted; "local" is a local quadratic regression of log dispersion
 * on log mean weighted by the mean, over 0.7 of the genes; "mean" is one value, the mean without 0.1 % at either end.
 * Throws where no gene has a dispersion above 1e-6.
 */
export function dispersionTrend(args: DispersionTrendArgs): DispersionTrendResult {
  const { baseMean, geneWise, fitType } = args;
  const used: number[] = [];
  geneWise.forEach((d, g) => {
    if (d > leastUsed) used.push(g);
  });
  if (used.length === 0) throw new RangeError("no gene varies more than by counting alone");
  const means = Float64Array.from(used, (g) => baseMean[g]);
  const dispersions = Float64Array.from(used, (g) => geneWise[g]);
  let fallback = "";
  let trend: Trend | null = null;
  if (fitType === "mean") trend = { type: "mean", value: trimmedMean(geneWise) };
  if (fitType === "parametric") {
    const fit = fitInverseMean(means, dispersions);
    if (typeof fit === "string") fallback = fit;
    else trend = { type: "parametric", asymptotic: fit[0], extraPoisson: fit[1] };
  }
  trend ??= {
    type: "local",
    curve: localRegression(means.map(Math.log), dispersions.map(Math.log), means, 0.7),
  };
  const values = baseMean.map((mean) => (mean > 0 ? trendAt(trend, mean) : NaN));
  const residuals = Float64Array.from(
    geneWise
      .map((d, g) => (d >= leastUsed ? Math.log(d) - Math.log(values[g]) : NaN))
      .filter((r) => !Number.isNaN(r)),
  );
  return { trend, values, fallback, residualVariance: robustVariance(residuals), residuals };
}

/** The trend at one mean. */
export function trendAt(trend: Trend, mean: number): number {
  if (trend.type === "parametric") return trend.asymptotic + trend.extraPoisson / mean;
  if (trend.type === "mean") return trend.value;
  return Math.exp(evaluateCurve(trend.curve, Math.log(mean)));
}

/** The mean of the dispersions above 1e-7 without the 0.1 % smallest and largest. */
function trimmedMean(geneWise: Float64Array): number {
  const sorted = geneWise.filter((d) => d > 10 * minDispersion).toSorted();
  const cut = Math.floor(sorted.length * 0.001);
  const kept = sorted.subarray(cut, sorted.length - cut);
  return kept.reduce((sum, d) => sum + d, 0) / kept.length;
}

/** The squared median absolute deviation, scaled to a normal's variance. */
function robustVariance(values: Float64Array): number {
  const centre = median(values.slice());
  return (1.4826 * median(values.map((v) => Math.abs(v - centre)))) ** 2;
}
