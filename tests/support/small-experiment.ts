import { makeExperiment } from "../../src/engine/experiment/make-experiment.ts";
import type { Experiment, ExperimentParts } from "../../src/engine/experiment/types.ts";
import { bool, factor, float64, makeTable, utf8 } from "../../src/tables/index.ts";

/** Parts of 4 genes x 3 samples with text, factor, number and boolean columns, one value missing in each. */
export function smallParts(change: Partial<ExperimentParts> = {}): ExperimentParts {
  return {
    title: "Small",
    organism: "Mus musculus",
    kind: "counts",
    counts: {
      nGenes: 4,
      nSamples: 3,
      values: Int32Array.from([0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32]),
    },
    genes: makeTable({
      gene_id: utf8(["g0", "g1", "g2", "g3"]),
      symbol: utf8(["Actb", "Gapdh", "Actb", null]),
      length: float64([100, 200, null, 400]),
    }),
    samples: makeTable({
      sample_id: utf8(["s0", "s1", "s2"]),
      genotype: factor(["WT", "SOD1", null], ["WT", "SOD1", "other"]),
      age: float64([56, null, 112.5]),
      male: bool([true, false, null]),
      note: utf8(["", null, "late"]),
    }),
    metadata: { licence: "CC0" },
    ...change,
  };
}

export function smallExperiment(change: Partial<ExperimentParts> = {}): Experiment {
  return makeExperiment(smallParts(change));
}
