import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { levelsOf, rows, strings } from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { hasOutsideData, outside, whySkipped } from "../../support/outside-data.ts";

const shape = ({ counts }: Experiment) => [counts.nGenes, counts.nSamples];
const line = (experiment: Experiment, code: string) =>
  experiment.report.find((entry) => entry.code === code);

describe.skipIf(!hasOutsideData)(`published files${whySkipped}`, () => {
  test("GSE60450: Entrez ids, Length beside the samples, long sample names", async () => {
    const made = await intake(
      {
        counts: outside("mammary-gse60450/GSE60450_Lactation-GenewiseCounts.txt"),
        samples: outside("mammary-gse60450/sample_sheet_true_design.tsv"),
      },
      { reference: { status: "virgin" } },
    );
    expect([shape(made), made.kind]).toEqual([[27179, 12], "counts"]);
    expect(rows(made.genes)[0]).toEqual({ gene_id: "497097", Length: 3634 });
    expect([...made.counts.values.subarray(0, 3)]).toEqual([438, 300, 65]);
    expect(levelsOf(made.samples, "status").levels).toEqual(["virgin", "lactating", "pregnant"]);
  });

  test("GSE93412: ids on several rows, by a one-to-many join", async () => {
    const files = {
      counts: outside("motor-neuron-trap-gse93412/GSE93412_gene_counts.csv"),
      samples: outside("motor-neuron-trap-gse93412/GSE93412_sample_sheet.tsv"),
    };
    const error = await failure(intake(files));
    expect(error.details.help).toMatch(
      /485 ids.*824 surplus rows.*All of them repeat the same counts/,
    );
    const made = await intake(files, { duplicates: "first" });
    expect(shape(made)).toEqual([40912, 12]);
    expect(rows(made.genes)[0]).toMatchObject({ gene_id: "ENSMUSG00000000001", symbol: "Gnai3" });
    expect(strings(made.samples, "group")[11]).toBe("SNAP25_input");
  });

  test("GSE76220: the same sample twice", async () => {
    const made = await intake({
      counts: outside("als-lcm-gse76220/GSE76220_counts_filtered.tsv"),
      samples: outside("als-lcm-gse76220/sample_sheet.tsv"),
    });
    expect(shape(made)).toEqual([11342, 21]);
    expect(line(made, "identical-samples")?.message).toMatch(/ravits_control3, ravits_control8/);
  });

  test("GSE124439: 5 million records, several samples of one donor", async () => {
    const made = await intake({
      counts: outside("als-cortex-gse124439/GSE124439_counts_genes_and_TE.tsv.gz"),
      samples: outside("als-cortex-gse124439/sample_metadata.tsv"),
    });
    expect([shape(made), made.kind]).toEqual([[28953, 176], "counts"]);
    expect(line(made, "repeated-donors")?.message).toMatch(/176 samples come from 95 donors/);
  });

  test("means and FPKM are no counts", async () => {
    const means = "motor-neuron-trap-gse93412/GSE54409_mean_replicate_count_matrix.txt";
    expect((await intake(outside(means))).kind).toBe("abundance");
    const error = await failure(intake(outside(means), { kind: "counts" }));
    expect(error.details).toMatchObject({ line: 2, column: 2 });
    const fpkm = await intake(
      outside("motor-neuron-trap-gse93412/GSE79561_RNAseq_FPKM_ES_to_MN.txt.gz"),
    );
    expect([shape(fpkm), fpkm.kind]).toEqual([[37450, 4], "abundance"]);
    expect(rows(fpkm.genes)[0]).toEqual({ gene_id: "ENSMUSG00000000001", symbol: "Gnai3" });
  });
});
