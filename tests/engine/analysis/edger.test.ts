import { describe, expect, test } from "vitest";
import { differentialExpression } from "../../../src/engine/analysis/differential-expression.ts";
import { factor, numbers, utf8, type Table } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure } from "./support.ts";

interface Tested {
  lfc: number[];
  stat: number[];
  p: number[];
  padj: number[];
}
interface Chain extends Record<"one" | "contrast" | "robust" | "treat", Tested> {
  trend: number[];
  tagwise: (number | null)[];
}
interface File extends Record<"groups" | "batches", Chain> {
  counts: GoldenMatrix;
  genotype: string[];
  batch: string[];
  wild: { counts: GoldenMatrix; batches: Chain };
  poisson: { counts: GoldenMatrix; test: Tested };
}
const file = golden<File>("edger");
const context = contextForTests();
const experimentWith = (counts: GoldenMatrix) =>
  experimentOf(counts, "counts", {
    genotype: factor(file.genotype, ["WT", "SOD1", "HET"]),
    batch: utf8(file.batch),
  });
const experiment = experimentWith(file.counts);
const sums = Array.from({ length: file.counts.nRows }, (_, g) =>
  file.counts.values.slice(g * 9, g * 9 + 9).reduce((a, b) => a + b),
);
const sod1 = ["genotype", "SOD1", "WT"] as const;
const edger = (design: string, robust = false, of = experiment) =>
  differentialExpression(of, { method: "edger", design, robust }, context);

function agree(table: Table, expected: Tested, close: { f: number; p: number; lfc: number }): void {
  expectClose(numbers(table, "log2FoldChange"), expected.lfc, close.f, close.lfc);
  expectClose(numbers(table, "stat"), expected.stat, close.f, close.f);
  expectClose(numbers(table, "pvalue"), expected.p, close.p);
  expectClose(numbers(table, "padj"), expected.padj, close.p);
  const found = (p: ArrayLike<number>) => Array.from(p, (x, i) => (x < 0.05 ? i : -1));
  expect(found(numbers(table, "padj"))).toEqual(found(expected.padj));
}

/** Genes that have counts at all: glmTreat's golden has these only. */
const expressed = (table: Table, name: string) =>
  numbers(table, name).filter((_, g) => sums[g] > 0);

describe.each([
  ["groups", "~ genotype", { dispersion: 1e-7, f: 1e-6, p: 1e-6, lfc: 1e-7 }],
  ["batches", "~ batch + genotype", { dispersion: 1e-6, f: 1e-6, p: 1e-6, lfc: 1e-6 }],
] as const)("edger agrees with R from counts to p: %s", (name, design, close) => {
  const expected = file[name];

  test("dispersions", async () => {
    const { dispersions } = await edger(design);
    expectClose(numbers(dispersions!, "trend"), expected.trend, close.dispersion);
    const used = sums.map((sum, g) => (sum >= 5 ? g : -1)).filter((g) => g >= 0);
    const tagwise = numbers(dispersions!, "map");
    expectClose(
      used.map((g) => tagwise[g]),
      used.map((g) => expected.tagwise[g]),
      5 * close.dispersion,
    );
  });

  test("F tests of a coefficient, of a contrast, and robust", async () => {
    const fit = await edger(design);
    agree(await fit.results({ contrast: sod1 }, context), expected.one, close);
    const between = ["genotype", "SOD1", "HET"] as const;
    agree(await fit.results({ contrast: between }, context), expected.contrast, close);
    const robust = await edger(design, true);
    agree(await robust.results({ contrast: sod1 }, context), expected.robust, close);
  });

  test("tests relative to a threshold", async () => {
    const fit = await edger(design);
    const table = await fit.results({ contrast: sod1, lfcThreshold: 0.5 }, context);
    expectClose(expressed(table, "pvalue"), expected.treat.p, close.p);
  });
});

test("p is not below the Poisson test's", async () => {
  const fit = await edger("~ genotype", false, experimentWith(file.poisson.counts));
  const table = await fit.results({ contrast: sod1 }, context);
  agree(table, file.poisson.test, { f: 1e-6, p: 1e-6, lfc: 1e-7 });
});

test("with counts far beyond 10,000 and batches", async () => {
  const fit = await edger("~ batch + genotype", false, experimentWith(file.wild.counts));
  expectClose(numbers(fit.dispersions!, "trend"), file.wild.batches.trend, 1e-6);
  agree(await fit.results({ contrast: sod1 }, context), file.wild.batches.one, {
    f: 1e-6,
    lfc: 1e-6,
    p: 1e-6,
  });
});

test("results have no standard error, and no side", async () => {
  const fit = await edger("~ genotype");
  const table = await fit.results({}, context);
  expect(table.getChild("lfcSE")!.nullCount).toBe(table.numRows);
  expect(table.schema.metadata.get("variant")).toBe("edgeR 3.40 quasi-likelihood");
  expect(table.schema.metadata.get("contrast")).toBe("HET over WT: positive means higher in HET");
  expect(await failure(fit.results({ altHypothesis: "greater" }, context))).toMatchObject({
    message: "results: edger has no altHypothesis: greater",
  });
});
