import type { Experiment } from "../experiment/types.ts";

/** True for an experiment: recognised by shape. */
export function isExperiment(value: unknown): value is Experiment {
  const experiment = value as Partial<Experiment> | null;
  return (
    typeof experiment === "object" &&
    experiment !== null &&
    typeof experiment.kind === "string" &&
    typeof experiment.counts?.nGenes === "number"
  );
}
