import { argumentError } from "../../base/errors.ts";
import type { Contrast } from "../design/index.ts";
import type { AnalysisContext } from "./context.ts";
import type { EdgerFit } from "./fit-edger.ts";
import type { MethodResult, ResultOptions } from "./fit.ts";

/**
 * Tests one contrast of a quasi-likelihood fit: edgeR's glmQLFTest, or with a threshold glmTreat (McCarthy & Smyth 2009). There is no standard
 * error. Other alternatives than "greaterAbs" are an error.
 */
export async function edgerResults(
  fit: EdgerFit,
  { weights }: Contrast,
  { lfcThreshold, altHypothesis }: ResultOptions,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<MethodResult> {
  if (altHypothesis !== "greaterAbs")
    throw argumentError(`results: edger has no altHypothesis: ${altHypothesis}`, {
      help: 'Its F-test has no side; only "greaterAbs" is there. Use limma-voom or deseq2 for the others.',
    });
  const { counts, design, libraries, dispersions, posterior, df, deviance } = fit;
  const { nGenes } = counts;
  const p = design.nCoefficients;
  const estimatesOf = (coefficients: Float64Array) => {
    const out = new Float64Array(nGenes);
    for (let g = 0; g < nGenes; ++g)
      for (let j = 0; j < p; ++j)
        if (weights[j] !== 0) out[g] += (weights[j] * coefficients[g * p + j]) / Math.LN2;
    return out;
  };
  const log2FoldChange = estimatesOf(fit.coefficients);
  const threshold = lfcThreshold * Math.LN2;
  const below = Uint8Array.from(posterior, (s2, g) =>
    threshold === 0 && s2 * (1 + dispersions[g] * fit.least[g]) < 1 ? 1 : 0,
  );
  const { deviance: nulls, poissonRatio } = await pool.run(
    "quasiNull",
    counts,
    {
      design: design.matrix,
      nCoefficients: p,
      libraries,
      dispersions,
      contrast: weights,
      shifts: threshold > 0 ? Float64Array.of(-threshold, threshold) : Float64Array.of(0),
      poisson: below,
    },
    { signal, onProgress, label: "testing" },
  );
  const tested =
    threshold > 0
      ? await pool.call(
          "quasiTreat",
          {
            nulls,
            deviance,
            posterior,
            df,
            estimates: estimatesOf(fit.plain),
            threshold: lfcThreshold,
          },
          { signal },
        )
      : await fTested();
  async function fTested() {
    const ratios = nulls.map((null_, g) => null_ - deviance[g]);
    const args = { ratios, posterior, df, poissonRatios: poissonRatio };
    const { stat, logP } = await pool.run("quasiFTest", counts, args, { signal });
    return { stat, ...(await pool.call("pValues", { logP }, { signal })) };
  }

  return {
    baseMean: fit.baseMean,
    log2FoldChange,
    lfcSE: null,
    ...tested,
    reason: new Uint8Array(nGenes),
    test:
      threshold > 0
        ? "quasi-likelihood test relative to a threshold (glmTreat)"
        : "quasi-likelihood F-test",
    filterThreshold: null,
    notes: {},
  };
}
