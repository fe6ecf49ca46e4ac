import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeExperiment } from "../../src/engine/experiment/make-experiment.ts";
import { toArrow } from "../../src/engine/experiment/to-arrow.ts";
import { factor, int32, makeTable, utf8, type Column } from "../../src/tables/index.ts";
import { writeCsv } from "../support/text-table.ts";
import { makeGene, populations, type Gene } from "./genes.ts";
import { humanCells, humanCounts, humanGenes } from "./human-study.ts";
import { animals, mouseCounts, mouseLibraries } from "./mouse-study.ts";
import { plant } from "./programmes.ts";
import { rodentStudies, studyGenes, studyValues } from "./rodent-studies.ts";
import { sampleTruth, truthRows } from "./truth.ts";

/** A file of the simulated experiments, as it is before gzip. */
export interface SimulatedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SimulateOptions {
  /** Only the first so many genes, for tests; named genes are always among them. All by default. */
  readonly genes?: number;
  /** Which files, by name; all by default. */
  readonly only?: readonly string[];
}

const simulated = "by data/simulate: a model with planted effects, listed in data/als/truth.csv.gz";
const licence =
  "MIT; the gene symbols and lengths are geneLenDataBase's, LGPL-2.0-or-later (data/licences/LGPL-2.txt)";
const source = (what: string) =>
  `Simulated by Engrailed's data/simulate (${what}). No animal, cell or person was measured. Gene symbols and lengths: the R package geneLenDataBase 1.34.0, mm9.geneSymbol.LENGTH.`;

/**
 * The simulated experiments: the mouse experiment, three other rodent studies, the human cells, and the tables of what was
 * planted. The same bytes on every machine and run: nothing but arithmetic that IEEE 754 fixes goes into them.
 */
export function simulate({ genes: limit, only }: SimulateOptions = {}): SimulatedFile[] {
  const wanted = (name: string) => only === undefined || only.includes(name);
  const all = readGenes();
  const planted = plant(all);
  const genes =
    limit === undefined
      ? all
      : all.filter((gene, i) => i < limit || planted.get(gene.symbol)?.origin === "named");
  const studies = rodentStudies.map((study) => ({
    study,
    genes: studyGenes(study, genes, planted),
  }));
  const pairs = csv(join(import.meta.dirname, "../als/orthologs.csv"));
  const human = humanGenes(genes, planted, new Map(pairs.map(([mouse, other]) => [mouse, other])));
  const herd = animals();
  const libraries = mouseLibraries(herd);
  const files: SimulatedFile[] = [];
  const put = (name: string, make: () => Uint8Array) => {
    if (wanted(name)) files.push({ name, bytes: make() });
  };
  put("mouse.arrow", () => {
    const values = mouseCounts(genes, planted, herd, libraries);
    const of = <T extends string | number>(read: (one: (typeof libraries)[number]) => T) =>
      libraries.map(read);
    return toArrow(
      makeExperiment({
        title: "Simulated: motor neurons of SOD1-G93A mice, four populations at two ages",
        organism: "Mus musculus",
        kind: "counts",
        counts: { nGenes: genes.length, nSamples: libraries.length, values },
        genes: geneTable(genes),
        samples: makeTable({
          sample_id: utf8(of((one) => one.sample_id)),
          animal: factor(of((one) => one.animal.name)),
          genotype: factor(
            of((one) => one.animal.genotype),
            ["WT", "SOD1"],
          ),
          age: factor(
            of((one) => one.animal.age),
            ["P56", "P112"],
          ),
          population: factor(
            of((one) => one.population),
            [...populations],
          ),
          group: factor(
            of((one) => `${one.animal.genotype} ${one.animal.age}`),
            ["WT P56", "SOD1 P56", "WT P112", "SOD1 P112"],
          ),
          pool: utf8(of((one) => `${one.animal.name} ${one.population}`)),
          sex: factor(
            of((one) => one.animal.sex),
            ["female", "male"],
          ),
          batch: factor(
            of((one) => `B${one.animal.batch}`),
            ["B1", "B2", "B3"],
          ),
          repeat: int32(of((one) => one.repeat)),
          cells: int32(of((one) => one.cells)),
        }),
        metadata: {
          simulated,
          licence,
          source: source("a mouse experiment like a laser capture study"),
        },
      }),
    );
  });
  for (const { study, genes: own } of studies)
    put(`${study.name}.arrow`, () => {
      const n = study.animals * 2;
      const sexes = Array.from({ length: n }, (_, s): "female" | "male" =>
        s % 2 === 0 ? "female" : "male",
      );
      return toArrow(
        makeExperiment({
          title: `Simulated: spinal motor neurons of ${study.mutation} mice, ${study.technique}`,
          organism: "Mus musculus",
          kind: study.kind,
          counts: { nGenes: own.length, nSamples: n, values: studyValues(study, own, sexes) },
          genes: geneTable(own.map(({ gene }) => gene)),
          samples: makeTable({
            sample_id: utf8(sexes.map((_, s) => `${study.name}_${s + 1}`)),
            animal: utf8(sexes.map((_, s) => `${study.name} animal ${s + 1}`)),
            genotype: factor(
              sexes.map((_, s) => (s < n / 2 ? "WT" : "SOD1")),
              ["WT", "SOD1"],
            ),
            sex: factor(sexes, ["female", "male"]),
          }),
          metadata: { simulated, licence, source: source(`a study of ${study.mutation}`) },
        }),
      );
    });
  put("human.arrow", () => {
    const cells = humanCells();
    return toArrow(
      makeExperiment({
        title: "Simulated: human iPSC motor neurons, SOD1 E100G and its isogenic control",
        organism: "Homo sapiens",
        kind: "counts",
        counts: { nGenes: human.length, nSamples: cells.length, values: humanCounts(human, cells) },
        genes: makeTable({
          gene_id: utf8(human.map(({ symbol }) => symbol)),
          mouse_symbol: utf8(human.map(({ gene }) => gene.symbol)),
        }),
        samples: makeTable({
          sample_id: utf8(cells.map((cell) => cell.sample_id)),
          genotype: factor(
            cells.map((cell) => cell.genotype),
            ["E100E", "E100G"],
          ),
          differentiation: factor(cells.map((cell) => cell.differentiation)),
        }),
        metadata: {
          simulated,
          licence: `${licence}; human symbols of org.Hs.eg.db 3.16.0, Artistic-2.0`,
          source: source("115 single cells of one line"),
        },
      }),
    );
  });
  put("truth.csv", () => text(table(truthRows(genes, planted, studies, human))));
  put("truth-samples.csv", () => text(table(sampleTruth(libraries))));
  return files;
}

function readGenes(): Gene[] {
  const rows = csv(join(import.meta.dirname, "mouse-genes.csv"));
  return rows.map(([symbol, length]) => makeGene(symbol, Number(length)));
}

/** The rows of a CSV without quotes, header left out. */
function csv(path: string): string[][] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.slice(1).map((line) => line.split(","));
}

function geneTable(genes: readonly Gene[]) {
  const columns: Record<string, Column> = {
    gene_id: utf8(genes.map(({ symbol }) => symbol)),
    length: int32(genes.map(({ length }) => length)),
  };
  return makeTable(columns);
}

function table(rows: readonly object[]): string {
  const names = Object.keys(rows[0]);
  return writeCsv(
    names.map(
      (name) => [name, rows.map((row) => String((row as Record<string, unknown>)[name]))] as const,
    ),
  );
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
