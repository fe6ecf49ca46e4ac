import { describe, expect, test } from "vitest";
import { summarize } from "../../../src/engine/analysis/summarize.ts";
import {
  bool,
  columnNames,
  factor,
  float64,
  numbers,
  rows,
  strings,
  tableFromBytes,
  tableToBytes,
  utf8,
} from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();

interface Stats {
  mean: number[];
  variance: (number | null)[];
}
const file = golden<{
  counts: GoldenMatrix;
  groups: number[];
  count: Stats;
  cpm: Stats;
  logcpm: Stats;
  detected: number[];
}>("group-summary");

describe("summarize agrees with R", () => {
  const group = factor(
    file.groups.map((k) => ["b", "a", "c"][k]),
    ["b", "a", "c"],
  );
  const experiment = experimentOf(file.counts, "counts", { group });
  test.each(["count", "cpm", "logcpm"] as const)("%s", async (value) => {
    const table = await summarize(experiment, { by: "group", value }, context);
    expectClose(numbers(table, "mean"), file[value].mean);
    expectClose(numbers(table, "variance"), file[value].variance, 1e-10, 1e-24);
    expect([...numbers(table, "detected")]).toEqual(file.detected);
    expect(strings(table, "group").slice(0, 4)).toEqual(["b", "a", "c", "b"]);
  });
});

const small = experimentOf(
  matrix([1, 2, 3, 0], [0, 0, 5, 7]),
  "abundance",
  {
    hour: float64([24, 0, 24, null]),
    line: factor(["x", "y", "x", "y"], ["y", "x", "unused"]),
    dead: bool([true, false, true, false]),
  },
  { symbol: utf8(["A", null]) },
);

describe("summarize", () => {
  test("has a row for each gene and group that occurs, missing last", async () => {
    const table = await summarize(small, { by: "hour" }, context);
    expect(columnNames(table)).toEqual([
      "gene_id",
      "symbol",
      "hour",
      "n",
      "mean",
      "variance",
      "detected",
    ]);
    expect(rows(table)).toEqual([
      { gene_id: "g1", symbol: "A", hour: 0, n: 1, mean: 2, variance: null, detected: 1 },
      { gene_id: "g1", symbol: "A", hour: 24, n: 2, mean: 2, variance: 2, detected: 2 },
      { gene_id: "g1", symbol: "A", hour: null, n: 1, mean: 0, variance: null, detected: 0 },
      { gene_id: "g2", symbol: null, hour: 0, n: 1, mean: 0, variance: null, detected: 0 },
      { gene_id: "g2", symbol: null, hour: 24, n: 2, mean: 2.5, variance: 12.5, detected: 1 },
      { gene_id: "g2", symbol: null, hour: null, n: 1, mean: 7, variance: null, detected: 1 },
    ]);
  });
  test("groups by several columns in the order of their levels", async () => {
    const table = await summarize(small, { by: ["line", "dead"] }, context);
    expect(strings(table, "line")).toEqual(["y", "x", "y", "x"]);
    expect(strings(table, "dead")).toEqual(["false", "true", "false", "true"]);
    expect([...numbers(table, "n")]).toEqual([2, 2, 2, 2]);
  });
  test("takes all samples as one group without by", async () => {
    const table = await summarize(small, undefined, context);
    expect([...numbers(table, "mean")]).toEqual([1.5, 3]);
  });
  test("crosses a port as it is, symbols or none", async () => {
    const bare = experimentOf(matrix([1, 2]), "counts", { a: utf8(["x", "y"]) });
    for (const [experiment, by] of [[small, "line"] as const, [bare, "a"] as const]) {
      const table = await summarize(experiment, { by }, context);
      expect(rows(tableFromBytes(tableToBytes(table)))).toEqual(rows(table));
    }
    expect(strings(await summarize(bare, {}, context), "symbol")).toEqual([null]);
  });
  test("refuses what it can't do", async () => {
    const fails = (options: object) => failure(summarize(small, options, context));
    expect(await fails({ value: "cpm" })).toMatchObject({
      name: "ArgumentError",
      message: "summarize cpm needs raw counts: this experiment holds abundances",
    });
    expect(await fails({ by: "hours" })).toMatchObject({ message: "no such column: hours" });
    expect(await fails({ by: 3 })).toMatchObject({ message: "summarize: invalid by: 3" });
    expect(await fails({ by: ["hour", "hour"] })).toMatchObject({
      message: "summarize: column named twice: hour",
    });
    expect(await fails({ values: "cpm" })).toMatchObject({
      message: "summarize: unknown option: values",
    });
    const n = experimentOf(matrix([1, 2]), "counts", { n: utf8(["x", "y"]) });
    expect(await failure(summarize(n, { by: "n" }, context))).toMatchObject({
      message: "summarize: the result has a column of that name already: n",
    });
  });
  test("names the sample without counts", async () => {
    const empty = experimentOf(matrix([1, 0], [2, 0]));
    expect(await failure(summarize(empty, { value: "cpm" }, context))).toMatchObject({
      message: "summarize: a sample has no counts: s2",
    });
  });
  test("stops", async () => {
    const stopped = { ...context, signal: AbortSignal.abort() };
    expect(await failure(summarize(small, {}, stopped))).toMatchObject({ name: "AbortError" });
  });
});
