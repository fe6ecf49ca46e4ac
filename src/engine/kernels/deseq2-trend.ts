import { dispersionPriorVariance } from "./dispersion-prior.ts";
import {
  dispersionTrend,
  type DispersionTrendArgs,
  type DispersionTrendResult,
} from "./dispersion-trend.ts";

export interface Deseq2TrendArgs extends DispersionTrendArgs {
  /** Samples less coefficients, above 0. */
  readonly degreesOfFreedom: number;
}

export interface Deseq2TrendResult extends Omit<DispersionTrendResult, "residuals"> {
  /** Of the normal prior on log dispersion about the trend. */
  readonly priorVariance: number;
}

/** The dispersion trend over all genes, and how far dispersions may be from it. Love, Huber & Anders 2014. */
export function deseq2Trend(args: Deseq2TrendArgs): Deseq2TrendResult {
  const { residuals, ...trend } = dispersionTrend(args);
  const priorVariance = dispersionPriorVariance(
    trend.residualVariance,
    residuals,
    args.degreesOfFreedom,
  );
  return { ...trend, priorVariance };
}
