import { argumentError } from "../../base/errors.ts";
import type { Experiment } from "../experiment/types.ts";

const words = { counts: "raw counts", abundance: "abundances", log: "log values" };

/** Refuses an experiment that does not hold raw counts; `why` says in a sentence what would go wrong. */
export function requireCounts(where: string, experiment: Experiment, why: string): void {
  if (experiment.kind === "counts") return;
  throw argumentError(
    `${where} needs raw counts: this experiment holds ${words[experiment.kind]}`,
    {
      help: why,
    },
  );
}
