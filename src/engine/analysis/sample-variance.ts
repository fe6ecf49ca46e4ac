import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance } from "../pool/index.ts";
import { consensusCorrelation } from "./consensus-correlation.ts";
import type { AnalysisContext } from "./context.ts";
import type { FitOptions } from "./fit.ts";

/** How samples of log values weigh and hang together, as the options ask. */
export async function sampleVariance(
  counts: Counts,
  { matrix, nCoefficients }: Design,
  { block }: FitOptions,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<{ variance: SampleVariance; notes: readonly string[]; warnings: readonly string[] }> {
  if (!block) return { variance: { weights: null, blocks: null }, notes: [], warnings: [] };
  const { codes, column } = block;
  const { correlation: each } = await pool.run(
    "blockCorrelation",
    counts,
    { design: matrix, nCoefficients, codes, scale: null, voom: null },
    { signal, onProgress, label: `correlation within ${column}` },
  );
  const correlation = consensusCorrelation(each);
  return {
    variance: { weights: null, blocks: { codes, correlation } },
    notes: [`blocks of ${column} (correlation ${correlation.toFixed(3)})`],
    warnings: blockWarnings(correlation, column),
  };
}

/** A correlation of 0 or less says that blocks are not what makes samples alike. */
export function blockWarnings(correlation: number, column: string): string[] {
  if (correlation > 0) return [];
  return [
    `Samples of the same ${column} are no more alike than others (correlation ${correlation.toFixed(3)}): check the column, or leave the block out.`,
  ];
}
