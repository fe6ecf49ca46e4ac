import { argumentError } from "../../base/errors.ts";
import { strings } from "../../tables/index.ts";
import type { Counts, Experiment } from "../experiment/types.ts";

const known = new WeakMap<Counts, Float64Array>();

/** The sum of each sample's values over all genes, found once for the same counts. */
export function librarySizes(counts: Counts): Float64Array {
  const { nGenes, nSamples, values } = counts;
  const before = known.get(counts);
  if (before) return before.slice();
  const sizes = new Float64Array(nSamples);
  for (let g = 0, i = 0; g < nGenes; ++g)
    for (let s = 0; s < nSamples; ++s) sizes[s] += values[i++];
  known.set(counts, sizes);
  return sizes.slice();
}

/** The library sizes of an experiment; a sample without any count is an error that names it. */
export function positiveLibrarySizes(where: string, experiment: Experiment): Float64Array {
  const sizes = librarySizes(experiment.counts);
  const empty = sizes.findIndex((size) => !(size > 0));
  if (empty < 0) return sizes;
  throw argumentError(
    `${where}: a sample has no counts: ${strings(experiment.samples, "sample_id")[empty]}`,
    { help: "Leave it out with filterSamples first." },
  );
}
