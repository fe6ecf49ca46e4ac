import type { Experiment } from "../experiment/types.ts";
import type { Scale } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";

/**
 * The `n` genes of largest variance over samples on a scale, largest first, the earlier of two alike; fewer where fewer
 * vary.
 */
export async function mostVariable(
  { counts }: Experiment,
  n: number,
  scale: Scale | null,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<Int32Array> {
  const { variance } = await pool.run(
    "groupSummary",
    counts,
    { groups: new Int32Array(counts.nSamples), nGroups: 1, scale },
    { signal, onProgress, label: "variance of genes" },
  );
  // Rounding leaves a trace of variance where all values are alike.
  const varies = Uint32Array.from(variance.keys()).filter((g) => variance[g] > 1e-24);
  varies.sort((a, b) => variance[b] - variance[a] || a - b);
  return Int32Array.from(varies.subarray(0, n));
}
