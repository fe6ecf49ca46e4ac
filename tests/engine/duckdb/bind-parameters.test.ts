import { describe, expect, it } from "vitest";
import {
  bindParameters,
  statementsOf,
  type Tokens,
} from "../../../src/engine/duckdb/bind-parameters.ts";

/** Tokens as DuckDB gives them, of texts without strings and comments: words, and one token for each sign. */
function tokensOf(sql: string): Tokens {
  const offsets: number[] = [];
  const types: number[] = [];
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  for (const match of sql.matchAll(/\$\d+|[\p{L}\d_.]+|[^\s]/gu)) {
    offsets.push(bytes(sql.slice(0, match.index)));
    types.push(/^[\p{L}_]/u.test(match[0]) ? 0 : /^\d/.test(match[0]) ? 1 : 3);
  }
  return { offsets, types };
}

const bind = (sql: string, params: unknown[]) =>
  bindParameters(sql, params, tokensOf(sql), (k) => `list_${k}`);

describe("bindParameters", () => {
  it("writes values in order and by number, beyond letters of several bytes", () => {
    expect(bind("SELECT é, ? , ? FROM ü", [1, "a'b"]).sql).toBe("SELECT é, 1 , 'a''b' FROM ü");
    expect(bind("SELECT $2 - $1, $2", [1, -2]).sql).toBe("SELECT (-2) - 1, (-2)");
  });

  it("spreads a list after IN and keeps it a list elsewhere", () => {
    expect(bind("a IN (?)", [[1, 2]]).sql).toBe("a IN (1, 2)");
    expect(bind("a in ?", [["x"]]).sql).toBe("a in ('x')");
    expect(bind("a IN (?, ?)", [1, 2]).sql).toBe("a IN (1, 2)");
    expect(bind("unnest(?)", [new Float64Array([1.5])]).sql).toBe("unnest([1.5e0])");
    expect(bind("a NOT IN (?)", [[]]).sql).toBe("a NOT IN (SELECT NULL WHERE false)");
    expect(bind("f(?)", [[[1], [2]]]).sql).toBe("f([[1], [2]])");
  });

  it("hands long lists and texts back as tables", () => {
    const ids = Array.from({ length: 5000 }, (_, i) => `gene${i}`);
    const bound = bind("a IN (?) AND b = ?", [ids, "x".repeat(20_000)]);
    expect(bound.sql).toBe("a IN (SELECT value FROM list_0) AND b = (SELECT value FROM list_1)");
    expect(bound.lists.map(({ name, values }) => [name, values.length])).toEqual([
      ["list_0", 5000],
      ["list_1", 1],
    ]);
    expect(bind("f(?)", [ids]).sql).toBe("f((SELECT list(value) FROM list_0))");
  });

  it("needs as many values as there are placeholders", () => {
    expect(() => bind("SELECT ?, ?", [1])).toThrow("1 parameter for at least 2 placeholders: ?");
    expect(() => bind("SELECT $3", [1, 2])).toThrow("2 parameters for at least 3 placeholders: $3");
    expect(() => bind("SELECT $2", [1, 2])).toThrow("more parameters than placeholders: 2 for 1");
  });
});

describe("statementsOf", () => {
  it("finds statements, their first words and their ends", () => {
    const sql = ";; select 1 ;\n Install httpfs;";
    expect(statementsOf(sql, tokensOf(sql))).toEqual([
      { head: ["SELECT", "1"], start: 3, end: 12 },
      { head: ["INSTALL", "HTTPFS"], start: 15, end: 29 },
    ]);
    expect(statementsOf("", tokensOf(""))).toEqual([]);
  });
});
