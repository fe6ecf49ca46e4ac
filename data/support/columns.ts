import type { Column } from "../../src/tables/index.ts";
import { float64, int32, utf8 } from "../../src/tables/index.ts";
import type { TextTable } from "./text-table.ts";

/** The column as utf8; an empty field is missing. */
export function textColumn(table: TextTable, name: string): Column {
  return utf8(table.column(name).map((v) => (v === "" ? null : v)));
}

/** The column as float64; an empty field is missing, one that is no number an error. */
export function numberColumn(table: TextTable, name: string): Column {
  return float64(table.column(name).map((v) => (v === "" ? null : number(v))));
}

/** The column as int32; an empty field is missing, one that is no whole number an error. */
export function integerColumn(table: TextTable, name: string): Column {
  return int32(table.column(name).map((v) => (v === "" ? null : number(v))));
}

/** The number that the text says, to the last bit; an error where it says none. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Error(`not a number: ${text}`);
  return value;
}
