import { join } from "node:path";
import { makeExperiment } from "../../src/engine/experiment/make-experiment.ts";
import type { Experiment } from "../../src/engine/experiment/types.ts";
import { factor, makeTable, utf8 } from "../../src/tables/index.ts";
import { integerColumn, number, numberColumn, textColumn } from "../support/columns.ts";
import { checkWithR } from "../support/from-r.ts";
import { readTsv, writeCsv } from "../support/text-table.ts";

/** What is made of the Marioni data: the experiment, and the same as a reader would have it, two CSV texts. */
export interface Marioni {
  readonly experiment: Experiment;
  readonly countsCsv: string;
  readonly samplesCsv: string;
}

/** The Marioni experiment from what make.R wrote into `folder`. */
export function marioni(folder: string): Marioni {
  const genes = readTsv(join(folder, "genes.tsv"));
  const samples = readTsv(join(folder, "samples.tsv"));
  const table = readTsv(join(folder, "values.tsv"));
  const ids = samples.column("sample_id");
  const nGenes = genes.rows;
  const nSamples = samples.rows;
  const values = new Int32Array(nGenes * nSamples);
  ids.forEach((id, s) => {
    table.column(id).forEach((value, g) => (values[g * nSamples + s] = number(value)));
  });
  const facts = checkWithR(folder, nGenes, nSamples, values);
  const shortest = (name: string) =>
    genes.column(name).map((v) => (v === "" ? "" : String(number(v))));
  return {
    countsCsv: writeCsv([
      ...["gene_id", "symbol", "biotype"].map((name) => [name, genes.column(name)] as const),
      ...["length", "gc", "chromosome", "start", "end"].map(
        (name) => [name, shortest(name)] as const,
      ),
      ...ids.map((id) => [id, table.column(id)] as const),
    ]),
    samplesCsv: writeCsv(samples.names.map((name) => [name, samples.column(name)])),
    experiment: makeExperiment({
      title: "Kidney and liver of one donor, ten sequencing lanes",
      organism: "Homo sapiens",
      kind: "counts",
      counts: { nGenes, nSamples, values },
      genes: makeTable({
        gene_id: utf8(genes.column("gene_id")),
        symbol: textColumn(genes, "symbol"),
        biotype: textColumn(genes, "biotype"),
        length: numberColumn(genes, "length"),
        gc: numberColumn(genes, "gc"),
        chromosome: textColumn(genes, "chromosome"),
        start: integerColumn(genes, "start"),
        end: integerColumn(genes, "end"),
      }),
      samples: makeTable({
        sample_id: utf8(ids),
        tissue: factor(samples.column("tissue"), ["Kidney", "Liver"]),
        donor: factor(samples.column("donor")),
        run: numberColumn(samples, "run"),
        lane: numberColumn(samples, "lane"),
      }),
      metadata: {
        source: `Marioni et al. 2008, Genome Research 18:1509-1517, doi:10.1101/gr.079558.108, from the R package ${facts.get("package")}`,
        licence: "Artistic-2.0",
        note: "The lanes are technical replicates of two RNA samples from one donor.",
      },
    }),
  };
}
