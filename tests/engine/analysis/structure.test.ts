import { describe, expect, test } from "vitest";
import { correlate } from "../../../src/engine/analysis/correlate.ts";
import { duplicates } from "../../../src/engine/analysis/duplicates.ts";
import { hclust } from "../../../src/engine/analysis/hclust.ts";
import { pca } from "../../../src/engine/analysis/pca.ts";
import {
  columnNames,
  float64,
  int32,
  makeTable,
  numbers,
  rows,
  strings,
  utf8,
} from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { seeded } from "../../support/random.ts";
import { contextForTests, experimentOf, failure, matrix, names } from "./support.ts";

const context = contextForTests();

describe("pca", () => {
  const file = golden<{ wide: { values: GoldenMatrix; variance: number[]; scores: number[] } }>(
    "pca",
  );
  const log = experimentOf(file.wide.values, "log", {
    line: utf8(["a", "b", "a", "b", "a", "b", "a", "b", "a"]),
    PC1: float64([1, 2, 3, 4, 5, 6, 7, 8, 9]),
  });
  test("over all genes agrees with prcomp up to sign", async () => {
    const { scores, variance, loadings, note } = await pca(log, { components: 3 }, context);
    expect(columnNames(scores)).toEqual([
      "sample_id",
      "PC1",
      "PC2",
      "PC3",
      "line",
      "PC1_of_sample",
    ]);
    for (const c of [1, 2, 3]) {
      const mine = numbers(scores, `PC${c}`);
      const theirs = file.wide.scores.slice((c - 1) * 9, c * 9);
      expectClose(
        mine,
        theirs.map((v) => v * Math.sign(v * mine[theirs.indexOf(v)])),
        1e-9,
        1e-11,
      );
    }
    expectClose(numbers(variance, "variance"), file.wide.variance.slice(0, 8));
    expect(numbers(variance, "proportion").reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(strings(variance, "component")).toEqual(names("PC", 8));
    expect(columnNames(loadings)).toEqual(["gene_id", "symbol", "PC1", "PC2", "PC3"]);
    expect(note).toBe(
      "Principal components of 9 samples over the 40 most variable genes, log values as they are, centred.",
    );
  });
  test("takes the most variable genes, ties in gene order, and none that do not vary", async () => {
    const few = experimentOf(matrix([1, 2, 4], [5, 5, 5], [9, 1, 0], [2, 4, 1]), "log");
    const { loadings } = await pca(few, { ntop: 3 }, context);
    expect(strings(loadings, "gene_id")).toEqual(["g3", "g1", "g4"]);
    const { loadings: all, note } = await pca(few, { scale: true }, context);
    expect(all.numRows).toBe(3);
    expect(note).toContain("centred and scaled");
  });
  test("says on what scale it worked", async () => {
    const counts = experimentOf(matrix([1, 2, 30], [5, 9, 7]));
    expect((await pca(counts, {}, context)).note).toContain("log2 counts per million");
    const fpkm = experimentOf(matrix([1, 2, 30], [5, 9, 7]), "abundance");
    const { note, scores } = await pca(fpkm, {}, context);
    expect(note).toContain("log2(abundance + 1)");
    const spread = numbers(scores, "PC1");
    expect(Math.max(...spread) - Math.min(...spread)).toBeGreaterThan(Math.log2(31 / 2) - 1e-9);
  });
  test("refuses one sample, nothing that varies, and bad options", async () => {
    expect(await failure(pca(experimentOf(matrix([1], [2])), {}, context))).toMatchObject({
      message: "pca needs at least two samples: 1",
    });
    const flat = experimentOf(matrix([1, 1], [2, 2]), "log");
    expect(await failure(pca(flat, {}, context))).toMatchObject({
      message: "pca: no gene varies between samples",
    });
    expect(await failure(pca(log, { ntop: 0 }, context))).toMatchObject({
      message: "pca: invalid ntop: 0",
    });
    expect(await failure(pca(log, { scale: "yes" as never }, context))).toMatchObject({
      message: "pca: invalid scale: yes",
    });
  });
});

describe("hclust", () => {
  const file = golden<{
    values: GoldenMatrix;
    trees: { distance: "pearson"; linkage: "average"; order: number[]; height: number[] }[];
  }>("hclust");
  const { nRows, nColumns, values } = file.values;
  const table = makeTable([
    ["gene_id", utf8(names("g", nRows))],
    ["symbol", utf8(names("G", nRows))],
    ...names("s", nColumns).map(
      (name, s) =>
        [name, float64(names("", nRows).map((_, g) => values[g * nColumns + s]))] as const,
    ),
  ]);
  test("of a table and of an experiment are R's", async () => {
    for (const { distance, linkage, order, height } of file.trees)
      for (const data of [table, experimentOf(file.values, "log")]) {
        const tree = await hclust(data, { distance, linkage }, context);
        expectClose(tree.height, height);
        expect([...tree.order]).toEqual(order);
        expect(tree.labels).toEqual(names("g", nRows));
      }
  });
  test("of samples has their names", async () => {
    const tree = await hclust(table, { by: "samples" }, context);
    expect(tree.labels).toEqual(names("s", nColumns));
    expect(tree.order.length).toBe(nColumns);
    expect(tree.note).toBe("samples by Euclidean distance of values as they are, complete linkage");
  });
  test("names what can't be clustered", async () => {
    const fails = (data: Parameters<typeof hclust>[0], options = {}) =>
      failure(hclust(data, options, context));
    const missing = makeTable({
      gene_id: utf8(["a", "b"]),
      s1: float64([1, null]),
      s2: int32([1, 2]),
    });
    expect(await fails(missing)).toMatchObject({ message: "hclust: a value is missing: b, s1" });
    const text = makeTable({ gene_id: utf8(["a"]), note: utf8(["x"]) });
    expect(await fails(text)).toMatchObject({
      message: "hclust: the table has no numeric column: gene_id, note",
    });
    const flat = experimentOf(matrix([1, 2, 3], [4, 4, 4]), "log");
    expect(await fails(flat, { distance: "spearman" })).toMatchObject({
      message: "hclust: no correlation with what does not vary: g2",
    });
    const many = experimentOf({
      nRows: 12_001,
      nColumns: 1,
      values: Array.from({ length: 12_001 }, () => 1),
    });
    expect(await fails(many)).toMatchObject({ message: "hclust: too many genes: 12001" });
    expect(await fails(flat, { linkage: "ward" })).toMatchObject({
      message: "hclust: invalid linkage: ward",
    });
  });
});

describe("correlate", () => {
  const file = golden<{ values: GoldenMatrix; pearson: number[]; spearman: number[] }>(
    "correlation",
  );
  test.each(["pearson", "spearman"] as const)("agrees with R: %s", async (method) => {
    const log = experimentOf(file.values, "log");
    const table = await correlate(log, { by: "genes", method }, context);
    expect(columnNames(table)).toEqual(["gene_id", ...names("g", 9)]);
    expectClose(
      names("g", 9).flatMap((name) => [...numbers(table, name)]),
      file[method],
      1e-10,
      1e-14,
    );
  });
  test("of samples by default, null for one that does not vary", async () => {
    const log = experimentOf(matrix([1, 5, 2], [2, 5, 4], [3, 5, 9]), "log");
    const table = await correlate(log, undefined, context);
    expect(strings(table, "sample_id")).toEqual(["s1", "s2", "s3"]);
    expect(table.getChild("s2")!.nullCount).toBe(3);
    expect(numbers(table, "s1")[0]).toBe(1);
  });
});

describe("duplicates", () => {
  const random = seeded(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const nGenes = 1500;
  const level = names("", nGenes).map(() => Math.exp(6 + 1.5 * normal()));
  const library = () => level.map((mean) => mean * Math.exp(0.3 * normal()));
  const drawn = (means: number[], depth: number) =>
    means.map((mean) => Math.max(0, Math.round(mean * depth + Math.sqrt(mean * depth) * normal())));
  const a = library();
  const samples = [drawn(a, 1), drawn(library(), 1.3), drawn(a, 1.7), drawn(library(), 0.8)];
  const columns = [...samples, samples[1]];
  const values = names("", nGenes).flatMap((_, g) => columns.map((column) => column[g]));
  const counts = { nRows: nGenes, nColumns: 5, values };
  test("finds one sample twice, and one library sequenced twice", async () => {
    const table = await duplicates(experimentOf(counts), undefined, context);
    expect(rows(table).map((row) => [row.sample_a, row.sample_b, row.reason])).toEqual([
      ["s2", "s5", "identical"],
      ["s1", "s3", "counting noise"],
    ]);
    expect(numbers(table, "noise")[1]).toBeGreaterThan(0.8);
    expect(numbers(table, "noise")[1]).toBeLessThan(1.2);
  });
  test("has nothing to say of different samples, and survives empty ones", async () => {
    const apart = {
      nRows: nGenes,
      nColumns: 3,
      values: names("", nGenes).flatMap((_, g) => [0, 1, 3].map((s) => samples[s][g])),
    };
    expect((await duplicates(experimentOf(apart), {}, context)).numRows).toBe(0);
    const empty = experimentOf(matrix([0, 0, 3], [0, 0, 4]));
    expect(rows(await duplicates(empty, {}, context))).toMatchObject([
      { sample_a: "s1", sample_b: "s2", reason: "identical", correlation: null },
    ]);
  });
});
