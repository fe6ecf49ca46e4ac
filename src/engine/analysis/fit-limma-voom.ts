import { workError } from "../../base/errors.ts";
import { numbers } from "../../tables/index.ts";
import type { Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions, MethodFit } from "./fit.ts";
import { blockWords, limmaCitations } from "./limma-words.ts";
import { meanNormalised } from "./mean-normalised.ts";
import { moderatedResults, type ModeratedFit } from "./moderated-results.ts";
import { voomVariance } from "./voom-variance.ts";
import { sizeFactors } from "./size-factors.ts";
import { engrailedVersion } from "./versions.ts";

/**
 * Linear models of log counts per million with voom's weights (Law 2014), variances moderated by empirical Bayes: limma's voom,
 * lmFit and eBayes on library sizes times normalisation factors.
 */
export async function fitLimmaVoom(
  experiment: Experiment,
  design: Design,
  options: FitOptions,
  context: AnalysisContext,
): Promise<MethodFit> {
  const { pool, signal, onProgress } = context;
  const { counts } = experiment;
  const { matrix, nSamples, nCoefficients } = design;
  pool.hold(counts);
  const factors = await sizeFactors(experiment, { method: options.sfType }, context);
  const norm = numbers(factors, "norm_factor");
  const libraries = numbers(factors, "library_size").map((size, s) => size * norm[s]);
  const scale = {
    priors: new Float64Array(nSamples).fill(0.5),
    divisors: libraries.map((size) => (size + 1) / 1e6),
  };
  const baseMean = meanNormalised(counts, numbers(factors, "size_factor"), context);
  const plain = { design: matrix, nCoefficients, scale };
  const { trend, first, variance, notes, warnings } = await voomVariance(
    counts,
    design,
    scale,
    options,
    context,
  );
  const fitted = await pool.run(
    "voomFit",
    counts,
    { ...plain, trend, first, variance },
    { signal, onProgress, label: "fitting weighted linear models" },
  );
  const residualDf = nSamples - nCoefficients;
  const bare = { weights: null, blocks: variance.blocks };
  const [{ covariance }, { posterior, priorDf }] = await Promise.all([
    pool.call(
      "unscaledCovariance",
      { design: matrix, nSamples, nCoefficients, variance: bare },
      { signal },
    ),
    pool.call(
      "moderateVariances",
      {
        variances: fitted.sigma.map((s) => s * s),
        df: Float64Array.of(residualDf),
        covariate: null,
        robust: options.robust,
      },
      { signal },
    ),
  ]);
  if (!posterior.every((v) => v >= 0))
    throw workError(`voom found no variance: ${counts.nGenes} genes`, {
      help: "Nearly all counts are zero or alike; filter genes first, or use more samples.",
    });
  const fit: ModeratedFit = {
    counts,
    nCoefficients,
    coefficients: fitted.coefficients,
    unscaled: fitted.unscaled,
    covariance,
    posterior,
    residualDf,
    priorDf,
    baseMean: await baseMean,
  };
  const extras = [options.robust ? "robust" : "", ...notes].filter((word) => word !== "");
  return {
    variant: ["limma 3.54 voom", ...extras].join(", "),
    dispersions: null,
    sampleWeights: variance.weights,
    warnings,
    methods: [
      `Counts of ${counts.nGenes} genes in ${nSamples} samples were turned to log2 counts per million of ${libraryWords[options.sfType]}, weighted by voom (lowess span 0.5) and fitted with linear models of the design ${design.formula}; variances were moderated by empirical Bayes${options.robust ? ", robustly against outlying genes" : ""}, as limma 3.54 does, in Engrailed ${engrailedVersion}.`,
      ...blockWords(options, variance),
      "P-values are of moderated t-tests (relative to the threshold, where one is given) and were adjusted by Benjamini and Hochberg.",
      limmaCitations(options, true),
    ].join(" "),
    results: (contrast, asked, later) => moderatedResults(fit, contrast, asked, later),
  };
}

const libraryWords = {
  tmm: "library sizes normalised by trimmed means of M values",
  upperquartile: "library sizes normalised by upper quartiles",
  ratio: "library sizes normalised by medians of ratios",
  poscounts: "library sizes normalised by medians of ratios of positive counts",
};
