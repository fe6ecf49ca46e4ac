import { describe, expect, test } from "vitest";
import { hclust } from "../../../src/engine/analysis/hclust.ts";
import { float64, int32, makeTable, utf8 } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure, matrix, names } from "./support.ts";

const context = contextForTests();

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
