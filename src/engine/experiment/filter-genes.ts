import { argumentError } from "../../base/errors.ts";
import { takeRows } from "../../tables/index.ts";
import { selectedRows } from "./select-rows.ts";
import type { Experiment, Selection } from "./types.ts";

/**
 * The experiment with the chosen genes only, in the chosen order; samples stay. Library sizes afterwards are those of
 * the genes kept. A selection of no gene is an error.
 */
export function filterGenes(experiment: Experiment, selection: Selection): Experiment {
  const rows = selectedRows(experiment.genes, selection);
  const { nGenes, nSamples, values } = experiment.counts;
  const n = rows.length;
  if (n === 0) throw argumentError(`no gene is left: 0 of ${nGenes} chosen`);
  const kept =
    values instanceof Int32Array ? new Int32Array(n * nSamples) : new Float64Array(n * nSamples);
  for (let i = 0; i < n; ++i) {
    const from = rows[i] * nSamples;
    kept.set(values.subarray(from, from + nSamples), i * nSamples);
  }
  return {
    ...experiment,
    counts: { nGenes: n, nSamples, values: kept },
    genes: takeRows(experiment.genes, rows),
  };
}
