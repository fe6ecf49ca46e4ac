import { workError } from "../../base/errors.ts";
import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance, Scale } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions } from "./fit.ts";

export interface VoomVariance {
  readonly trend: { readonly x: Float64Array; readonly y: Float64Array };
  readonly variance: SampleVariance;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

const span = 0.5;

/** voom's trend, and how samples weigh and hang together. */
export async function voomVariance(
  counts: Counts,
  design: Design,
  scale: Scale,
  _options: FitOptions,
  context: AnalysisContext,
): Promise<VoomVariance> {
  const none: SampleVariance = { weights: null, blocks: null };
  const trend = await trendOf(counts, design, scale, none, context);
  return { trend, variance: none, notes: [], warnings: [] };
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
