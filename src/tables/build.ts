import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  Vector,
  DataType,
} from "apache-arrow";
import { argumentError } from "../base/errors.ts";

/** A column to put into a table: an Arrow vector of one chunk. */
export type Column = Vector;

const encoder = new TextEncoder();

/** Validity bits of `isValid(i)` for i < n, or null when all are valid; with the number of nulls. */
function validity(
  n: number,
  isValid: (i: number) => boolean,
): { nullBitmap: Uint8Array | null; nullCount: number } {
  let bits: Uint8Array | null = null;
  let nullCount = 0;
  for (let i = 0; i < n; ++i) {
    if (isValid(i)) continue;
    if (bits === null) {
      bits = new Uint8Array(Math.ceil(n / 64) * 8).fill(255);
    }
    bits[i >> 3] &= ~(1 << (i & 7));
    ++nullCount;
  }
  return { nullBitmap: bits, nullCount };
}

const allValid = { nullBitmap: null, nullCount: 0 } as const;

function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; ++i) if (values[i] !== values[i]) return true;
  return false;
}

function hasNegative(codes: Int32Array): boolean {
  for (let i = 0; i < codes.length; ++i) if (codes[i] < 0) return true;
  return false;
}

/** Rows of text that are encoded in one call. */
const textSlice = 1 << 14;

/**
 * The text of `vector` as a utf8 column that keeps nothing of its source: the bytes are copied, not decoded, where it is
 * one chunk without missing values, else made of `values`.
 */
export function ownText(vector: Vector, values: () => readonly (string | null)[]): Column {
  const [data] = vector.data;
  const offsets = data?.valueOffsets as Int32Array | undefined;
  if (
    vector.data.length !== 1 ||
    !DataType.isUtf8(vector.type) ||
    vector.nullCount > 0 ||
    data.offset !== 0 ||
    offsets === undefined ||
    offsets.length <= vector.length
  )
    return utf8(values());
  const from = offsets[0];
  const bytes = (data.values as Uint8Array).slice(from, offsets[vector.length]);
  return new Vector([
    makeData({
      type: new Utf8(),
      length: vector.length,
      nullCount: 0,
      valueOffsets: offsets.slice(0, vector.length + 1).map((offset) => offset - from),
      data: bytes,
    }),
  ]);
}

/** A utf8 column; null and undefined are missing. Text is encoded in runs: a call a row takes ten times as long. */
export function utf8(values: ArrayLike<string | null | undefined>): Column {
  const n = values.length;
  let length = 0;
  const offsets = new Int32Array(n + 1);
  let bytes = new Uint8Array(Math.max(64, n * 12));
  const room = (more: number) => {
    if (bytes.length >= length + more) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  for (let from = 0; from < n; from += textSlice) {
    const part = Array.prototype.slice.call(values, from, from + textSlice) as typeof values &
      readonly unknown[];
    const text = part.join("");
    room(text.length * 3);
    const { written } = encoder.encodeInto(text, bytes.subarray(length));
    const ascii = written === text.length;
    for (let i = 0; i < part.length; ++i) {
      const value = part[i] ?? "";
      if (ascii) length += value.length;
      else if (value !== "") length += encoder.encodeInto(value, bytes.subarray(length)).written;
      offsets[from + i + 1] = length;
    }
  }
  return new Vector([
    makeData({
      type: new Utf8(),
      length: n,
      valueOffsets: offsets,
      data: bytes.slice(0, length),
      ...validity(n, (i) => values[i] !== null && values[i] !== undefined),
    }),
  ]);
}

/** A float64 column; NaN is missing unless `keepNaN`. Infinities stay. Takes any array of numbers. */
export function float64(values: ArrayLike<number | null | undefined>): Column {
  const n = values.length;
  let data: Float64Array;
  if (values instanceof Float64Array) data = values;
  else {
    data = new Float64Array(n);
    for (let i = 0; i < n; ++i) data[i] = values[i] ?? NaN;
  }
  return new Vector([
    makeData({
      type: new Float64(),
      length: n,
      data,
      ...(hasNaN(data) ? validity(n, (i) => data[i] === data[i]) : allValid),
    }),
  ]);
}

/** An int32 column; null and undefined are missing. Values must be whole and within int32. */
export function int32(values: ArrayLike<number | null | undefined>): Column {
  const n = values.length;
  if (values instanceof Int32Array)
    return new Vector([
      makeData({ type: new Int32(), length: n, data: values, nullBitmap: null, nullCount: 0 }),
    ]);
  const data = new Int32Array(n);
  for (let i = 0; i < n; ++i) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    if ((value | 0) !== value) throw argumentError(`not a 32-bit whole number: ${value}`);
    data[i] = value;
  }
  return new Vector([
    makeData({
      type: new Int32(),
      length: n,
      data,
      ...validity(n, (i) => values[i] !== null && values[i] !== undefined),
    }),
  ]);
}

/** A boolean column; null and undefined are missing. */
export function bool(values: ArrayLike<boolean | null | undefined>): Column {
  const n = values.length;
  const data = new Uint8Array(Math.ceil(n / 64) * 8);
  for (let i = 0; i < n; ++i) if (values[i]) data[i >> 3] |= 1 << (i & 7);
  return new Vector([
    makeData({
      type: new Bool(),
      length: n,
      data,
      ...validity(n, (i) => values[i] !== null && values[i] !== undefined),
    }),
  ]);
}

let nextDictionary = 1;

/**
 * A dictionary-encoded utf8 column: row i is `levels[codes[i]]`; a negative code is missing. `levels` may be
 * an existing utf8 column, which is then shared and not copied.
 */
export function dictionary(codes: Int32Array, levels: readonly string[] | Column): Column {
  const dictionary = (levels instanceof Vector ? levels : utf8(levels as string[])) as Vector<Utf8>;
  const type = new Dictionary<Utf8, Int32>(new Utf8(), new Int32(), nextDictionary++);
  return new Vector([
    makeData({
      type,
      length: codes.length,
      data: codes,
      dictionary,
      ...(hasNegative(codes) ? validity(codes.length, (i) => codes[i] >= 0) : allValid),
    }),
  ]);
}

/** A factor of strings: levels in order of `levels` (default: code-point order of the values that occur). */
export function factor(
  values: readonly (string | null | undefined)[],
  levels?: readonly string[],
): Column {
  const all =
    levels ??
    [...new Set(values.filter((v): v is string => v !== null && v !== undefined))].sort(
      compareCodePoints,
    );
  const index = new Map(all.map((level, i) => [level, i]));
  const codes = Int32Array.from(values, (v) =>
    v === null || v === undefined ? -1 : (index.get(v) ?? -1),
  );
  return dictionary(codes, all);
}

/** Code-point order (never a locale's). */
export function compareCodePoints(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A table of one record batch from columns of equal length, in the order of the record. `metadata` goes to the
 * schema, `fieldMetadata` to the columns of those names. A column with no nulls is declared non-null.
 */
export function makeTable(
  columns: Readonly<Record<string, Column>> | readonly (readonly [string, Column])[],
  metadata?: Readonly<Record<string, string>>,
  fieldMetadata?: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Table {
  const entries = Array.isArray(columns)
    ? (columns as readonly (readonly [string, Column])[])
    : Object.entries(columns as Readonly<Record<string, Column>>);
  const length = entries.length ? entries[0][1].length : 0;
  const fields: Field[] = [];
  const children = [];
  for (const [name, column] of entries) {
    if (column.length !== length)
      throw argumentError(`column ${name} has ${column.length} rows, not ${length}: ${name}`);
    const extra = fieldMetadata?.[name];
    const notes = extra ? new Map(Object.entries(extra)) : null;
    fields.push(new Field(name, column.type as DataType, column.nullCount > 0, notes));
    children.push(oneChunk(column).data[0]);
  }
  const schema = new Schema(fields, metadata ? new Map(Object.entries(metadata)) : null);
  const data = makeData({
    type: new Struct(fields),
    length,
    nullCount: 0,
    nullBitmap: null,
    children,
  });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

/** The same column in one chunk. */
function oneChunk(column: Column): Column {
  if (column.data.length === 1) return column;
  throw argumentError(`a column must have one chunk: ${column.data.length}`);
}
