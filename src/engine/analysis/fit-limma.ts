import type { Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions, MethodFit } from "./fit.ts";
import { blockWords, limmaCitations } from "./limma-words.ts";
import { moderatedResults, type ModeratedFit } from "./moderated-results.ts";
import { requireSpread } from "./require-spread.ts";
import { sampleVariance } from "./sample-variance.ts";
import { engrailedVersion } from "./versions.ts";

/**
 * Linear models of log values with moderated variances: limma's lmFit and eBayes (Smyth 2004; Ritchie 2015), with a trend of the
 * prior variance, robust, with weights of samples and correlated blocks as asked. `results` with a threshold is treat.
 */
export async function fitLimma(
  experiment: Experiment,
  design: Design,
  options: FitOptions,
  context: AnalysisContext,
): Promise<MethodFit> {
  const { pool, signal, onProgress } = context;
  const { counts } = experiment;
  const { matrix, nSamples, nCoefficients } = design;
  const { variance, notes, warnings } = await sampleVariance(counts, design, options, context);
  const args = { design: matrix, nCoefficients, variance };
  const { coefficients, sigma, mean } = await pool.run(
    "linearFit",
    counts,
    { ...args, scale: null },
    { signal, onProgress, label: "fitting linear models" },
  );
  requireSpread(sigma, mean);
  const residualDf = nSamples - nCoefficients;
  const [{ covariance }, { posterior, priorDf }] = await Promise.all([
    pool.call("unscaledCovariance", { ...args, nSamples }, { signal }),
    pool.call(
      "moderateVariances",
      {
        variances: sigma.map((s) => s * s),
        df: Float64Array.of(residualDf),
        covariate: options.trend ? mean : null,
        robust: options.robust,
      },
      { signal },
    ),
  ]);
  const fit: ModeratedFit = {
    counts,
    nCoefficients,
    coefficients,
    unscaled: null,
    covariance,
    posterior,
    residualDf,
    priorDf,
    baseMean: mean,
  };
  const extras = [options.trend ? "trend" : "", options.robust ? "robust" : "", ...notes].filter(
    (word) => word !== "",
  );
  return {
    variant: ["limma 3.54", ...extras].join(", "),
    dispersions: null,
    sampleWeights: variance.weights,
    warnings,
    methods: [
      `Log values of ${counts.nGenes} genes in ${nSamples} samples were fitted with linear models of the design ${design.formula}, and variances were moderated by empirical Bayes${options.trend ? " towards a trend of the mean" : ""}${options.robust ? ", robustly against outlying genes" : ""}, as limma 3.54 does, in Engrailed ${engrailedVersion}.`,
      ...blockWords(options, variance),
      "P-values are of moderated t-tests (relative to the threshold, where one is given) and were adjusted by Benjamini and Hochberg.",
      limmaCitations(options, false),
    ].join(" "),
    results: (contrast, asked, later) => moderatedResults(fit, contrast, asked, later),
  };
}
