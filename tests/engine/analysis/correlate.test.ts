import { describe, expect, test } from "vitest";
import { correlate } from "../../../src/engine/analysis/correlate.ts";
import { columnNames, numbers, strings } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, matrix, names } from "./support.ts";

const context = contextForTests();

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
