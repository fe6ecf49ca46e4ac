import { DataType, makeData, Vector, type Data, type DateDay, type Table } from "apache-arrow";
import { argumentError } from "../base/errors.ts";
import { columnKind, columnNames, strings } from "./access.ts";
import { bool, dictionary, float64, int32, makeTable, utf8, type Column } from "./build.ts";

/**
 * The rows of those indices, in that order, as a new table of one batch; index -1 gives a row of missing values. Schema metadata and field metadata stay, a
 * factor keeps all its levels in order, missing stays missing. Dates become ISO strings, 64-bit integers int32 or
 * float64; a column that is none of string, factor, number, integer, boolean or date is an error. With `all`, dates stay dates
 * and such a column becomes JSON text, so that any table can be taken.
 */
export function takeRows(
  table: Table,
  indices: ArrayLike<number>,
  { all = false }: { readonly all?: boolean } = {},
): Table {
  const columns = columnNames(table).map((name, j) => {
    const vector = table.getChildAt(j)!;
    const other = all ? takeOther(vector, indices) : null;
    return [name, other ?? takeColumn(table, name, vector, indices)] as const;
  });
  const notes: Record<string, Record<string, string>> = {};
  for (const field of table.schema.fields)
    if (field.metadata.size > 0) notes[field.name] = Object.fromEntries(field.metadata);
  return makeTable(columns, Object.fromEntries(table.schema.metadata), notes);
}

function takeColumn(
  table: Table,
  name: string,
  vector: Vector,
  indices: ArrayLike<number>,
): Column {
  const n = indices.length;
  const kind = columnKind(vector);
  if (kind === "factor" && vector.data.length === 1) {
    const data = vector.data[0];
    const keys = data.values as ArrayLike<number>;
    const codes = new Int32Array(n);
    for (let i = 0; i < n; ++i)
      codes[i] =
        indices[i] < 0 || (vector.nullCount > 0 && !vector.isValid(indices[i]))
          ? -1
          : keys[indices[i]];
    return dictionary(codes, data.dictionary as Column);
  }
  if (kind === "string" || kind === "factor") {
    const values = strings(table, name);
    return utf8(Array.from({ length: n }, (_, i) => values[indices[i]]));
  }
  const at = (i: number): unknown => (indices[i] < 0 ? null : vector.get(indices[i]));
  if (kind === "boolean") return bool(Array.from({ length: n }, (_, i) => at(i) as boolean | null));
  if (kind === "number" || kind === "integer") return takeNumbers(vector, indices);
  if (kind === "date")
    return utf8(
      Array.from({ length: n }, (_, i) => {
        const value = at(i);
        return value === null || value === undefined
          ? null
          : new Date(value as number | Date).toISOString();
      }),
    );
  throw argumentError(`column can't be used here: ${name}`, {
    help: `It holds ${String(vector.type)}; leave it out or turn it into text or numbers.`,
  });
}

function takeNumbers(vector: Vector, indices: ArrayLike<number>): Column {
  const n = indices.length;
  const values = new Float64Array(n);
  const scale = DataType.isDecimal(vector.type) ? 10 ** -vector.type.scale : 1;
  let fits = columnKind(vector) === "integer";
  for (let i = 0; i < n; ++i) {
    const value: unknown = indices[i] < 0 ? null : vector.get(indices[i]);
    values[i] = value === null || value === undefined ? NaN : Number(value) * scale;
    if (values[i] === values[i] && (values[i] | 0) !== values[i]) fits = false;
  }
  if (!fits) return float64(values);
  return int32(Array.from(values, (v) => (v === v ? v : null)));
}

/** Dates as they are, lists and the like as JSON text; null for the kinds that takeColumn knows. */
function takeOther(vector: Vector, indices: ArrayLike<number>): Column | null {
  const kind = columnKind(vector);
  if (kind === "date") return vector.data.length === 1 ? takeDates(vector.data[0], indices) : null;
  if (kind !== "other") return null;
  const text = (_: string, v: unknown) => (typeof v === "bigint" ? Number(v) : v);
  return utf8(
    Array.from(indices, (i) => {
      const value: unknown = i < 0 ? null : vector.get(i);
      return value === null || value === undefined ? null : (JSON.stringify(value, text) ?? null);
    }),
  );
}

function takeDates(data: Data, indices: ArrayLike<number>): Column {
  const values = data.values as Int32Array | BigInt64Array;
  const step = values.length / data.length;
  const picked = new (values.constructor as Int32ArrayConstructor)(indices.length * step);
  const bits = new Uint8Array(Math.ceil(indices.length / 64) * 8);
  let nullCount = 0;
  for (let k = 0; k < indices.length; ++k) {
    const i = indices[k];
    if (i < 0 || (data.nullCount > 0 && !data.getValid(i))) ++nullCount;
    else {
      bits[k >> 3] |= 1 << (k & 7);
      for (let j = 0; j < step; ++j) picked[k * step + j] = (values as Int32Array)[i * step + j];
    }
  }
  return new Vector([
    makeData({
      type: data.type as DateDay,
      length: indices.length,
      data: picked as Int32Array,
      nullCount,
      nullBitmap: nullCount ? bits : null,
    }),
  ]) as Column;
}
