import { describe, expect, it } from "vitest";
import {
  bool,
  factor,
  float64,
  fromRows,
  int32,
  makeTable,
  tableToCsv,
  utf8,
} from "../../src/tables/index.ts";

describe("tableToCsv", () => {
  it("writes RFC 4180 with LF in column order", () => {
    const table = makeTable([
      ["name", utf8(['a,"b"', "line\nbreak", null, ""])],
      ["level", factor(["x", null, "y", "x"])],
      ["n", int32([1, null, -3, 2147483647])],
      ["ok", bool([true, false, null, true])],
    ]);
    expect(tableToCsv(table)).toBe(
      'name,level,n,ok\n"a,""b""",x,1,true\n"line\nbreak",,,false\n,y,-3,\n"",x,2147483647,true\n',
    );
  });

  it("keeps double precision, infinities and negative zero; missing is empty", () => {
    const values = [
      0.1 + 0.2,
      1 / 3,
      5e-324,
      1.7976931348623157e308,
      Infinity,
      -Infinity,
      NaN,
      -0,
      1e21,
      123456789.12345678,
    ];
    const lines = tableToCsv(makeTable([["x", float64(values)]]))
      .trimEnd()
      .split("\n")
      .slice(1);
    expect(lines.slice(4, 7)).toEqual(["Inf", "-Inf", ""]);
    lines.forEach((line, i) => {
      if (Number.isFinite(values[i])) expect(Object.is(Number(line), values[i])).toBe(true);
    });
  });

  it("takes chosen rows and columns", () => {
    const table = fromRows([
      { a: 1, b: "x" },
      { a: 2, b: "y" },
    ]);
    expect(tableToCsv(table, { rows: [1, 0], columns: ["b"] })).toBe("b\ny\nx\n");
    expect(tableToCsv(table, { header: false, columns: ["a"] })).toBe("1\n2\n");
    expect(tableToCsv(table, { rows: [], header: false })).toBe("");
  });

  it("quotes names, and writes a table of no rows as its header", () => {
    expect(tableToCsv(makeTable([['q"x, y', int32([])]]))).toBe('"q""x, y"\n');
  });
});
