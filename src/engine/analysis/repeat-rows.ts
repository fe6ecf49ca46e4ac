import {
  bool,
  column,
  columnKind,
  dictionary,
  float64,
  levelsOf,
  numbers,
  type Column,
  type Table,
} from "../../tables/index.ts";

/** A table's column read at `rows` again and again, `times` times over: text as a factor, numbers as float64. */
export function repeatRows(table: Table, name: string, rows: Int32Array, times: number): Column {
  const vector = column(table, name);
  const kind = columnKind(vector);
  const n = rows.length;
  if (kind === "boolean") {
    const values = Array.from(rows, (row) => vector.get(row) as boolean | null);
    return bool(Array.from({ length: n * times }, (_, i) => values[i % n]));
  }
  if (kind === "number" || kind === "integer") {
    const values = numbers(table, name);
    return float64(
      tiled(
        new Float64Array(n * times),
        Float64Array.from(rows, (r) => values[r]),
      ),
    );
  }
  const { codes, levels } = levelsOf(table, name);
  return dictionary(
    tiled(
      new Int32Array(n * times),
      Int32Array.from(rows, (r) => codes[r]),
    ),
    levels,
  );
}

/** `out` filled with `pattern` over and over. */
export function tiled<T extends Int32Array | Float64Array>(out: T, pattern: T): T {
  if (pattern.length === 0) return out;
  out.set(pattern);
  for (let filled = pattern.length; filled < out.length; filled *= 2)
    out.copyWithin(filled, 0, Math.min(filled, out.length - filled));
  return out;
}
