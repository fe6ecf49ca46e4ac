import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  columnNames,
  compareCodePoints,
  hasColumn,
  isTable,
  levelsOf,
  numbers,
  rows,
  strings,
  type ColumnKind,
  type Table,
} from "../../tables/index.ts";
import { formatNumber } from "./numbers.ts";

/** What a chart draws from: an Arrow table of any copy of the library, or an array of objects. */
export type ChartData = Table | readonly Readonly<Record<string, unknown>>[];

/** Column access that is the same for tables and arrays of objects; missing is null, or NaN among numbers. */
export interface Source {
  readonly length: number;
  readonly names: readonly string[];
  /** Schema metadata; empty for arrays. */
  readonly metadata: ReadonlyMap<string, string>;
  has(name: string): boolean;
  kind(name: string): ColumnKind;
  strings(name: string): (string | null)[];
  numbers(name: string): Float64Array;
  /** Codes (-1 missing) and levels: a factor's stated order, numbers by size, else code-point order. */
  levels(name: string): { codes: Int32Array; levels: string[] };
  /** Metadata of one field; empty for arrays. */
  notes(name: string): ReadonlyMap<string, string>;
  rows(): Record<string, unknown>[];
}

/** The data of a chart as a Source; an error that names the chart where it is neither table nor array of objects. */
export function toSource(where: string, data: unknown): Source {
  if (isTable(data)) return tableSource(data);
  if (Array.isArray(data) && data.every((d) => typeof d === "object" && d !== null))
    return arraySource(data as Record<string, unknown>[]);
  throw argumentError(`${where}: not a table: ${describe(data)}`, {
    help: "Give it an Arrow table, or an array of objects. A promise must be awaited first: name it in a cell of its own.",
  });
}

/** The column as a reader sees it in a tip: fractions in three digits, "–" where missing. */
export function shownColumn(source: Source, name: string): (row: number) => string {
  if (source.kind(name) === "number") {
    const values = source.numbers(name);
    return (row) => formatNumber(values[row]);
  }
  const texts = source.strings(name);
  return (row) => texts[row] ?? "–";
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "object") return value.constructor?.name ?? "object";
  return `${typeof value} ${String(value).slice(0, 40)}`;
}

function tableSource(table: Table): Source {
  return {
    length: table.numRows,
    names: columnNames(table),
    metadata: table.schema.metadata ?? new Map(),
    has: (name) => hasColumn(table, name),
    kind: (name) => columnKind(column(table, name)),
    strings: (name) => strings(table, name),
    numbers: (name) => numbers(table, name),
    levels: (name) => levelsOf(table, name),
    notes: (name) =>
      table.schema.fields.find((field) => field.name === name)?.metadata ?? new Map(),
    rows: () => rows(table),
  };
}

function arraySource(data: readonly Readonly<Record<string, unknown>>[]): Source {
  const names = [...new Set(data.flatMap((row) => Object.keys(row)))];
  const need = (name: string) => {
    if (names.includes(name) || data.length === 0) return;
    const near = nearestName(name, names);
    throw argumentError(`no such column: ${name}`, {
      help: `${near ? `Did you mean ${near}? ` : ""}Columns are ${names.slice(0, 30).join(", ")}.`,
    });
  };
  const kind = (name: string): ColumnKind => {
    need(name);
    const value = data.find((row) => row[name] !== null && row[name] !== undefined)?.[name];
    if (typeof value === "number" || typeof value === "bigint") return "number";
    if (typeof value === "boolean") return "boolean";
    if (value instanceof Date) return "date";
    return typeof value === "string" || value === undefined ? "string" : "other";
  };
  const text = (name: string) => {
    need(name);
    return data.map((row) => {
      const value = row[name];
      return value === null || value === undefined ? null : String(value);
    });
  };
  return {
    length: data.length,
    names,
    metadata: new Map(),
    has: (name) => names.includes(name),
    kind,
    strings: text,
    numbers(name) {
      const found = kind(name);
      if (found !== "number" && data.some((row) => row[name] !== null && row[name] !== undefined))
        throw argumentError(`column is not numeric: ${name}`, {
          help: `It holds ${found} values.`,
        });
      return Float64Array.from(data, (row) => {
        const value = row[name];
        return value === null || value === undefined ? NaN : Number(value);
      });
    },
    levels(name) {
      const values = text(name);
      const levels = [...new Set(values.filter((v): v is string => v !== null))];
      if (kind(name) === "number") levels.sort((a, b) => Number(a) - Number(b));
      else levels.sort(compareCodePoints);
      const index = new Map(levels.map((level, i) => [level, i]));
      return { codes: Int32Array.from(values, (v) => (v === null ? -1 : index.get(v)!)), levels };
    },
    notes: () => new Map(),
    rows: () => data.map((row) => ({ ...row })),
  };
}
