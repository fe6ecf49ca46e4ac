import { expect, test } from "vitest";
import { countsOf } from "../../../src/engine/experiment/counts-of.ts";
import { makeExperiment } from "../../../src/engine/experiment/make-experiment.ts";
import {
  columnKind,
  columnNames,
  levelsOf,
  makeTable,
  rows,
  utf8,
} from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { smallExperiment } from "../../support/small-experiment.ts";

const small = smallExperiment();

test("long table in the order asked for, by id or symbol, each gene once", () => {
  const table = countsOf(small, ["Gapdh", "g0", "g1"]);
  expect(columnNames(table)).toEqual([
    "gene_id",
    "symbol",
    "sample_id",
    "count",
    "genotype",
    "age",
    "male",
    "note",
  ]);
  expect(rows(table)[1]).toEqual({
    gene_id: "g1",
    symbol: "Gapdh",
    sample_id: "s1",
    count: 11,
    genotype: "SOD1",
    age: null,
    male: false,
    note: null,
  });
  expect(rows(table).map((row) => row.count)).toEqual([10, 11, 12, 0, 1, 2]);
  expect(levelsOf(table, "gene_id").levels).toEqual(["g1", "g0"]);
  expect(levelsOf(table, "genotype").levels).toEqual(["WT", "SOD1", "other"]);
  expect(columnKind(table.getChild("count")!)).toBe("integer");
});

test("a shared symbol gives all its genes; a gene without one has null", () => {
  expect(rows(countsOf(small, "Actb")).map((row) => row.gene_id)).toEqual([
    "g0",
    "g0",
    "g0",
    "g2",
    "g2",
    "g2",
  ]);
  expect(rows(countsOf(small, "g3"))[0].symbol).toBeNull();
  const bare = smallExperiment({ genes: makeTable({ gene_id: utf8(["a", "b", "c", "d"]) }) });
  expect(rows(countsOf(bare, "b"))[0]).toMatchObject({ gene_id: "b", symbol: null, count: 10 });
});

test("an unknown gene is named with the nearest", async () => {
  const error = await failure(() => countsOf(small, ["g0", "ACTB"]));
  expect(error.message).toBe("no such gene: ACTB");
  expect(error.details.help).toMatch(/Did you mean Actb\?/);
  expect((await failure(() => countsOf(small, "Gapdx"))).details.help).toMatch(/Gapdh/);
  expect((await failure(() => countsOf(small, []))).name).toBe("ArgumentError");
});

test("one gene of 47,192 x 271 takes milliseconds", () => {
  const nGenes = 47192;
  const nSamples = 271;
  const names = (n: number, prefix: string) =>
    utf8(Array.from({ length: n }, (_, i) => prefix + i));
  const large = makeExperiment({
    kind: "counts",
    counts: { nGenes, nSamples, values: new Int32Array(nGenes * nSamples) },
    genes: makeTable({ gene_id: names(nGenes, "ENSG"), symbol: names(nGenes, "G") }),
    samples: makeTable({ sample_id: names(nSamples, "s") }),
  });
  countsOf(large, "G7");
  const start = performance.now();
  for (let i = 0; i < 50; ++i) countsOf(large, `G${i * 900}`);
  expect((performance.now() - start) / 50).toBeLessThan(10);
});
