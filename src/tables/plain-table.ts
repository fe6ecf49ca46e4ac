import {
  Binary,
  DataType,
  DateDay,
  Field,
  Int32,
  List,
  makeData,
  Struct,
  TimestampMillisecond,
  TimeUnit,
  Utf8,
  Vector,
  type Data,
  type Table,
} from "apache-arrow";
import { workError } from "../base/errors.ts";
import { bool, dictionary, float64, makeTable, utf8, type Column } from "./build.ts";

/**
 * The same rows in one record batch and in the few types that readers meet. Integers of up to 32 bits are int32
 * (uint32 float64 where one does not fit); 64-bit integers, decimals, 128-bit integers and floats are float64 with
 * NaN as missing; timestamps are in milliseconds (infinite ones missing), dates stay, dictionaries of strings keep
 * their levels; times of day, intervals, maps and unions are text; lists and structs stay, with the same done inside.
 * A second column of the same name gets a number. No value read from the result is a BigInt.
 */
export function plainTable(table: Table): Table {
  const taken = new Set<string>();
  const columns = table.schema.fields.map((field, j): [string, Column] => {
    const chunks = table.batches.map((batch) => batch.data.children[j]);
    return [freeName(String(field.name), taken), plainColumn(chunks, field.type)];
  });
  return makeTable(columns);
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let k = 1; taken.has(free); ++k) free = `${name}_${k}`;
  taken.add(free);
  return free;
}

function plainColumn(all: readonly Data[], type: DataType): Column {
  if (DataType.isDictionary(type) && DataType.isUtf8(type.dictionary)) return factorColumn(all);
  // A chunk of no rows may come without buffers.
  const chunks = all.filter((chunk) => chunk.length > 0);
  if (DataType.isDictionary(type)) return bytesColumn(chunks.map(decoded), new Utf8());
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return bytesColumn(chunks, new Utf8());
  if (DataType.isBinary(type) || DataType.isLargeBinary(type))
    return bytesColumn(chunks, new Binary());
  if (DataType.isInt(type)) {
    if (type.bitWidth === 64) return numberColumn(chunks, type.isSigned ? signed64 : unsigned64);
    return integerColumn(chunks);
  }
  if (DataType.isFloat(type))
    return numberColumn(chunks, type.precision === 0 ? throughGet : plainNumbers);
  if (DataType.isDecimal(type)) return numberColumn(chunks, decimals(type.scale));
  if (DataType.isFixedSizeBinary(type) && type.byteWidth === 16)
    return numberColumn(chunks, unsigned128);
  if (DataType.isBool(type)) return booleanColumn(chunks);
  if (DataType.isDate(type) && type.unit === 0) return dayColumn(chunks);
  if (DataType.isTimestamp(type)) return timestampColumn(chunks, type.unit);
  if (DataType.isTime(type)) return textColumn(chunks, timeText(type.unit));
  if (DataType.isInterval(type)) return textColumn(chunks, intervalText(type.unit));
  if (DataType.isList(type)) return listColumn(chunks, type.children[0]);
  if (DataType.isFixedSizeList(type)) return listColumn(chunks, type.children[0], type.listSize);
  if (DataType.isStruct(type)) return structColumn(chunks, type.children);
  return textColumn(chunks, jsonText);
}

function lengthOf(chunks: readonly Data[]): number {
  return chunks.reduce((n, chunk) => n + chunk.length, 0);
}

function isValid(chunk: Data, i: number): boolean {
  return chunk.nullCount === 0 || chunk.getValid(i);
}

/** Validity of the chunks as one bitmap; null where every value is there. */
function joinValidity(chunks: readonly Data[]): {
  nullBitmap: Uint8Array | null;
  nullCount: number;
} {
  const nullCount = chunks.reduce((n, chunk) => n + chunk.nullCount, 0);
  if (nullCount === 0) return { nullBitmap: null, nullCount };
  const nullBitmap = new Uint8Array(Math.ceil(lengthOf(chunks) / 64) * 8);
  let at = 0;
  for (const chunk of chunks)
    for (let i = 0; i < chunk.length; ++i, ++at)
      if (isValid(chunk, i)) nullBitmap[at >> 3] |= 1 << (at & 7);
  return { nullBitmap, nullCount };
}

type Fill = (chunk: Data, out: Float64Array) => void;

function numberColumn(chunks: readonly Data[], fill: Fill): Column {
  const data = new Float64Array(lengthOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    const part = data.subarray(at, at + chunk.length);
    fill(chunk, part);
    if (chunk.nullCount > 0)
      for (let i = 0; i < chunk.length; ++i) if (!chunk.getValid(i)) part[i] = NaN;
    at += chunk.length;
  }
  return float64(data);
}

const plainNumbers: Fill = (chunk, out) => {
  const values = chunk.values as ArrayLike<number>;
  for (let i = 0; i < out.length; ++i) out[i] = values[i];
};

const throughGet: Fill = (chunk, out) => {
  const vector = new Vector([chunk]);
  for (let i = 0; i < out.length; ++i) out[i] = Number(vector.get(i) ?? NaN);
};

/** The bytes of fixed-width values as 32-bit words. */
function words(chunk: Data): Uint32Array {
  const { buffer, byteOffset, byteLength } = chunk.values as Uint8Array;
  if (byteOffset % 4 === 0) return new Uint32Array(buffer, byteOffset, byteLength >> 2);
  return new Uint32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

const signed64: Fill = (chunk, out) => {
  const w = words(chunk);
  for (let i = 0; i < out.length; ++i) out[i] = (w[2 * i + 1] | 0) * 4294967296 + w[2 * i];
};

const unsigned64: Fill = (chunk, out) => {
  const w = words(chunk);
  for (let i = 0; i < out.length; ++i) out[i] = w[2 * i + 1] * 4294967296 + w[2 * i];
};

const unsigned128: Fill = (chunk, out) => {
  const w = words(chunk);
  for (let i = 0; i < out.length; ++i) out[i] = Number(bigUnsigned(w, 4 * i));
};

function bigUnsigned(w: Uint32Array, at: number): bigint {
  return (
    (BigInt(w[at + 3]) << 96n) |
    (BigInt(w[at + 2]) << 64n) |
    (BigInt(w[at + 1]) << 32n) |
    BigInt(w[at])
  );
}

/** 128-bit two's complement over a power of ten, rounded once. */
function decimals(scale: number): Fill {
  const divisor = 10 ** scale;
  return (chunk, out) => {
    const w = words(chunk);
    for (let i = 0; i < out.length; ++i) {
      const at = 4 * i;
      const high = w[at + 1] | 0;
      const sign = high < 0 ? 0xffffffff : 0;
      const near = high * 4294967296 + w[at];
      const small = w[at + 3] === sign && w[at + 2] === sign && Math.abs(near) <= 2 ** 53;
      if (small && scale <= 22) out[i] = near / divisor;
      else {
        const big = BigInt.asIntN(128, bigUnsigned(w, at));
        out[i] = Number(`${big}e-${scale}`);
      }
    }
  };
}

function integerColumn(chunks: readonly Data[]): Column {
  const data = new Int32Array(lengthOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    const values = chunk.values as ArrayLike<number>;
    for (let i = 0; i < chunk.length; ++i) {
      if (values[i] > 2147483647 && isValid(chunk, i)) return numberColumn(chunks, plainNumbers);
      data[at++] = values[i];
    }
  }
  return fixedColumn(chunks, new Int32(), data);
}

function fixedColumn(chunks: readonly Data[], type: DataType, data: unknown): Column {
  return new Vector([
    makeData({
      type: type as Int32,
      length: lengthOf(chunks),
      data: data as Int32Array,
      ...joinValidity(chunks),
    }),
  ]);
}

function dayColumn(chunks: readonly Data[]): Column {
  const data = new Int32Array(lengthOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    data.set((chunk.values as Int32Array).subarray(0, chunk.length), at);
    at += chunk.length;
  }
  return fixedColumn(chunks, new DateDay(), data);
}

function timestampColumn(chunks: readonly Data[], unit: TimeUnit): Column {
  const length = lengthOf(chunks);
  const data = new BigInt64Array(length);
  const bits = new Uint8Array(Math.ceil(length / 64) * 8);
  const perSecond = [1, 1e3, 1e6, 1e9][unit];
  const part = new Float64Array(1);
  let nullCount = 0;
  let at = 0;
  for (const chunk of chunks) {
    const values = chunk.values as BigInt64Array;
    for (let i = 0; i < chunk.length; ++i, ++at) {
      part[0] = Math.floor((Number(values[i]) / perSecond) * 1000);
      // Beyond what a JavaScript Date can hold are DuckDB's infinities.
      if (!isValid(chunk, i) || Math.abs(part[0]) > 8.64e15) ++nullCount;
      else {
        bits[at >> 3] |= 1 << (at & 7);
        data[at] = BigInt(part[0]);
      }
    }
  }
  return new Vector([
    makeData({
      type: new TimestampMillisecond(),
      length,
      data,
      nullBitmap: nullCount ? bits : null,
      nullCount,
    }),
  ]);
}

function booleanColumn(chunks: readonly Data[]): Column {
  if (chunks.length === 0) return bool([]);
  const vector = new Vector(chunks as Data[]);
  return bool(Array.from({ length: vector.length }, (_, i) => vector.get(i) as boolean | null));
}

function bytesColumn(chunks: readonly Data[], type: Utf8 | Binary): Column {
  const length = lengthOf(chunks);
  const valueOffsets = new Int32Array(length + 1);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let at = 0;
  for (const chunk of chunks) {
    const offsets = chunk.valueOffsets as Int32Array | BigInt64Array;
    if (chunk.length === 0) continue;
    const start = Number(offsets[0]);
    for (let i = 1; i <= chunk.length; ++i)
      valueOffsets[++at] = bytes + (Number(offsets[i]) - start);
    const part = (chunk.values as Uint8Array).subarray(start, Number(offsets[chunk.length]));
    parts.push(part);
    bytes += part.length;
  }
  const data = new Uint8Array(bytes);
  let offset = 0;
  for (const part of parts) {
    data.set(part, offset);
    offset += part.length;
  }
  return new Vector([
    makeData({ type: type as Utf8, length, valueOffsets, data, ...joinValidity(chunks) }),
  ]);
}

function factorColumn(chunks: readonly Data[]): Column {
  const codes = new Int32Array(lengthOf(chunks));
  const levels: string[] = [];
  const index = new Map<string, number>();
  const maps = new Map<unknown, Int32Array>();
  let at = 0;
  for (const chunk of chunks) {
    const words = chunk.dictionary as Vector<Utf8> | undefined;
    if (!words) throw workError("a dictionary column came without its words");
    let map = maps.get(words);
    if (!map) {
      map = Int32Array.from({ length: words.length }, (_, k) => {
        const level = String(words.get(k));
        let code = index.get(level);
        if (code === undefined) {
          code = levels.push(level) - 1;
          index.set(level, code);
        }
        return code;
      });
      maps.set(words, map);
    }
    const keys = chunk.values as ArrayLike<number>;
    for (let i = 0; i < chunk.length; ++i, ++at) {
      if (!isValid(chunk, i)) codes[at] = -1;
      else if (keys[i] < map.length) codes[at] = map[keys[i]];
      else throw workError("a dictionary column came without its words");
    }
  }
  return dictionary(codes, levels);
}

/** A dictionary of something other than strings, as the values themselves, in text. */
function decoded(chunk: Data): Data {
  const vector = new Vector([chunk]);
  return utf8(Array.from({ length: chunk.length }, (_, i) => jsonText(vector.get(i)))).data[0];
}

function listColumn(chunks: readonly Data[], field: Field, size?: number): Column {
  const valueOffsets = new Int32Array(lengthOf(chunks) + 1);
  const children: Data[] = [];
  let at = 0;
  for (const chunk of chunks) {
    const offset =
      size === undefined ? (i: number) => chunk.valueOffsets[i] : (i: number) => i * size;
    const start = offset(0);
    for (let i = 0; i < chunk.length; ++i, ++at)
      valueOffsets[at + 1] = valueOffsets[at] + offset(i + 1) - offset(i);
    children.push(chunk.children[0].slice(start, offset(chunk.length) - start));
  }
  const child = plainColumn(children, field.type).data[0];
  const type = new List(new Field(String(field.name), child.type as DataType, true));
  return new Vector([
    makeData({ type, length: lengthOf(chunks), valueOffsets, child, ...joinValidity(chunks) }),
  ]);
}

function structColumn(chunks: readonly Data[], fields: readonly Field[]): Column {
  const children = fields.map(
    (field, j) =>
      plainColumn(
        chunks.map((chunk) => chunk.children[j]),
        field.type,
      ).data[0],
  );
  const type = new Struct(
    fields.map((field, j) => new Field(String(field.name), children[j].type as DataType, true)),
  );
  return new Vector([
    makeData({ type, length: lengthOf(chunks), children, ...joinValidity(chunks) }),
  ]) as Column;
}

function textColumn(
  chunks: readonly Data[],
  text: (value: unknown, i: number, chunk: Data) => string,
): Column {
  const out: (string | null)[] = [];
  for (const chunk of chunks) {
    const vector = new Vector([chunk]);
    for (let i = 0; i < chunk.length; ++i)
      out.push(isValid(chunk, i) ? text(vector.get(i), i, chunk) : null);
  }
  return utf8(out);
}

function timeText(unit: TimeUnit): (value: unknown) => string {
  const perSecond = [1, 1e3, 1e6, 1e9][unit];
  return (value) => clock(Number(value) / perSecond);
}

function clock(seconds: number): string {
  const s = Math.abs(seconds);
  const whole = Math.floor(s);
  const two = (x: number) => String(x).padStart(2, "0");
  const rest = Math.round((s - whole) * 1e6);
  const fraction = rest ? `.${String(rest).padStart(6, "0").replace(/0+$/, "")}` : "";
  return `${seconds < 0 ? "-" : ""}${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${fraction}`;
}

/** Months, days and nanoseconds as DuckDB writes them: "1 month 2 days 00:00:03". */
function intervalText(unit: number): (value: unknown, i: number, chunk: Data) => string {
  return (value, i, chunk) => {
    if (unit !== 2) return Array.from(value as Iterable<number>).join(" ");
    const view = chunk.values as Int32Array;
    const [months, days, low, high] = view.subarray(4 * i, 4 * i + 4);
    const seconds = (high * 4294967296 + (low >>> 0)) / 1e9;
    const parts = [];
    if (months) parts.push(`${months} month${Math.abs(months) === 1 ? "" : "s"}`);
    if (days) parts.push(`${days} day${Math.abs(days) === 1 ? "" : "s"}`);
    if (seconds || parts.length === 0) parts.push(clock(seconds));
    return parts.join(" ");
  };
}

function jsonText(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? Number(v) : v)) ?? "";
}
