import { workError } from "../../base/errors.ts";
import { bool, float64, makeTable, numbers, type Table } from "../../tables/index.ts";
import type { Design } from "../design/index.ts";
import type { Counts, Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { edgerDispersions, type EdgerDispersions } from "./edger-dispersions.ts";
import { edgerResults } from "./edger-results.ts";
import type { FitOptions, MethodFit } from "./fit.ts";
import { geneNames } from "./gene-names.ts";
import { meanNormalised } from "./mean-normalised.ts";
import { sizeFactors } from "./size-factors.ts";
import { engrailedVersion } from "./versions.ts";

/** A quasi-likelihood fit: what tests work from. */
export interface EdgerFit {
  readonly counts: Counts;
  readonly design: Design;
  /** Library sizes times normalisation factors. */
  readonly libraries: Float64Array;
  /** Trended dispersion of each gene. */
  readonly dispersions: Float64Array;
  /** genes x coefficients, natural logarithms, of counts with a prior count. */
  readonly coefficients: Float64Array;
  /** The same of counts as they are. */
  readonly plain: Float64Array;
  readonly deviance: Float64Array;
  /** The smallest fitted mean of each gene. */
  readonly least: Float64Array;
  /** Moderated quasi-dispersions. */
  readonly posterior: Float64Array;
  /** Total degrees of freedom. */
  readonly df: Float64Array;
  readonly baseMean: Float64Array;
}

/**
 * The quasi-likelihood pipeline of edgeR 3.40: trended dispersions by weighted likelihood, quasi-dispersions moderated towards
 * a trend (robustly if asked), F tests that allow for zero counts fitted exactly. Lund 2012; McCarthy, Chen & Smyth
 * 2012; Chen, Lun & Smyth 2016; Lun & Smyth 2017.
 */
export async function fitEdger(
  experiment: Experiment,
  design: Design,
  options: FitOptions,
  context: AnalysisContext,
): Promise<MethodFit> {
  const { pool, signal, onProgress } = context;
  const { counts } = experiment;
  const { matrix, nCoefficients } = design;
  pool.hold(counts);
  const factors = await sizeFactors(experiment, { method: options.sfType }, context);
  const norm = numbers(factors, "norm_factor");
  const libraries = numbers(factors, "library_size").map((size, s) => size * norm[s]);
  const [baseMean, estimated] = await Promise.all([
    meanNormalised(counts, numbers(factors, "size_factor"), context),
    edgerDispersions(counts, design, libraries, context),
  ]);
  const { trend, logCpm } = estimated;
  const fitted = await pool.run(
    "quasiFit",
    counts,
    { design: matrix, nCoefficients, libraries, dispersions: trend, priorCount: 0.125 },
    { signal, onProgress, label: "quasi-likelihood fits" },
  );
  const variances = fitted.deviance.map((d, g) => (fitted.df[g] > 0 ? d / fitted.df[g] : 0));
  if (!fitted.df.some((df) => df > 0))
    throw workError(`edger has no residual degrees of freedom: ${design.formula}`, {
      help: "Every gene is fitted exactly; leave terms out of the design, or use more samples.",
    });
  const moderated = pool.call(
    "moderateVariances",
    { variances, df: fitted.df, covariate: logCpm, robust: options.robust },
    { signal },
  );
  const [{ posterior, priorDf }, tagwise] = await Promise.all([
    moderated,
    estimated.tagwise(variances, fitted.df, options.robust ? null : moderated),
  ]);
  const pooled = counts.nGenes * (design.nSamples - nCoefficients);
  const df = fitted.df.map((own, g) =>
    Math.min(own + (priorDf.length === 1 ? priorDf[0] : priorDf[g]), pooled),
  );
  const fit: EdgerFit = {
    counts,
    design,
    libraries,
    dispersions: trend,
    coefficients: fitted.coefficients,
    plain: fitted.plain,
    deviance: fitted.deviance,
    least: fitted.least,
    posterior,
    df,
    baseMean,
  };
  const variant = `edgeR 3.40 quasi-likelihood${options.robust ? ", robust" : ""}`;
  return {
    variant,
    dispersions: dispersionTable(experiment, baseMean, estimated, tagwise, variant),
    sampleWeights: null,
    warnings: [],
    methods: [
      `Counts of ${counts.nGenes} genes in ${design.nSamples} samples, normalised by ${factorWords[options.sfType]}, were fitted with negative binomial models of the design ${design.formula} at dispersions trended by abundance; quasi-dispersions were moderated by empirical Bayes${options.robust ? ", robustly against outlying genes" : ""}, and contrasts tested by quasi-likelihood F-tests (relative to the threshold, where one is given), as edgeR 3.40 does, in Engrailed ${engrailedVersion}.`,
      "P-values were adjusted by Benjamini and Hochberg.",
      "(Robinson and Oshlack 2010, Genome Biology 11:R25; McCarthy 2012, Nucleic Acids Research 40:4288; Lund 2012, SAGMB 11(5):8; Chen 2016, F1000Research 5:1438; Lun and Smyth 2017, SAGMB 16:83)",
    ].join(" "),
    results: (contrast, asked, later) => edgerResults(fit, contrast, asked, later),
  };
}

const factorWords = {
  tmm: "trimmed means of M values",
  upperquartile: "upper quartiles",
  ratio: "medians of ratios",
  poscounts: "medians of ratios of positive counts",
};

function dispersionTable(
  { genes }: Experiment,
  baseMean: Float64Array,
  { trend, geneWise, common }: EdgerDispersions,
  tagwise: Float64Array,
  variant: string,
): Table {
  const rows = Int32Array.from(baseMean, (_, g) => g);
  return makeTable(
    {
      gene_id: geneNames(genes, rows).gene_id,
      baseMean: float64(baseMean),
      gene_wise: float64(geneWise),
      trend: float64(trend),
      map: float64(tagwise),
      outlier: bool(Array.from(tagwise, (d) => (d === d ? false : null))),
    },
    { variant, common: String(common) },
  );
}
