import { adjustPValues } from "./adjust-p-values.ts";
import { logChiSquareTail } from "./special/log-chi-square-tail.ts";
import { logFTail } from "./special/log-f-tail.ts";

export interface QuasiFTestArgs {
  /** Twice the gain in log likelihood of each gene. */
  readonly ratios: Float64Array;
  /** Moderated quasi-dispersions. */
  readonly posterior: Float64Array;
  readonly df: Float64Array;
  /** The same gain with Poisson counts, where the p may be no smaller than that test's; NaN elsewhere. */
  readonly poissonRatios: Float64Array;
}

/** Quasi-likelihood F tests on 1 degree of freedom (Lund 2012, SAGMB 11(5):8), not below the Poisson test's p where asked. */
export function quasiFTest({ ratios, posterior, df, poissonRatios }: QuasiFTestArgs): {
  stat: Float64Array;
  pvalue: Float64Array;
  padj: Float64Array;
} {
  const stat = ratios.map((ratio, g) => Math.max(0, ratio) / posterior[g]);
  const logP = stat.map((f, g) => {
    const log = logFTail(f, 1, df[g]);
    return poissonRatios[g] >= 0 ? Math.max(log, logChiSquareTail(poissonRatios[g], 1)) : log;
  });
  return { stat, pvalue: logP.map(Math.exp), padj: adjustPValues(logP) };
}
