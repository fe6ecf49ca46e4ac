import { argumentError } from "../../base/errors.ts";
import { takeRows } from "../../tables/index.ts";
import { selectedRows } from "./select-rows.ts";
import type { Experiment, Selection } from "./types.ts";

/**
 * The experiment with the chosen samples only, in the chosen order; genes stay, and factors keep all their levels.
 * A selection of no sample is an error.
 */
export function filterSamples(experiment: Experiment, selection: Selection): Experiment {
  const rows = selectedRows(experiment.samples, selection);
  const { nGenes, nSamples, values } = experiment.counts;
  const m = rows.length;
  if (m === 0) throw argumentError(`no sample is left: 0 of ${nSamples} chosen`);
  const kept =
    values instanceof Int32Array ? new Int32Array(nGenes * m) : new Float64Array(nGenes * m);
  for (let g = 0, from = 0, to = 0; g < nGenes; ++g, from += nSamples)
    for (let s = 0; s < m; ++s) kept[to++] = values[from + rows[s]];
  return {
    ...experiment,
    counts: { nGenes, nSamples: m, values: kept },
    samples: takeRows(experiment.samples, rows),
  };
}
