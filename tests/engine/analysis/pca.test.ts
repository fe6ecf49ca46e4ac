import { describe, expect, test } from "vitest";
import { pca } from "../../../src/engine/analysis/pca.ts";
import { columnNames, float64, numbers, strings, utf8 } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
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
