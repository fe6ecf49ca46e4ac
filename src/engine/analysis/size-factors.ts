import { checkOneOf, checkOptions } from "../../base/check.ts";
import { workError } from "../../base/errors.ts";
import { float64, makeTable, strings, utf8, type Table } from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";
import { columnsOf, overSamples, type ColumnsOf } from "./over-samples.ts";
import { requireCounts } from "./require-kind.ts";
import { sampleColumns } from "./sample-columns.ts";

export const sizeFactorMethods = ["ratio", "poscounts", "tmm", "upperquartile"] as const;
export type SizeFactorMethod = (typeof sizeFactorMethods)[number];

export interface SizeFactorsOptions {
  readonly method?: SizeFactorMethod;
}

/**
 * What each sample's counts are divided by to be compared: `sample_id size_factor norm_factor library_size`. "ratio" and
 * "poscounts" are DESeq2's medians of ratios (Anders & Huber 2010; estimateSizeFactors of a DESeqDataSet), "tmm" and "upperquartile" edgeR's normalisation
 * factors (Robinson & Oshlack 2010; Bullard 2010). size_factor is norm_factor x library_size over the latter's geometric
 * mean for these two; norm_factor multiplies to 1 over samples for every method, and library_size is the sum of counts.
 */
export async function sizeFactors(
  experiment: Experiment,
  options: SizeFactorsOptions | undefined,
  context: AnalysisContext,
): Promise<Table> {
  const given = checkOptions("sizeFactors", options, ["method"]);
  const method = checkOneOf("sizeFactors", "method", given.method, sizeFactorMethods, "ratio");
  requireCounts("sizeFactors", experiment, "Abundances and log values are normalised already.");
  const sizes = positiveLibrarySizes("sizeFactors", experiment);
  const raw =
    method === "tmm"
      ? await tmm(experiment, sizes, context)
      : method === "upperquartile"
        ? await upperQuartile(experiment, sizes, context)
        : await medianOfRatios(experiment, method, context);
  const overall = geometricMean(sizes);
  const isRatio = method === "ratio" || method === "poscounts";
  const norm = toProductOne(isRatio ? raw.map((f, s) => f / sizes[s]) : raw);
  const size = isRatio ? raw : norm.map((f, s) => (f * sizes[s]) / overall);
  return makeTable(
    {
      sample_id: utf8(strings(experiment.samples, "sample_id")),
      size_factor: float64(size),
      norm_factor: float64(norm),
      library_size: float64(sizes),
    },
    { method },
  );
}

async function medianOfRatios(
  experiment: Experiment,
  method: "ratio" | "poscounts",
  context: AnalysisContext,
): Promise<Float64Array> {
  const { pool, signal } = context;
  const zeros = method === "ratio" ? "drop" : "skip";
  const { logMean } = await pool.run("geneLogMeans", experiment.counts, { zeros }, { signal });
  if (!logMean.some((value) => value > -Infinity))
    throw workError("no size factors: every gene has a zero in some sample", {
      help: 'Use the method "poscounts"; in differentialExpression that is {sfType: "poscounts"}.',
    });
  const ratios = await overSamples(experiment.counts, "size factors", context, async (columns) => {
    const args = { columns, logMeans: logMean };
    return (await pool.call("medianRatios", args, { signal })).ratios;
  });
  requireFinite(ratios, experiment, "it shares no expressed gene with the others");
  return method === "ratio" ? ratios : toProductOne(ratios);
}

async function upperQuartile(
  experiment: Experiment,
  sizes: Float64Array,
  context: AnalysisContext,
): Promise<Float64Array> {
  const quartiles = await quartilesOf(experiment, sizes, expressed(experiment), context);
  requireFinite(quartiles, experiment, "three quarters of its genes have no counts");
  return quartiles;
}

async function tmm(
  experiment: Experiment,
  sizes: Float64Array,
  context: AnalysisContext,
): Promise<Float64Array> {
  const { counts } = experiment;
  const { pool, signal } = context;
  const turned = columnsOf(counts);
  const quartiles = await quartilesOf(experiment, sizes, expressed(experiment), context, turned);
  const chosen = referenceOf(experiment, quartiles);
  const reference = sampleColumns(counts, chosen, chosen + 1);
  const work = async (columns: Int32Array | Float64Array, from: number, to: number) => {
    const { factors } = await pool.call(
      "trimmedMeanOfMValues",
      {
        columns,
        librarySizes: sizes.slice(from, to),
        reference,
        referenceSize: sizes[chosen],
        trimRatios: 0.3,
        trimAbundances: 0.05,
      },
      { signal },
    );
    return factors;
  };
  return overSamples(counts, "trimmed means of log ratios", context, work, turned);
}

/** The sample whose upper quartile is nearest their mean; where most have none, that of the largest sum of square roots. */
function referenceOf({ counts }: Experiment, quartiles: Float64Array): number {
  const { nGenes, nSamples, values } = counts;
  const sorted = quartiles.toSorted();
  const middle = (sorted[(nSamples - 1) >> 1] + sorted[nSamples >> 1]) / 2;
  const off = new Float64Array(nSamples);
  if (middle < 1e-20) {
    for (let g = 0, i = 0; g < nGenes; ++g)
      for (let s = 0; s < nSamples; ++s) off[s] -= Math.sqrt(values[i++]);
  } else {
    const mean = quartiles.reduce((a, b) => a + b, 0) / nSamples;
    quartiles.forEach((q, s) => (off[s] = Math.abs(q - mean)));
  }
  return off.reduce((best, value, s) => (value < off[best] ? s : best), 0);
}

function quartilesOf(
  { counts }: Experiment,
  sizes: Float64Array,
  keep: Uint8Array,
  context: AnalysisContext,
  turned: ColumnsOf = columnsOf(counts),
): Promise<Float64Array> {
  const { pool, signal } = context;
  const work = async (columns: Int32Array | Float64Array, from: number, to: number) => {
    const librarySizes = sizes.slice(from, to);
    const args = { columns, nGenes: counts.nGenes, librarySizes, keep };
    return (await pool.call("upperQuartiles", args, { signal })).quartiles;
  };
  return overSamples(counts, "upper quartiles", context, work, turned);
}

/** 1 for genes with a count in any sample. */
function expressed({ counts }: Experiment): Uint8Array {
  const { nGenes, nSamples, values } = counts;
  const keep = new Uint8Array(nGenes);
  for (let g = 0; g < nGenes; ++g)
    for (let i = g * nSamples; i < (g + 1) * nSamples && !keep[g]; ++i)
      if (values[i] > 0) keep[g] = 1;
  return keep;
}

function requireFinite(factors: Float64Array, experiment: Experiment, why: string): void {
  const bad = factors.findIndex((f) => !(f > 0 && f < Infinity));
  if (bad < 0) return;
  throw workError(
    `no size factor for sample ${strings(experiment.samples, "sample_id")[bad]}: ${why}`,
    { help: "Leave it out with filterSamples, or try another method." },
  );
}

function geometricMean(values: Float64Array): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

function toProductOne(factors: Float64Array): Float64Array {
  const mean = geometricMean(factors);
  return factors.map((f) => f / mean);
}
