import { workError } from "../../base/errors.ts";
import { bool, float64, makeTable, numbers, type Table } from "../../tables/index.ts";
import type { Contrast, Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { KernelResult } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";
import { deseq2Methods } from "./deseq2-methods.ts";
import { deseq2Test } from "./deseq2-test.ts";
import { deseq2Shrinkage } from "./deseq2-shrinkage.ts";
import type { FitOptions, MethodFit, ResultOptions } from "./fit.ts";
import { geneNames } from "./gene-names.ts";
import { requireCounts } from "./require-kind.ts";
import { sizeFactors } from "./size-factors.ts";

/** A fitted DESeq2 model: what tests and shrinkage work from. */
export interface Deseq2Model {
  readonly experiment: Experiment;
  readonly design: Design;
  readonly options: FitOptions;
  readonly sizeFactors: Float64Array;
  readonly trend: KernelResult<"deseq2Trend">;
  readonly fit: KernelResult<"deseq2Fit">;
}

/**
 * Fits the negative binomial model of DESeq2 to every gene: size factors, gene-wise, trended and posterior dispersions, coefficients, Cook's
 * distances with replacement of outliers in groups of 7 or more, and the null model of a likelihood ratio test. Love,
 * Huber & Anders 2014, Genome Biology 15:550; agrees with DESeq2 1.38.
 */
export async function fitDeseq2(
  experiment: Experiment,
  design: Design,
  options: FitOptions,
  context: AnalysisContext,
): Promise<MethodFit> {
  const model = await fitModel(experiment, design, options, context);
  const { trend, fit } = model;
  const variant = `DESeq2 1.38, ${trend.trend.type} dispersion trend`;
  return {
    variant,
    dispersions: dispersionTable(model),
    warnings: warningsOf(model),
    methods: deseq2Methods(model),
    async results(contrast: Contrast, chosen: ResultOptions, call: AnalysisContext) {
      const tested = await deseq2Test(model, contrast, chosen, call);
      if (!chosen.shrink) return tested;
      return deseq2Shrinkage(model, contrast, chosen.shrink, tested, call);
    },
  };

  function dispersionTable({ experiment: { genes, counts } }: Deseq2Model): Table {
    const rows = Int32Array.from({ length: counts.nGenes }, (_, g) => g);
    const outlier = Array.from(fit.outlier, (o, g) => (fit.map[g] > 0 ? o === 1 : null));
    return makeTable(
      {
        gene_id: geneNames(genes, rows).gene_id,
        baseMean: float64(fit.baseMean),
        gene_wise: float64(fit.geneWise),
        trend: float64(fit.trend),
        map: float64(fit.map),
        outlier: bool(outlier),
      },
      { variant, trend: trend.trend.type },
    );
  }
}

async function fitModel(
  experiment: Experiment,
  design: Design,
  options: FitOptions,
  context: AnalysisContext,
): Promise<Deseq2Model> {
  const { pool, signal, onProgress } = context;
  const { counts } = experiment;
  requireCounts(
    "deseq2",
    experiment,
    'Use method "limma" for log values; abundances have lost what a count model needs.',
  );
  const degreesOfFreedom = design.nSamples - design.nCoefficients;
  if (degreesOfFreedom < 1)
    throw workError(
      `no replicates: ${design.nSamples} samples for ${design.nCoefficients} coefficients of ${design.formula}`,
      { help: "Dispersions are estimated from replicates: simplify the design or add samples." },
    );
  const matrix = matrixOf(design);
  const sizes = numbers(
    await sizeFactors(experiment, { method: options.sfType }, { pool, signal }),
    "size_factor",
  );
  const geneWise = await pool.run(
    "deseq2GeneWise",
    counts,
    { design: matrix, sizeFactors: sizes },
    { signal, onProgress, label: "dispersion of each gene" },
  );
  if (!geneWise.geneWise.some((d) => d > 1e-6))
    throw workError("no dispersion trend: no gene varies more than by counting alone", {
      help: "Counts without biological variation, such as of one library drawn twice, have no test here.",
    });
  const trend = await pool.call(
    "deseq2Trend",
    {
      baseMean: geneWise.baseMean,
      geneWise: geneWise.geneWise,
      fitType: options.fitType,
      degreesOfFreedom,
    },
    { signal },
  );
  if (trend.values.some((value, g) => geneWise.geneWise[g] > 0 && !(value > 0)))
    throw workError(`no ${trend.trend.type} dispersion trend: too few genes vary`, {
      help: 'Use fitType: "mean", or more genes.',
    });
  const fit = await pool.run(
    "deseq2Fit",
    counts,
    {
      design: matrix,
      reduced: options.test === "lrt" && options.reduced ? matrixOf(options.reduced) : null,
      sizeFactors: sizes,
      trend: trend.trend,
      priorVariance: trend.priorVariance,
      residualVariance: trend.residualVariance,
      geneWise: geneWise.geneWise,
      meanBeta: geneWise.meanBeta,
    },
    { signal, onProgress, label: "model of each gene" },
  );
  return { experiment, design, options, sizeFactors: sizes, trend, fit };
}

/** A design as the kernels take it. */
export function matrixOf({ matrix, nSamples, nCoefficients }: Design) {
  return { values: matrix, nSamples, nCoefficients };
}

function warningsOf({ trend, fit, options }: Deseq2Model): string[] {
  const warnings: string[] = [];
  if (trend.fallback && options.fitType === "parametric")
    warnings.push(
      `The parametric dispersion trend could not be fitted (${trend.fallback}): a local one was used.`,
    );
  const stuck = fit.converged.reduce(
    (n, converged, g) =>
      n + (converged === 0 && fit.dispersion[g] > 0 && fit.baseMean[g] > 0 ? 1 : 0),
    0,
  );
  if (stuck > 0)
    warnings.push(
      `The coefficients of ${stuck} ${stuck === 1 ? "gene" : "genes"} did not converge.`,
    );
  return warnings;
}
