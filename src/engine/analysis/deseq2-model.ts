import { workError } from "../../base/errors.ts";
import { numbers } from "../../tables/index.ts";
import type { Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { KernelResult } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions } from "./fit.ts";
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

/** Size factors, dispersions, coefficients and Cook's distances of every gene, in the pool. */
export async function fitDeseq2Model(
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
