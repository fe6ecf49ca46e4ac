import type { Design } from "../design/index.ts";
import type { Counts } from "../experiment/types.ts";
import type { SampleVariance } from "../pool/index.ts";
import { consensusCorrelation } from "./consensus-correlation.ts";
import type { AnalysisContext } from "./context.ts";
import { estimateSampleWeights } from "./estimate-sample-weights.ts";
import type { FitOptions } from "./fit.ts";

/** How samples of log values weigh and hang together, as the options ask. */
export async function sampleVariance(
  counts: Counts,
  design: Design,
  { block, sampleWeights }: FitOptions,
  context: AnalysisContext,
): Promise<{ variance: SampleVariance; notes: readonly string[]; warnings: readonly string[] }> {
  const { pool, signal, onProgress } = context;
  const notes: string[] = [];
  if (sampleWeights)
    notes.push(sampleWeights === "estimated" ? "sample weights" : "given sample weights");
  const weights =
    sampleWeights === "estimated"
      ? await estimateSampleWeights(counts, design, context)
      : sampleWeights;
  if (!block) return { variance: { weights, blocks: null }, notes, warnings: [] };
  const { codes, column } = block;
  const { matrix, nCoefficients } = design;
  const { correlation: each } = await pool.run(
    "blockCorrelation",
    counts,
    { design: matrix, nCoefficients, codes, scale: null, voom: null, sampleWeights: weights },
    { signal, onProgress, label: `correlation within ${column}` },
  );
  const correlation = consensusCorrelation(each);
  return {
    variance: { weights, blocks: { codes, correlation } },
    notes: [...notes, `blocks of ${column} (correlation ${correlation.toFixed(3)})`],
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
