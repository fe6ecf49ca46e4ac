import { describe, expect, it } from "vitest";
import {
  DataType,
  tableFromArrays,
  vectorFromArray,
  Table,
  Int8,
  Uint16,
  Uint32,
  Int64,
  Uint64,
  Float32,
  Float16,
  Utf8,
  Bool,
  TimestampSecond,
  TimestampMicrosecond,
  DateDay,
  Dictionary,
  Int32,
  List,
  Field,
} from "apache-arrow";
import { plainTable, rows } from "../../src/tables/index.ts";

const column = (values: unknown[], type: DataType) =>
  plainTable(new Table({ x: vectorFromArray(values as never[], type as never) }));
const valuesOf = (table: Table): unknown[] =>
  rows(table).map(({ x }) =>
    x !== null && typeof x === "object" && "toJSON" in x ? (x.toJSON as () => unknown)() : x,
  );

describe("plainTable", () => {
  it.each([
    [[1, null, -128], new Int8(), "Int32"],
    [[1, null, 65535], new Uint16(), "Int32"],
    [[1, null, 7], new Uint32(), "Int32"],
    [[1, null, 4294967295], new Uint32(), "Float64"],
    [[1.5, null, -0.25], new Float32(), "Float64"],
    [[1.5, null, -0.25], new Float16(), "Float64"],
    [["a", null, ""], new Utf8(), "Utf8"],
    [[true, null, false], new Bool(), "Bool"],
  ])("%j of %s is %s", (values, type, name) => {
    const table = column(values, type);
    expect(String(table.schema.fields[0].type)).toBe(name);
    expect(valuesOf(table)).toEqual(values);
  });

  it("turns 64-bit integers into numbers", () => {
    const signed = column([1n, null, -(2n ** 53n), 2n ** 62n], new Int64());
    expect(valuesOf(signed)).toEqual([1, null, -(2 ** 53), 2 ** 62]);
    expect(valuesOf(column([0n, 2n ** 64n - 1n], new Uint64()))).toEqual([0, 2 ** 64]);
    expect(signed.getChild("x")!.toArray()).toBeInstanceOf(Float64Array);
  });

  it("makes NaN missing", () => {
    expect(
      plainTable(tableFromArrays({ x: Float64Array.of(1, NaN, Infinity) }))
        .getChild("x")!
        .toJSON(),
    ).toEqual([1, null, Infinity]);
  });

  it("keeps time in milliseconds, also before 1970", () => {
    const at = Date.UTC(1960, 0, 2, 3, 4, 5);
    expect(valuesOf(column([at, null], new TimestampSecond()))).toEqual([at, null]);
    expect(valuesOf(column([at, null], new TimestampMicrosecond()))).toEqual([at, null]);
    expect(valuesOf(column([new Date(Date.UTC(1960, 0, 2)), null], new DateDay()))).toEqual([
      Date.UTC(1960, 0, 2),
      null,
    ]);
  });

  it("joins batches into one, with one dictionary", () => {
    const part = (words: (string | null)[], n: number[]) =>
      new Table({
        w: vectorFromArray(words, new Dictionary(new Utf8(), new Int32())),
        n: vectorFromArray(n.map(BigInt), new Int64()),
        s: vectorFromArray(words, new Utf8()),
      });
    const both = part(["a", null, "b"], [1, 2, 3]).concat(part(["c", "a"], [4, 5]) as never);
    const table = plainTable(both.slice(1, 5));
    expect(table.batches).toHaveLength(1);
    expect(rows(table)).toEqual([
      { w: null, n: 2, s: null },
      { w: "b", n: 3, s: "b" },
      { w: "c", n: 4, s: "c" },
      { w: "a", n: 5, s: "a" },
    ]);
  });

  it("reaches into lists", () => {
    const type = new List(new Field("item", new Int64(), true));
    const list = vectorFromArray([[1n, null], null, [], [3n]], type as never);
    const table = plainTable(new Table({ x: list }).slice(0, 4));
    expect(String(table.schema.fields[0].type)).toBe("List<Float64>");
    expect(
      rows(table).map(({ x }) => (x === null ? null : Array.from(x as Iterable<unknown>))),
    ).toEqual([[1, null], null, [], [3]]);
  });

  it("takes a table of no rows", () => {
    const table = plainTable(
      new Table({
        x: vectorFromArray([] as string[], new Utf8()),
        y: vectorFromArray([] as bigint[], new Int64()),
      }),
    );
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map((f) => String(f.type))).toEqual(["Utf8", "Float64"]);
  });
});
