import { workError } from "../../base/errors.ts";
import type { Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitType } from "./fit.ts";

export interface Stabilised {
  /** genes x samples, on a scale like log2. */
  readonly values: Float64Array;
  /** The trend that was used. */
  readonly trend: FitType;
  /** Why a parametric trend gave way, or "". */
  readonly fallback: string;
}

/**
 * Variance stabilised counts of all genes: gene-wise dispersions about `design`, or about one mean where it is null ("blind"), their trend, and
 * the transformation it asks for. Anders & Huber 2010; DESeq2's varianceStabilizingTransformation.
 */
export async function stabiliseVariance(
  { counts }: Experiment,
  sizeFactors: Float64Array,
  { design, fitType }: { design: Design | null; fitType: FitType },
  { pool, signal, onProgress }: AnalysisContext,
): Promise<Stabilised> {
  const { nSamples, values } = counts;
  const matrix = design
    ? { values: design.matrix, nSamples, nCoefficients: design.nCoefficients }
    : { values: new Float64Array(nSamples).fill(1), nSamples, nCoefficients: 1 };
  const degreesOfFreedom = nSamples - matrix.nCoefficients;
  if (degreesOfFreedom < 1)
    throw workError(
      `no variance to stabilise: ${nSamples} samples, ${matrix.nCoefficients} means`,
      {
        help: "It is estimated from replicates.",
      },
    );
  const { baseMean, geneWise } = await pool.run(
    "deseq2GeneWise",
    counts,
    { design: matrix, sizeFactors },
    { signal, onProgress, label: "dispersion of each gene" },
  );
  if (!geneWise.some((d) => d > 1e-6))
    throw workError("no dispersion trend: no gene varies more than by counting alone", {
      help: 'Use method "logcpm".',
    });
  const fit = await pool.call(
    "deseq2Trend",
    { baseMean, geneWise, fitType, degreesOfFreedom },
    { signal },
  );
  let largest = 0;
  for (let i = 0; i < values.length; ++i)
    largest = Math.max(largest, values[i] / sizeFactors[i % nSamples]);
  const { stabiliser } = await pool.call(
    "varianceStabiliser",
    { trend: fit.trend, sizeFactors, baseMean, largest },
    { signal },
  );
  const out = await pool.run(
    "stabilisedValues",
    counts,
    { sizeFactors, stabiliser },
    { signal, onProgress, label: "transforming counts" },
  );
  if (!out.values.every(Number.isFinite))
    throw workError(`no ${fit.trend.type} dispersion trend: too few genes vary`, {
      help: 'Use fitType: "mean", or more genes.',
    });
  return { values: out.values, trend: fit.trend.type, fallback: fit.fallback };
}
