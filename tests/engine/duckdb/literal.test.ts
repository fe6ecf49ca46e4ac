import { describe, expect, it } from "vitest";
import { literal } from "../../../src/engine/duckdb/literal.ts";
import { quoteName, quoteText, showName } from "../../../src/engine/duckdb/quote.ts";

describe("literal", () => {
  it.each([
    [null, "NULL"],
    [undefined, "NULL"],
    [NaN, "NULL"],
    [true, "TRUE"],
    [0, "0"],
    [-0, "(-0e0)"],
    [42, "42"],
    [-7, "(-7)"],
    [0.1, "0.1e0"],
    [1e300, "1e+300"],
    [-1.5e-10, "(-1.5e-10)"],
    [2 ** 60, "1152921504606847000e0"],
    [Infinity, "'Infinity'::DOUBLE"],
    [12n, "12"],
    ["it's", "'it''s'"],
    ["a\0b", "('a' || chr(0) || 'b')"],
    ["\ud800", "'\ufffd'"],
    [new Date(Date.UTC(2020, 0, 2, 3, 4, 5, 6)), "TIMESTAMP '2020-01-02 03:04:05.006'"],
    [new Date(NaN), "NULL"],
  ])("%s", (value, text) => expect(literal(value)).toBe(text));

  it.each([[{}], [Symbol("x")], [() => 1], [new Map()]])("refuses %s", (value) =>
    expect(() => literal(value)).toThrow(/can't be a parameter/),
  );
});

describe("names", () => {
  it("quotes always, shows plain where that is safe", () => {
    expect(quoteName('a"b')).toBe('"a""b"');
    expect(showName("counts_2")).toBe("counts_2");
    expect(showName("select")).toBe('"select"');
    expect(showName("Counts")).toBe('"Counts"');
    expect(quoteText("''")).toBe("''''''");
  });

  it.each(["", "a\0", "\udc00", "x".repeat(501)])("refuses %j", (name) =>
    expect(() => quoteName(name)).toThrow(/name/),
  );
});
