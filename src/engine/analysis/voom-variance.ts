import { workError } from "../../base/errors.ts";
import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance, Scale } from "../pool/index.ts";
import { consensusCorrelation } from "./consensus-correlation.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions } from "./fit.ts";
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
 * voom's trend, and how samples hang together. With blocks trend and correlation are found in turn, twice, as limma's guide has
 * it: voom, duplicateCorrelation, voom with that correlation, duplicateCorrelation again.
 */
export async function voomVariance(
  counts: Counts,
  design: Design,
  scale: Scale,
  { block }: FitOptions,
  context: AnalysisContext,
): Promise<VoomVariance> {
  let variance: SampleVariance = { weights: null, blocks: null };
  let trend = await trendOf(counts, design, scale, variance, context);
  if (!block) return { trend, first: variance, variance, notes: [], warnings: [] };
  const { pool, signal, onProgress } = context;
  const { codes, column } = block;
  let correlation = 0;
  for (let round = 0; round < 2; ++round) {
    if (round > 0) trend = await trendOf(counts, design, scale, variance, context);
    const { correlation: each } = await pool.run(
      "blockCorrelation",
      counts,
      {
        design: design.matrix,
        nCoefficients: design.nCoefficients,
        codes,
        scale,
        voom: { trend, variance },
      },
      { signal, onProgress, label: `correlation within ${column}` },
    );
    correlation = consensusCorrelation(each);
    if (round === 0) variance = { weights: null, blocks: { codes, correlation } };
  }
  return {
    trend,
    first: variance,
    variance: { weights: null, blocks: { codes, correlation } },
    notes: [`blocks of ${column} (correlation ${correlation.toFixed(3)})`],
    warnings: blockWarnings(correlation, column),
  };
}

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
