import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions } from "./fit.ts";

/** How samples of log values weigh and hang together, as the options ask. */
export async function sampleVariance(
  _counts: Counts,
  _design: Design,
  _options: FitOptions,
  _context: AnalysisContext,
): Promise<{
  variance: SampleVariance;
  notes: readonly string[];
  warnings: readonly string[];
}> {
  return { variance: { weights: null, blocks: null }, notes: [], warnings: [] };
}
