import { queryError } from "../../base/errors.ts";
import {
  dictionary,
  makeTable,
  numbers,
  strings,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { quoteName } from "./quote.ts";

/** A SELECT whose ENUM columns come as codes, since DuckDB's streamed results leave the words of ENUMs out. */
export interface EnumPlan {
  readonly sql: string;
  /** Puts the words back: the result in the columns of the original query. */
  readonly restore: (result: Table) => Table;
}

const starts = new Set(["SELECT", "FROM", "WITH", "VALUES", "TABLE", "PIVOT", "UNPIVOT", "("]);

/** True for a statement that only reads, which may be described and wrapped. */
export function isSelect(head: string, sql: string): boolean {
  if (!starts.has(head)) return false;
  return head !== "WITH" || !/\b(?:insert|update|delete|merge)\b/i.test(sql);
}

/**
 * How to run a SELECT so that its ENUM columns arrive, given what DESCRIBE says of it; null where it has none. ENUMs become factors with
 * all levels in order; lists of ENUMs lists of text.
 */
export function planEnums(sql: string, described: Table): EnumPlan | null {
  const types = strings(described, "column_type") as string[];
  if (!types.some((type) => type.includes("ENUM("))) return null;
  const names = strings(described, "column_name") as string[];
  const columns = types.map((type, j) => {
    const levels = enumLevels(type);
    if (levels) return { text: `enum_code(c${j})`, levels };
    if (!type.includes("ENUM(")) return { text: `c${j}`, levels: null };
    const suffix = /^ENUM\(.*\)((?:\[\d*\])+)$/s.exec(type)?.[1];
    if (!suffix || !/^(?:\[\d*\])+$/.test(suffix))
      throw queryError(`an ENUM inside another type can't be read: ${names[j]}`, {
        sql,
        help: "Cast it to VARCHAR in the query.",
      });
    return { text: `c${j}::VARCHAR${suffix}`, levels: null };
  });
  const list = columns.map(({ text }, j) => `${text} AS ${quoteName(`c${j}`)}`).join(", ");
  const aliases = columns.map((_, j) => `c${j}`).join(", ");
  return {
    sql: `SELECT ${list} FROM (\n${sql}\n) AS engrailed_result(${aliases})`,
    restore(result) {
      const taken = new Set<string>();
      return makeTable(
        columns.map(({ levels }, j): [string, Column] => {
          const name = freeName(names[j], taken);
          if (!levels) return [name, result.getChildAt(j)! as Column];
          const codes = Int32Array.from(numbers(result, `c${j}`), (v) => (v === v ? v : -1));
          return [name, dictionary(codes, levels)];
        }),
      );
    },
  };
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let k = 1; taken.has(free); ++k) free = `${name}_${k}`;
  taken.add(free);
  return free;
}

const known = new Map<string, Column>();

/** The levels of DuckDB's `ENUM('a', 'b''c')`; null for any other type. The last few are kept, since gene ids are long lists. */
function enumLevels(type: string): Column | null {
  const seen = known.get(type);
  if (seen) return seen;
  if (!type.startsWith("ENUM('") || !type.endsWith("')")) return null;
  const levels: string[] = [];
  const pattern = /'((?:[^']|'')*)'(?:, |\))/y;
  pattern.lastIndex = 5;
  for (let match = pattern.exec(type); match; match = pattern.exec(type)) {
    levels.push(match[1].replaceAll("''", "'"));
    if (pattern.lastIndex === type.length) {
      const column = utf8(levels);
      if (known.size >= 8) known.delete(known.keys().next().value as string);
      known.set(type, column);
      return column;
    }
  }
  return null;
}
