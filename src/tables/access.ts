import type { Table, Vector } from "apache-arrow";
import { DataType } from "apache-arrow";
import { argumentError } from "../base/errors.ts";
import { nearestName } from "../base/check.ts";

/** What a column holds, in the words of API.md's sample columns. */
export type ColumnKind = "string" | "factor" | "number" | "integer" | "boolean" | "date" | "other";

/** True for an Arrow table of any copy of the library: recognised by shape, never by instanceof. */
export function isTable(value: unknown): value is Table {
  if (typeof value !== "object" || value === null) return false;
  const t = value as Partial<Table>;
  return (
    typeof t.numRows === "number" &&
    typeof t.getChild === "function" &&
    typeof t.schema === "object" &&
    Array.isArray(t.schema?.fields)
  );
}

export function columnNames(table: Table): string[] {
  return table.schema.fields.map((f) => String(f.name));
}

/** The column of that name; an error that lists the table's columns where there is none. */
export function column(table: Table, name: string): Vector {
  const names = columnNames(table);
  const i = names.indexOf(name);
  if (i >= 0) return table.getChildAt(i)!;
  const near = nearestName(name, names);
  throw argumentError(`no such column: ${name}`, {
    help: `${near ? `Did you mean ${near}? ` : ""}Columns are ${names.slice(0, 30).join(", ")}${names.length > 30 ? "…" : ""}.`,
  });
}

export function hasColumn(table: Table, name: string): boolean {
  return table.schema.fields.some((f) => f.name === name);
}

export function columnKind(vector: Vector): ColumnKind {
  const type = vector.type;
  if (DataType.isDictionary(type)) return DataType.isUtf8(type.dictionary) ? "factor" : "other";
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return "string";
  if (DataType.isInt(type)) return "integer";
  if (DataType.isFloat(type) || DataType.isDecimal(type)) return "number";
  if (DataType.isBool(type)) return "boolean";
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return "date";
  return "other";
}

/** The column's values as strings, null where missing. Numbers and booleans are written out. */
export function strings(table: Table, name: string): (string | null)[] {
  const vector = column(table, name);
  const n = vector.length;
  const out = Array.from<string | null>({ length: n });
  const plain =
    vector.data.length === 1 && DataType.isDictionary(vector.type) ? codes(vector) : null;
  if (plain) {
    for (let i = 0; i < n; ++i) out[i] = plain.codes[i] < 0 ? null : plain.levels[plain.codes[i]];
    return out;
  }
  const ascii = asciiText(vector);
  if (ascii) {
    const { text, offsets } = ascii;
    for (let i = 0; i < n; ++i)
      out[i] =
        vector.nullCount > 0 && !vector.isValid(i)
          ? null
          : text.slice(offsets[i] - offsets[0], offsets[i + 1] - offsets[0]);
    return out;
  }
  if (vector.data.length === 1 && DataType.isUtf8(vector.type)) return plainStrings(vector);
  for (let i = 0; i < n; ++i) {
    const value: unknown = vector.get(i);
    out[i] = value === null || value === undefined ? null : String(value);
  }
  return out;
}

const shared = new WeakMap<Table, Map<string, readonly (string | null)[]>>();

/** What `strings` gives, made once a table and column and kept as long as the table lives; not to be changed. */
export function sharedStrings(table: Table, name: string): readonly (string | null)[] {
  let columns = shared.get(table);
  if (columns === undefined) shared.set(table, (columns = new Map()));
  let values = columns.get(name);
  if (values === undefined) columns.set(name, (values = strings(table, name)));
  return values;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A utf8 column of one chunk: decoded as one text where it is all ASCII, many times faster than row by row. */
function plainStrings(vector: Vector): (string | null)[] {
  const { values, valueOffsets } = vector.data[0] as {
    values: Uint8Array;
    valueOffsets: Int32Array;
  };
  const n = vector.length;
  const start = valueOffsets[0] ?? 0;
  const bytes = values.subarray(start, valueOffsets[n] ?? start);
  const text = decoder.decode(bytes);
  const ascii = text.length === bytes.length;
  return Array.from({ length: n }, (_, i) => {
    if (vector.nullCount > 0 && !vector.isValid(i)) return null;
    if (ascii) return text.slice(valueOffsets[i] - start, valueOffsets[i + 1] - start);
    return decoder.decode(values.subarray(valueOffsets[i], valueOffsets[i + 1]));
  });
}

/** All text of a one-chunk utf8 column decoded at once, where every character is one byte; else null. */
function asciiText(vector: Vector): { text: string; offsets: Int32Array } | null {
  if (vector.data.length !== 1 || !DataType.isUtf8(vector.type) || vector.length === 0) return null;
  const data = vector.data[0];
  const offsets = data.valueOffsets as Int32Array;
  if (offsets.length <= vector.length) return null;
  const from = offsets[0];
  const to = offsets[vector.length];
  const bytes = (data.values as Uint8Array).subarray(from, to);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return text.length === to - from && !text.includes("\ufffd") ? { text, offsets } : null;
}

/** The column's values as float64, NaN where missing; an error where the column is not numeric. */
export function numbers(table: Table, name: string): Float64Array {
  const vector = column(table, name);
  const kind = columnKind(vector);
  if (kind !== "number" && kind !== "integer")
    throw argumentError(`column is not numeric: ${name}`, {
      help: `It holds ${kind} values.`,
    });
  const n = vector.length;
  const out = new Float64Array(n);
  if (vector.data.length === 1 && !DataType.isDecimal(vector.type)) {
    const { values, nullBitmap, offset } = vector.data[0] as {
      values: ArrayLike<number | bigint>;
      nullBitmap: Uint8Array | null;
      offset: number;
    };
    if (typeof values[0] !== "bigint" && values.length >= n) {
      for (let i = 0; i < n; ++i) out[i] = values[i] as number;
      if (vector.nullCount > 0 && nullBitmap)
        for (let i = offset; i < offset + n; ++i)
          if (!(nullBitmap[i >> 3] & (1 << (i & 7)))) out[i - offset] = NaN;
      return out;
    }
  }
  for (let i = 0; i < n; ++i) {
    const value: unknown = vector.get(i);
    out[i] = value === null || value === undefined ? NaN : Number(value);
  }
  return out;
}

/** Codes and levels of a string or factor column; -1 where missing. Levels of a factor keep their order, a string's are in code-point order. */
export function levelsOf(table: Table, name: string): { codes: Int32Array; levels: string[] } {
  const vector = column(table, name);
  if (vector.data.length === 1 && DataType.isDictionary(vector.type)) return codes(vector);
  const values = strings(table, name);
  const numeric = columnKind(vector) === "number" || columnKind(vector) === "integer";
  const levels = [...new Set(values.filter((v): v is string => v !== null))];
  if (numeric) levels.sort((a, b) => Number(a) - Number(b));
  else levels.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const index = new Map(levels.map((level, i) => [level, i]));
  return { codes: Int32Array.from(values, (v) => (v === null ? -1 : index.get(v)!)), levels };
}

function codes(vector: Vector): { codes: Int32Array; levels: string[] } {
  const data = vector.data[0];
  const dictionary = data.dictionary as Vector;
  const levels = Array.from({ length: dictionary.length }, (_, i) => String(dictionary.get(i)));
  const keys = data.values as ArrayLike<number>;
  const out = new Int32Array(vector.length);
  for (let i = 0; i < out.length; ++i)
    out[i] = vector.nullCount && !vector.isValid(i) ? -1 : keys[i];
  return { codes: out, levels };
}

/** The rows as plain objects, in table order; missing is null. */
export function rows(table: Table): Record<string, unknown>[] {
  const names = columnNames(table);
  const vectors = names.map((_, j) => table.getChildAt(j)!);
  return Array.from({ length: table.numRows }, (_, i) => {
    const row: Record<string, unknown> = {};
    names.forEach((name, j) => (row[name] = vectors[j].get(i) ?? null));
    return row;
  });
}
