import { join } from "node:path";
import { makeExperiment } from "../../src/engine/experiment/make-experiment.ts";
import type { Experiment } from "../../src/engine/experiment/types.ts";
import { bool, factor, makeTable, utf8 } from "../../src/tables/index.ts";
import { number, numberColumn, textColumn } from "../support/columns.ts";
import { checkWithR } from "../support/from-r.ts";
import { readTsv } from "../support/text-table.ts";

/** The HSMM experiment from what make.R wrote into `folder`. */
export function hsmm(folder: string): Experiment {
  const genes = readTsv(join(folder, "genes.tsv"));
  const samples = readTsv(join(folder, "samples.tsv"));
  const entries = readTsv(join(folder, "values.tsv"));
  const nGenes = genes.rows;
  const nSamples = samples.rows;
  const values = new Float64Array(nGenes * nSamples);
  const gene = entries.column("gene");
  const sample = entries.column("sample");
  const value = entries.column("value");
  for (let i = 0; i < entries.rows; ++i)
    values[number(gene[i]) * nSamples + number(sample[i])] = number(value[i]);
  const facts = checkWithR(folder, nGenes, nSamples, values);
  return makeExperiment({
    title: "Differentiating human skeletal muscle myoblasts (HSMM), single cells",
    organism: "Homo sapiens",
    kind: "abundance",
    counts: { nGenes, nSamples, values },
    genes: makeTable({
      gene_id: utf8(genes.column("gene_id")),
      symbol: textColumn(genes, "symbol"),
      biotype: textColumn(genes, "biotype"),
      use_for_ordering: bool(genes.column("use_for_ordering").map((v) => v === "true")),
    }),
    samples: makeTable({
      sample_id: utf8(samples.column("sample_id")),
      hour: numberColumn(samples, "hour"),
      time: factor(
        samples.column("hour").map((hour) => `${hour} h`),
        ["0 h", "24 h", "48 h", "72 h"],
      ),
      media: factor(samples.column("media"), ["GM", "DM"]),
      chip: factor(samples.column("library").map((library) => library.split("_")[0])),
      well: textColumn(samples, "well"),
      mapped_fragments: numberColumn(samples, "mapped_fragments"),
      pseudotime: numberColumn(samples, "pseudotime"),
      state: factor(samples.column("state"), ["1", "2", "3"]),
    }),
    metadata: {
      source: `Trapnell et al. 2014, Nature Biotechnology 32:381-386, doi:10.1038/nbt.2859 (GEO GSE52529), from the R package ${facts.get("package")}`,
      licence: "Artistic-2.0",
      unit: "FPKM",
    },
  });
}
