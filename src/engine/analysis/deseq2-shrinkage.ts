import { argumentError } from "../../base/errors.ts";
import { makeDesign, resolveContrast, type Contrast, type Design } from "../design/index.ts";
import type { AnalysisContext } from "./context.ts";
import { matrixOf, type Deseq2Model } from "./deseq2-model.ts";
import type { MethodResult } from "./fit.ts";

/** A coding of the design in which the fold change is one coefficient. */
interface Coding {
  readonly matrix: Float64Array;
  readonly coefficient: number;
  readonly intercept: number;
}

/**
 * A tested contrast with its log fold changes shrunken, and their posterior standard deviations; p values stay. "apeglm": Cauchy prior
 * (Zhu, Ibrahim & Love 2019), on counts as they were tested. "normal": Love, Huber & Anders 2014, which like DESeq2's lfcShrink
 * goes back to the counts before outliers were replaced. A comparison with another level than the reference is coded anew
 * with that one as reference.
 */
export async function deseq2Shrinkage(
  model: Deseq2Model,
  contrast: Contrast,
  shrink: "apeglm" | "normal",
  tested: MethodResult,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<MethodResult> {
  const { experiment, design, fit, sizeFactors } = model;
  if (shrink === "normal" && design.terms.some((term) => term.length > 1))
    throw argumentError('shrink "normal" has no answer for a design with interactions: normal', {
      help: 'Use shrink: "apeglm".',
    });
  const coding = codingFor(model, contrast);
  const matrix = { ...matrixOf(design), values: coding.matrix };
  const type = shrink === "apeglm" ? "cauchy" : "normal";
  const { prior } = await pool.call(
    "deseq2Prior",
    {
      type,
      fitted: matrixOf(design),
      design: matrix,
      coefficient: coding.coefficient,
      intercept: coding.intercept,
      beta: fit.beta,
      covariance: fit.covariance,
      baseMean: fit.baseMean,
      trend: fit.trend,
    },
    { signal },
  );
  const { lfc, deviation } = await pool.run(
    "deseq2Shrink",
    experiment.counts,
    {
      design: matrix,
      coefficient: coding.coefficient,
      sizeFactors,
      dispersion: fit.dispersion,
      outliers: shrink === "apeglm" ? { replaced: fit.replaced, refitted: fit.refitted } : null,
      prior,
    },
    { signal, onProgress, label: "shrinking fold changes" },
  );
  const gone = (g: number) => fit.refitted[g] === 1 && fit.baseMean[g] === 0;
  const words =
    prior.type === "cauchy"
      ? `a Cauchy prior of scale ${(prior.scale / Math.LN2).toPrecision(3)} on log2FoldChange (apeglm, Zhu et al. 2019)`
      : "a normal prior (Love et al. 2014)";
  return {
    ...tested,
    log2FoldChange: lfc.map((value, g) => (gone(g) ? 0 : value / Math.LN2)),
    lfcSE: deviation.map((value, g) => (gone(g) ? 0 : value / Math.LN2)),
    notes: {
      ...tested.notes,
      shrink: `log2FoldChange is shrunken with ${words} and lfcSE its posterior standard deviation; stat, pvalue and padj are of the unshrunken fold change.`,
    },
  };
}

function codingFor({ experiment, design }: Deseq2Model, contrast: Contrast): Coding {
  const { weights, coefficient } = contrast;
  if (coefficient >= 0)
    return { matrix: design.matrix, coefficient, intercept: design.termOf.indexOf(-1) };
  return withDenominator(experiment.samples, design, contrast) ?? inPlaceOf(design, weights);
}

/** The design with the contrast's denominator as reference, where it compares two levels of one factor. */
function withDenominator(
  samples: Deseq2Model["experiment"]["samples"],
  design: Design,
  { groups, weights }: Contrast,
): Coding | null {
  const factor = design.variables.find((v) => v.kind === "factor" && v.label === groups?.factor);
  if (!groups || factor?.kind !== "factor" || !factor.levels.includes(groups.denominator))
    return null;
  const reference: Record<string, string> = {};
  for (const v of design.variables) if (v.kind === "factor") reference[v.column] = v.levels[0];
  reference[factor.column] = groups.denominator;
  const coded = makeDesign(samples, design.formula, { reference });
  const spec = [groups.factor, groups.numerator, groups.denominator] as const;
  const { coefficient } = resolveContrast(coded, spec);
  // Weights that the level names alone don't give, such as of means of levels, are not this comparison.
  const same = resolveContrast(design, spec).weights.every((w, j) => w === weights[j]);
  if (coefficient < 0 || !same) return null;
  return { matrix: coded.matrix, coefficient, intercept: coded.termOf.indexOf(-1) };
}

/** The design with the contrast itself in the place of the coefficient that has most weight in it. */
function inPlaceOf(design: Design, weights: Float64Array): Coding {
  const { matrix, nSamples, nCoefficients: p } = design;
  let k = 0;
  for (let j = 1; j < p; ++j) if (Math.abs(weights[j]) > Math.abs(weights[k])) k = j;
  // beta_k = (contrast - the others' share) / weight, put into X beta.
  const out = matrix.slice();
  for (let s = 0; s < nSamples; ++s) {
    const column = matrix[s * p + k] / weights[k];
    for (let j = 0; j < p; ++j) out[s * p + j] -= j === k ? 0 : weights[j] * column;
    out[s * p + k] = column;
  }
  return {
    matrix: out,
    coefficient: k,
    intercept: k === design.termOf.indexOf(-1) ? -1 : design.termOf.indexOf(-1),
  };
}
