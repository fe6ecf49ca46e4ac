import type { Table } from "apache-arrow";
import { bool, float64, int32, makeTable, utf8, type Column } from "./build.ts";

/**
 * An array of objects as a table: the columns are the keys in order of first appearance. A column of numbers
 * is int32 where all are whole and fit, else float64 (NaN is missing); of booleans bool; dates become ISO
 * strings; anything else utf8. null and undefined are missing; BigInts become numbers.
 */
export function fromRows(rows: readonly Readonly<Record<string, unknown>>[]): Table {
  const names = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) names.add(key);
  return makeTable([...names].map((name) => [name, columnOf(rows.map((row) => row[name]))]));
}

/** One column from any values, typed by what they are. */
export function columnOf(values: readonly unknown[]): Column {
  const present = values.filter((v) => v !== null && v !== undefined);
  if (present.length && present.every((v) => typeof v === "boolean"))
    return bool(values as (boolean | null)[]);
  if (present.length && present.every((v) => typeof v === "number" || typeof v === "bigint")) {
    const numbers = values.map((v) => (v === null || v === undefined ? null : Number(v)));
    const whole = numbers.every((v) => v === null || ((v | 0) === v && !Object.is(v, -0)));
    return whole ? int32(numbers) : float64(numbers);
  }
  return utf8(values.map((v) => (v === null || v === undefined ? null : written(v))));
}

function written(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value);
}
