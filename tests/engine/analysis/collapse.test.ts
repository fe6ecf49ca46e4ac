import { describe, expect, test } from "vitest";
import { collapse } from "../../../src/engine/analysis/collapse.ts";
import { columnNames, factor, float64, strings, utf8 } from "../../../src/tables/index.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();

describe("collapse", () => {
  const lanes = experimentOf(matrix([1, 2, 3, 4], [0, 5, 0, 6]), "counts", {
    library: factor(["B", "A", "B", "A"], ["B", "A", "C"]),
    tissue: utf8(["liver", "kidney", "liver", "kidney"]),
    lane: float64([1, 2, 3, 4]),
    age: float64([null, 3, null, 3]),
  });
  test("sums technical replicates and keeps what they share", async () => {
    const result = await collapse(lanes, { by: "library" }, context);
    expect(result.counts).toEqual({ nGenes: 2, nSamples: 2, values: Int32Array.of(4, 6, 0, 11) });
    expect(columnNames(result.samples)).toEqual(["sample_id", "library", "tissue", "age"]);
    expect(strings(result.samples, "sample_id")).toEqual(["B", "A"]);
    expect(strings(result.samples, "tissue")).toEqual(["liver", "kidney"]);
    expect(strings(result.samples, "age")).toEqual([null, "3"]);
    expect(result.report.map((line) => [line.code, line.message])).toEqual([
      ["collapsed", "4 samples were summed to 2 by library."],
      ["columns-dropped", "Sample columns that differ within library were dropped: lane."],
    ]);
  });
  test("refuses sums that don't fit, samples without a level, and other kinds", async () => {
    const big = experimentOf(matrix([2e9, 2e9]), "counts", { a: utf8(["x", "x"]) });
    expect(await failure(collapse(big, { by: "a" }, context))).toMatchObject({
      message: "collapse: a sum is too large for a count: 4000000000",
      details: { help: "Gene g1, x; the most is 2147483647." },
    });
    expect(await failure(collapse(lanes, { by: "age" }, context))).toMatchObject({
      message: "collapse: a sample has no age: s1",
    });
    expect(await failure(collapse(lanes, {}, context))).toMatchObject({
      message: "collapse: invalid by: undefined",
    });
    const fpkm = experimentOf(matrix([1, 2]), "abundance", { a: utf8(["x", "x"]) });
    expect(await failure(collapse(fpkm, { by: "a" }, context))).toMatchObject({
      message: "collapse needs raw counts: this experiment holds abundances",
    });
  });
});
