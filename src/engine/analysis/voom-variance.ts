import { workError } from "../../base/errors.ts";
import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance, Scale } from "../pool/index.ts";
import { consensusCorrelation } from "./consensus-correlation.ts";
import type { AnalysisContext } from "./context.ts";
import { estimateVoomSampleWeights } from "./estimate-sample-weights.ts";
import type { FitOptions } from "./fit.ts";
import { requireSpread } from "./require-spread.ts";
import { blockWarnings } from "./sample-variance.ts";

export interface VoomVariance {
  readonly trend: { readonly x: Float64Array; readonly y: Float64Array };
  /** What the trend and the weights were found with. */
  readonly first: SampleVariance;
  readonly variance: SampleVariance;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

const span = 0.5;

/**
 * voom's trend, how samples hang together, and how they weigh. Weights of samples are estimated after voom, and again after voom with
 * these (Liu 2015). With blocks all this and the correlation are found in turn, twice, as limma's guide has it: voom,
 * duplicateCorrelation, voom with that correlation, duplicateCorrelation again.
 */
export async function voomVariance(
  counts: Counts,
  design: Design,
  scale: Scale,
  { block, sampleWeights }: FitOptions,
  context: AnalysisContext,
): Promise<VoomVariance> {
  const { pool, signal, onProgress } = context;
  const notes: string[] = [];
  if (sampleWeights)
    notes.push(sampleWeights === "estimated" ? "sample weights" : "given sample weights");
  const found = await withBlocks(null);
  if (!block)
    return {
      ...found,
      variance: { weights: found.weights, blocks: null },
      notes,
      warnings: [],
    };
  const { codes, column } = block;
  const again = await withBlocks({ codes, correlation: await correlationOf(found) });
  const correlation = await correlationOf(again);
  return {
    ...again,
    variance: { weights: again.weights, blocks: { codes, correlation } },
    notes: [...notes, `blocks of ${column} (correlation ${correlation.toFixed(3)})`],
    warnings: blockWarnings(correlation, column),
  };

  async function withBlocks(blocks: SampleVariance["blocks"]): Promise<Found> {
    const given = sampleWeights === "estimated" ? null : sampleWeights;
    let first: SampleVariance = { weights: given, blocks };
    let trend = await trendOf(counts, design, scale, first, context);
    if (sampleWeights !== "estimated") return { trend, first, weights: given };
    const estimate = () => estimateVoomSampleWeights(counts, design, scale, trend, first, context);
    first = { weights: await estimate(), blocks };
    trend = await trendOf(counts, design, scale, first, context);
    return { trend, first, weights: await estimate() };
  }

  async function correlationOf({ trend, first, weights }: Found): Promise<number> {
    const { correlation } = await pool.run(
      "blockCorrelation",
      counts,
      {
        design: design.matrix,
        nCoefficients: design.nCoefficients,
        codes: block!.codes,
        scale,
        voom: { trend, variance: first },
        sampleWeights: weights,
      },
      { signal, onProgress, label: `correlation within ${block!.column}` },
    );
    return consensusCorrelation(correlation);
  }
}

/** voom's trend with what it was found with, and the weights of samples. */
type Found = Pick<VoomVariance, "trend" | "first"> & { readonly weights: Float64Array | null };

async function trendOf(
  counts: Counts,
  { matrix, nCoefficients }: Design,
  scale: Scale,
  variance: SampleVariance,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<VoomVariance["trend"]> {
  const { sigma, mean } = await pool.run(
    "linearFit",
    counts,
    { design: matrix, nCoefficients, variance, scale },
    { signal, onProgress, label: "voom's trend of the variance" },
  );
  requireSpread(sigma, mean);
  const { nGenes, nSamples, values } = counts;
  const shift = scale.divisors.reduce((sum, d) => sum + Math.log2(d), 0) / nSamples;
  const means: number[] = [];
  const roots: number[] = [];
  for (let g = 0; g < nGenes; ++g) {
    let expressed = false;
    for (let i = g * nSamples; i < (g + 1) * nSamples && !expressed; ++i) expressed = values[i] > 0;
    if (!expressed) continue;
    means.push(mean[g] + shift);
    roots.push(Math.sqrt(sigma[g]));
  }
  if (means.length < 2)
    throw workError(`voom needs two expressed genes at least: ${means.length}`, {
      help: "Its weights are a trend over genes.",
    });
  return pool.call(
    "voomTrend",
    { means: Float64Array.from(means), roots: Float64Array.from(roots), span },
    { signal },
  );
}
