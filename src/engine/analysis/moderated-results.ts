import type { Contrast } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import type { MethodResult, ResultOptions } from "./fit.ts";

/** A fit of linear models whose variances were moderated. */
export interface ModeratedFit {
  /** What was fitted, as the pool holds it. */
  readonly counts: Counts;
  readonly nCoefficients: number;
  /** genes x coefficients. */
  readonly coefficients: Float64Array;
  /** Standard deviations of coefficients over sigma, genes x coefficients; null where `covariance` holds for every gene. */
  readonly unscaled: Float64Array | null;
  /** The unscaled covariance of coefficients; where genes have their own, that of the design without weights. */
  readonly covariance: Float64Array;
  /** Moderated variance of each gene. */
  readonly posterior: Float64Array;
  readonly residualDf: number;
  /** One number, or one a gene. */
  readonly priorDf: Float64Array;
  readonly baseMean: Float64Array;
}

/**
 * Tests one contrast of a moderated fit. Standard errors of several coefficients together use, where genes have
 * weights of their own, each gene's standard deviations and the correlation of coefficients of the design without
 * weights, as limma's contrasts.fit does. Total degrees of freedom are at most those of all genes pooled.
 */
export async function moderatedResults(
  fit: ModeratedFit,
  { weights }: Contrast,
  { lfcThreshold, altHypothesis }: ResultOptions,
  { pool, signal }: AnalysisContext,
): Promise<MethodResult> {
  const { counts, nCoefficients: p, coefficients, posterior, residualDf, priorDf } = fit;
  const { nGenes } = counts;
  const used = [...weights.keys()].filter((j) => weights[j] !== 0);
  const scale = unscaledOf(fit, weights, used);
  const estimates = new Float64Array(nGenes);
  const lfcSE = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; ++g) {
    for (const j of used) estimates[g] += weights[j] * coefficients[g * p + j];
    lfcSE[g] = scale(g) * Math.sqrt(posterior[g]);
  }
  const df = priorDf.map((prior) => Math.min(residualDf + prior, residualDf * nGenes));
  const { stat, logP } = await pool.run(
    "moderatedTest",
    counts,
    {
      estimates,
      standardErrors: lfcSE,
      df,
      threshold: lfcThreshold,
      alternative: altHypothesis,
    },
    { signal },
  );
  const { pvalue, padj } = await pool.call("pValues", { logP }, { signal });
  return {
    baseMean: fit.baseMean,
    log2FoldChange: estimates,
    lfcSE,
    stat,
    pvalue,
    padj,
    reason: new Uint8Array(nGenes),
    test:
      lfcThreshold > 0 ? "moderated t-test relative to a threshold (treat)" : "moderated t-test",
    filterThreshold: null,
    notes: {},
  };
}

/** The unscaled standard deviation of the contrast for gene g. */
function unscaledOf(
  { unscaled, covariance, nCoefficients: p }: ModeratedFit,
  weights: Float64Array,
  used: readonly number[],
): (gene: number) => number {
  if (unscaled === null) {
    let variance = 0;
    for (const i of used)
      for (const j of used) variance += weights[i] * weights[j] * covariance[i * p + j];
    return () => Math.sqrt(variance);
  }
  const correlation = (i: number, j: number) =>
    covariance[i * p + j] / Math.sqrt(covariance[i * p + i] * covariance[j * p + j]);
  const pairs = used.flatMap((i) =>
    used.map((j) => [i, j, weights[i] * weights[j] * (i === j ? 1 : correlation(i, j))] as const),
  );
  return (gene) => {
    let variance = 0;
    for (const [i, j, weight] of pairs)
      variance += weight * unscaled[gene * p + i] * unscaled[gene * p + j];
    return Math.sqrt(variance);
  };
}
