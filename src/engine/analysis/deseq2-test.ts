import type { Contrast, Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import type { Deseq2Model } from "./deseq2-model.ts";
import type { MethodResult, ResultOptions } from "./fit.ts";

/** Tests a contrast of a fitted DESeq2 model: Wald against a threshold, or the likelihood ratio test it was fitted with. */
export async function deseq2Test(
  { experiment, design, options, fit }: Deseq2Model,
  contrast: Contrast,
  chosen: ResultOptions,
  { pool, signal }: AnalysisContext,
): Promise<MethodResult> {
  const { reduced, test } = options;
  const lrtDegrees = test === "lrt" && reduced ? design.nCoefficients - reduced.nCoefficients : 0;
  const { cooksCutoff } = chosen;
  const tested = await pool.call(
    "deseq2Results",
    {
      baseMean: fit.baseMean,
      beta: fit.beta,
      covariance: fit.covariance,
      likelihoodRatio: fit.likelihoodRatio,
      maxCooks: fit.maxCooks,
      nAbove: fit.nAbove,
      refitted: fit.refitted,
      nSamples: design.nSamples,
      weights: contrast.weights,
      emptyContrast: emptyContrast(experiment.counts, design, contrast),
      lrtDegrees,
      lfcThreshold: chosen.lfcThreshold,
      alternative: chosen.altHypothesis,
      cooksCutoff: cooksCutoff === false ? Infinity : cooksCutoff,
      twoGroups: isTwoGroups(design),
      alpha: chosen.alpha,
      independentFiltering: chosen.independentFiltering,
    },
    { signal },
  );
  const notes: Record<string, string> = {};
  const nReplaced = fit.refitted.reduce((n, one) => n + one, 0);
  if (nReplaced > 0)
    notes.replaced = `Outlying counts of ${nReplaced} ${nReplaced === 1 ? "gene" : "genes"} were replaced and the genes fitted again.`;
  if (lrtDegrees > 0)
    notes.log2FoldChange =
      "log2FoldChange is one coefficient or contrast and not what was tested: the test compares the whole designs.";
  return {
    baseMean: fit.baseMean,
    ...tested,
    test:
      lrtDegrees > 0
        ? `likelihood ratio test of ${design.formula} against ${reduced!.formula}`
        : waldWords(chosen),
    notes,
  };
}

function waldWords({ lfcThreshold: t, altHypothesis }: ResultOptions): string {
  if (altHypothesis === "greaterAbs")
    return t === 0 ? "Wald test" : `Wald test of |log2FoldChange| above ${t}`;
  if (altHypothesis === "lessAbs") return `Wald test of |log2FoldChange| below ${t}`;
  return altHypothesis === "greater"
    ? `Wald test of log2FoldChange above ${t}`
    : `Wald test of log2FoldChange below ${-t}`;
}

/** One factor of two levels and nothing else. */
function isTwoGroups({ variables }: Design): boolean {
  const [only] = variables;
  return variables.length === 1 && only.kind === "factor" && only.levels.length === 2;
}

/** 1 for genes without a count in any sample that the contrast compares. */
function emptyContrast(counts: Counts, design: Design, contrast: Contrast): Uint8Array {
  const { nGenes, nSamples, values } = counts;
  const empty = new Uint8Array(nGenes);
  const samples = comparedSamples(design, contrast);
  if (samples === null) return empty;
  for (let g = 0; g < nGenes; ++g) {
    let any = false;
    for (const s of samples) if (values[g * nSamples + s] > 0) any = true;
    if (!any) empty[g] = 1;
  }
  return empty;
}

/** Samples in either group of a comparison, or with a part in a combination of coefficients of both signs; null for none such. */
function comparedSamples(
  { matrix, nSamples, nCoefficients }: Design,
  { groups, weights, coefficient }: Contrast,
): readonly number[] | null {
  if (groups) return [...groups.numeratorSamples, ...groups.denominatorSamples];
  if (coefficient >= 0 || weights.every((w) => w >= 0) || weights.every((w) => w <= 0)) return null;
  return Array.from({ length: nSamples }, (_, s) => s).filter((s) => {
    let sum = 0;
    for (let j = 0; j < nCoefficients; ++j)
      if (weights[j] !== 0) sum += matrix[s * nCoefficients + j];
    return sum !== 0;
  });
}
