import { fitFDistribution } from "./fit-f-distribution.ts";
import { fitFRobustly } from "./fit-f-robustly.ts";

export interface ModerateVariancesArgs {
  readonly variances: Float64Array;
  /** Residual degrees of freedom of each gene, or one number for all. */
  readonly df: Float64Array;
  /** What the prior variance follows, one number a gene, or null for one prior. */
  readonly covariate: Float64Array | null;
  readonly robust: boolean;
}

/**
 * Empirical Bayes variances: each drawn to a prior that all genes make (Smyth 2004; Phipson 2016 if robust). `posterior` and
 * `priorVariance` are one number a gene; `priorDf` too if robust, else one; it may be Infinity. limma's squeezeVar.
 */
export function moderateVariances(args: ModerateVariancesArgs): {
  posterior: Float64Array;
  priorVariance: Float64Array;
  priorDf: Float64Array;
} {
  const { variances, covariate, robust } = args;
  const n = variances.length;
  const df = args.df.length === 1 ? new Float64Array(n).fill(args.df[0]) : args.df;
  if (n < 3) return { posterior: variances, priorVariance: variances, priorDf: Float64Array.of(0) };
  const fit = robust
    ? fitFRobustly(variances, df, covariate)
    : fitFDistribution(variances, df, covariate);
  const priorDf = "shrunk" in fit ? (fit.shrunk as Float64Array) : Float64Array.of(fit.df2);
  const posterior = variances.map((variance, g) => {
    const prior = priorDf.length === 1 ? priorDf[0] : priorDf[g];
    if (prior === Infinity) return fit.scale[g];
    if (df[g] === 0) return fit.scale[g];
    return (df[g] * variance + prior * fit.scale[g]) / (df[g] + prior);
  });
  return { posterior, priorVariance: fit.scale, priorDf };
}
