import type { Table } from "apache-arrow";
import { columnKind, columnNames } from "./access.ts";

/** What a table is written with as CSV. */
export interface CsvOptions {
  /** Row numbers to write, in this order; all rows when absent. */
  readonly rows?: ArrayLike<number>;
  /** Column names to write, in this order; all columns when absent. */
  readonly columns?: readonly string[];
  /** Whether to begin with the line of names; true when absent. */
  readonly header?: boolean;
}

/**
 * The table as CSV text of RFC 4180 with LF: a header line, then a line for every row; fields with a comma, quote or
 * line break are quoted. Numbers have full double precision (they read back equal), missing is empty, infinities
 * are Inf and -Inf, dates are ISO 8601. An empty string is written as "" to tell it from missing.
 */
export function tableToCsv(
  table: Table,
  { rows, columns, header = true }: CsvOptions = {},
): string {
  const names = columnNames(table);
  const chosen = columns
    ? columns.map((name) => names.indexOf(name)).filter((j) => j >= 0)
    : names.map((_, j) => j);
  const vectors = chosen.map((j) => {
    const vector = table.getChildAt(j)!;
    return { vector, date: columnKind(vector) === "date" };
  });
  const lines = header ? [chosen.map((j) => field(names[j])).join(",")] : [];
  const n = rows ? rows.length : table.numRows;
  for (let k = 0; k < n; ++k) {
    const i = rows ? rows[k] : k;
    lines.push(vectors.map(({ vector, date }) => written(vector.get(i), date)).join(","));
  }
  return lines.length ? `${lines.join("\n")}\n` : "";
}

function written(value: unknown, date: boolean): string {
  if (value === null || value === undefined) return "";
  if (date) return isoDate(value);
  if (typeof value === "number") {
    if (Number.isNaN(value)) return "";
    if (value === Infinity) return "Inf";
    if (value === -Infinity) return "-Inf";
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (typeof value === "string") return value === "" ? '""' : field(value);
  if (typeof value === "object") return field(jsonText(value));
  return String(value);
}

function isoDate(value: unknown): string {
  const date = value instanceof Date ? value : new Date(Number(value));
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}

function jsonText(value: object): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v)) ?? "";
}

function field(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
