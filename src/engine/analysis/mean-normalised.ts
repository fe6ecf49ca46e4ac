import type { Counts } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";

/** The mean of each gene's counts over the samples' size factors. */
export async function meanNormalised(
  counts: Counts,
  sizeFactors: Float64Array,
  { pool, signal }: AnalysisContext,
): Promise<Float64Array> {
  const { mean } = await pool.run(
    "groupSummary",
    counts,
    {
      groups: new Int32Array(counts.nSamples),
      nGroups: 1,
      scale: { divisors: sizeFactors, priors: null },
    },
    { signal },
  );
  return mean;
}
