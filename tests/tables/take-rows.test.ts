import { expect, test } from "vitest";
import {
  bool,
  columnKind,
  factor,
  float64,
  int32,
  levelsOf,
  makeTable,
  rows,
  strings,
  takeRows,
  utf8,
} from "../../src/tables/index.ts";

const table = makeTable(
  {
    id: utf8(["a", "bé", null, "d"]),
    group: factor(["y", null, "x", "y"], ["y", "x", "z"]),
    n: int32([1, null, 3, 4]),
    x: float64([0.5, NaN, Infinity, -1]),
    ok: bool([true, false, null, true]),
  },
  { licence: "CC0" },
  { n: { unit: "reads" } },
);

test("takes rows in the order asked for, with types, levels and metadata", () => {
  const taken = takeRows(table, [3, 1]);
  expect(rows(taken)).toEqual([
    { id: "d", group: "y", n: 4, x: -1, ok: true },
    { id: "bé", group: null, n: null, x: null, ok: false },
  ]);
  expect(levelsOf(taken, "group").levels).toEqual(["y", "x", "z"]);
  expect(taken.schema.metadata.get("licence")).toBe("CC0");
  expect(taken.schema.fields[2].metadata.get("unit")).toBe("reads");
  expect(taken.schema.fields.map((_, j) => columnKind(taken.getChildAt(j)!))).toEqual([
    "string",
    "factor",
    "integer",
    "number",
    "boolean",
  ]);
});

test("index -1 is a row of missing values", () => {
  expect(rows(takeRows(table, [-1, 0]))).toEqual([
    { id: null, group: null, n: null, x: null, ok: null },
    { id: "a", group: "y", n: 1, x: 0.5, ok: true },
  ]);
});

test("no rows are a table of no rows", () => {
  expect(takeRows(table, []).numRows).toBe(0);
});

test("strings decodes text of every kind", () => {
  expect(strings(table, "id")).toEqual(["a", "bé", null, "d"]);
  const ascii = makeTable({ id: utf8(["", "abc", null, "d", ""]) });
  expect(strings(ascii, "id")).toEqual(["", "abc", null, "d", ""]);
  expect(strings(table, "n")).toEqual(["1", null, "3", "4"]);
});
