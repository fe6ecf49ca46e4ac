import type { Experiment } from "../experiment/types.ts";
import type { Scale } from "../pool/index.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";
import { logcpmScale, logPlusOneScale } from "./scales.ts";

/** The log scale on which samples of this kind are compared, null for values as they are; and its name in words. */
export function logScaleOf(
  where: string,
  experiment: Experiment,
): { scale: Scale | null; note: string } {
  if (experiment.kind === "counts")
    return {
      scale: logcpmScale(positiveLibrarySizes(where, experiment)),
      note: "log2 counts per million (prior count 2)",
    };
  if (experiment.kind === "abundance")
    return { scale: logPlusOneScale(experiment.counts.nSamples), note: "log2(abundance + 1)" };
  return { scale: null, note: "log values as they are" };
}
