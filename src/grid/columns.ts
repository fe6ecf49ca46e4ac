import { argumentError } from "../base/errors.ts";
import { nearestName } from "../base/check.ts";
import {
  columnKind,
  columnNames,
  levelsOf,
  numbers,
  strings,
  type ColumnKind,
  type Table,
} from "../tables/index.ts";
import { formatP, isPColumn, numberFormat } from "./format-number.ts";

/** What makes a value's text in a cell; null and undefined never reach it. */
export type Format = (value: unknown) => string;

/** One column as the view knows it. Whole-column arrays are made when first asked for and kept. */
export interface GridColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The kind in a word or two for the header. */
  readonly typeName: string;
  /** Set to the right, in tabular figures. */
  readonly numeric: boolean;
  /** Width in px that fits the header and a sample of the values. */
  readonly width: number;
  /** The value of a row. */
  readonly value: (row: number) => unknown;
  /** The text of a row's cell; null where missing. */
  readonly text: (row: number) => string | null;
  /** Sort and filter key: the number, date (ms) or level code; NaN where missing. For plain text null. */
  readonly keys: () => Float64Array | null;
  /** The values in lower case for searching, null where missing; for factors and booleans by code. */
  readonly words: () => {
    readonly codes: Int32Array | null;
    readonly texts: readonly (string | null)[];
  };
}

const sampleSize = 200;
/** Px of one character at the view's size, a little generous, since the reader's font may be another. */
const capital = 9.2;
const figure = 8.4;
const small = 7.2;

/** The columns to show, in order; an error that lists the table's columns for a name that it lacks. */
export function gridColumns(
  table: Table,
  names: readonly string[] | undefined,
  formats: Readonly<Record<string, Format>>,
): GridColumn[] {
  const all = columnNames(table);
  for (const name of [...(names ?? []), ...Object.keys(formats)]) {
    if (all.includes(name)) continue;
    const near = nearestName(name, all);
    throw argumentError(`resultsTable: no such column: ${name}`, {
      help: `${near ? `Did you mean ${near}? ` : ""}Columns are ${all.slice(0, 30).join(", ")}${all.length > 30 ? "…" : ""}.`,
    });
  }
  return (names ?? all).map((name) => gridColumn(table, name, formats[name]));
}

function gridColumn(table: Table, name: string, format: Format | undefined): GridColumn {
  const vector = table.getChildAt(columnNames(table).indexOf(name))!;
  const kind = columnKind(vector);
  const n = table.numRows;
  const value = (row: number): unknown => vector.get(row) ?? null;
  const step = Math.max(1, Math.floor(n / sampleSize));
  const sample: unknown[] = [];
  for (let i = 0; i < n && sample.length < sampleSize; i += step) {
    const v = value(i);
    if (v !== null && !Number.isNaN(v)) sample.push(v);
  }
  const numeric = kind === "number" || kind === "integer";
  const write = format ?? defaultFormat(name, kind, sample);
  const text = (row: number): string | null => {
    const v = value(row);
    return v === null || Number.isNaN(v) ? null : String(write(v));
  };
  const factor = kind === "factor" ? once(() => levelsOf(table, name)) : null;
  const typeName = factor
    ? factor().levels.length === 1
      ? "1 level"
      : `${factor().levels.length.toLocaleString("en")} levels`
    : typeNames[kind];
  const widest = sample.reduce<number>((w, v) => Math.max(w, widthOf(String(write(v)))), 0);
  const header = Math.min(190, Math.max(widthOf(name) * 1.1 + 14, widthOf(typeName) * 0.85));
  const inside = Math.min(numeric ? 190 : 280, Math.max(widest, header, 82));
  return {
    name,
    kind,
    typeName,
    numeric,
    width: Math.round(inside + 26),
    value,
    text,
    keys: once(() => {
      if (numeric) return numbers(table, name);
      if (factor) return Float64Array.from(factor().codes, (code) => (code < 0 ? NaN : code));
      if (kind === "string" || kind === "other") return null;
      const out = new Float64Array(n);
      for (let i = 0; i < n; ++i) {
        const v = value(i);
        out[i] = v === null ? NaN : Number(v);
      }
      return out;
    }),
    words: once(() => {
      if (factor)
        return { codes: factor().codes, texts: factor().levels.map((s) => s.toLowerCase()) };
      if (kind === "string")
        return { codes: null, texts: strings(table, name).map((s) => s?.toLowerCase() ?? null) };
      return {
        codes: null,
        texts: Array.from(
          { length: n },
          (_, i) => text(i)?.toLowerCase().replace("−", "-") ?? null,
        ),
      };
    }),
  };
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text.slice(0, 60)) {
    if (character > "\u2e7f") width += 13;
    else if (/[A-Zmw%@]/.test(character)) width += capital;
    else width += /[0-9]/.test(character) ? figure : small;
  }
  return width;
}

const typeNames: Readonly<Record<ColumnKind, string>> = {
  string: "text",
  factor: "levels",
  number: "number",
  integer: "whole number",
  boolean: "true or false",
  date: "date",
  other: "list or object",
};

function defaultFormat(name: string, kind: ColumnKind, sample: readonly unknown[]): Format {
  if (kind === "number" || kind === "integer") {
    if (isPColumn(name)) return (value) => formatP(Number(value));
    const write = numberFormat(Float64Array.from(sample, Number));
    return (value) => write(Number(value));
  }
  if (kind === "date") {
    const dayOnly = sample.every((value) => Number(value) % 86_400_000 === 0);
    return (value) => dateText(Number(value), dayOnly);
  }
  if (kind === "other") return otherText;
  return String;
}

function dateText(ms: number, dayOnly: boolean): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const text = date.toISOString();
  return dayOnly ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}

function otherText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return `${value.length.toLocaleString("en")} bytes`;
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? Number(v) : v)) ?? "";
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
