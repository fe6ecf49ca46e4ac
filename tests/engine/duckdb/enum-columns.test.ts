import { describe, expect, it } from "vitest";
import { isSelect, planEnums } from "../../../src/engine/duckdb/enum-columns.ts";
import { float64, fromRows, int32, levelsOf, makeTable } from "../../../src/tables/index.ts";

const described = (types: Record<string, string>) =>
  fromRows(
    Object.entries(types).map(([column_name, column_type]) => ({ column_name, column_type })),
  );

describe("planEnums", () => {
  it("leaves a query without ENUMs alone", () => {
    expect(planEnums("SELECT 1", described({ a: "INTEGER", b: "VARCHAR" }))).toBeNull();
  });

  it("asks for codes and puts the words back", () => {
    const plan = planEnums(
      "FROM t",
      described({ id: "ENUM('x, ''y', 'b', ')')", "odd name": "INTEGER" }),
    )!;
    expect(plan.sql).toBe(
      'SELECT enum_code(c0) AS "c0", c1 AS "c1" FROM (\nFROM t\n) AS engrailed_result(c0, c1)',
    );
    const table = plan.restore(
      makeTable([
        ["c0", float64([2, NaN, 0])],
        ["c1", int32([1, 2, 3])],
      ]),
    );
    expect(table.schema.fields.map((f) => f.name)).toEqual(["id", "odd name"]);
    expect(levelsOf(table, "id")).toEqual({
      codes: Int32Array.of(2, -1, 0),
      levels: ["x, 'y", "b", ")"],
    });
  });

  it("casts lists of ENUMs, and refuses what it can't read", () => {
    expect(planEnums("q", described({ a: "ENUM('x')[]" }))!.sql).toContain("c0::VARCHAR[] AS");
    expect(() => planEnums("q", described({ a: "STRUCT(b ENUM('x'))" }))).toThrow(
      /inside another type can't be read: a/,
    );
  });
});

describe("isSelect", () => {
  it("is true only for statements that may run twice", () => {
    expect(isSelect("SELECT", "SELECT 1")).toBe(true);
    expect(isSelect("WITH", "WITH a AS (FROM b) FROM a")).toBe(true);
    expect(isSelect("WITH", "WITH a AS (FROM b) INSERT INTO c FROM a")).toBe(false);
    expect(isSelect("INSERT", "INSERT INTO c FROM a")).toBe(false);
  });
});
