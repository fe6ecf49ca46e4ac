import type { Block } from "./block.ts";
import { logChiSquareTail } from "./special/log-chi-square-tail.ts";
import { logFTail } from "./special/log-f-tail.ts";

/** One number a gene of the whole experiment. */
export interface QuasiFTestArgs {
  /** Twice the gain in log likelihood. */
  readonly ratios: Float64Array;
  /** Moderated quasi-dispersions. */
  readonly posterior: Float64Array;
  readonly df: Float64Array;
  /** The same gain with Poisson counts, where the p may be no smaller than that test's; NaN elsewhere. */
  readonly poissonRatios: Float64Array;
}

/**
 * Quasi-likelihood F tests on 1 degree of freedom (Lund 2012, SAGMB 11(5):8), with the logarithm of p, not below that of the Poisson test where
 * asked.
 */
export function quasiFTest(
  { nGenes, first = 0 }: Block,
  { ratios, posterior, df, poissonRatios }: QuasiFTestArgs,
): { stat: Float64Array; logP: Float64Array } {
  const stat = new Float64Array(nGenes);
  const logP = new Float64Array(nGenes);
  for (let i = 0; i < nGenes; ++i) {
    const g = first + i;
    stat[i] = Math.max(0, ratios[g]) / posterior[g];
    logP[i] = logFTail(stat[i], 1, df[g]);
    if (poissonRatios[g] >= 0) logP[i] = Math.max(logP[i], logChiSquareTail(poissonRatios[g], 1));
  }
  return { stat, logP };
}
