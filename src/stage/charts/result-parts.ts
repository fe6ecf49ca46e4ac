import { argumentError } from "../../base/errors.ts";
import { isTable } from "../../tables/index.ts";
import { toSource, type ChartData, type Source } from "./source.ts";

/** Results of one contrast, and of one level where the fit had several. */
export interface ResultPart {
  readonly name: string;
  /** The contrast in words, where the table says. */
  readonly words: string | null;
  readonly source: Source;
  /** Its rows in the source. */
  readonly rows: Int32Array;
}

/** A results table, several below each other, a list of them, or tables by name. */
export type ResultsData = ChartData | Readonly<Record<string, ChartData>> | readonly ChartData[];

/** Takes results apart by contrast and level: the table's own columns, or one table a part. */
export function resultParts(where: string, data: unknown): ResultPart[] {
  if (isTable(data) || isRows(data)) return partsOf(toSource(where, data), "");
  if (Array.isArray(data))
    return data.flatMap((one, i) => partsOf(toSource(where, one), `${i + 1}`));
  if (typeof data === "object" && data !== null)
    return Object.entries(data).flatMap(([name, one]) => partsOf(toSource(where, one), name, true));
  throw argumentError(`${where}: not a results table: ${String(data)}`, {
    help: "Give it what fit.results() returns, a list of such tables, or {name: table}.",
  });
}

function isRows(data: unknown): boolean {
  return (
    Array.isArray(data) &&
    data.every(
      (row) => typeof row === "object" && row !== null && !isTable(row) && !Array.isArray(row),
    )
  );
}

function partsOf(source: Source, name: string, named = false): ResultPart[] {
  const by = source.metadata.get("by");
  const columns = [by, "contrast"].filter(
    (column): column is string => column !== undefined && source.has(column),
  );
  const words = source.metadata.get("contrast") ?? null;
  const all = Int32Array.from({ length: source.length }, (_, i) => i);
  if (!columns.length || !source.length) {
    const own = words?.split(/, |: positive/)[0];
    return [{ name: named ? name : (own ?? name), words, source, rows: all }];
  }
  const levels = columns.map((column) => source.strings(column));
  const rows = new Map<string, number[]>();
  for (let i = 0; i < source.length; ++i) {
    const key = levels.map((values) => values[i] ?? "").join(", ");
    const list = rows.get(key);
    if (list) list.push(i);
    else rows.set(key, [i]);
  }
  const keys = [...rows.keys()];
  return keys.map((key) => ({
    name: named && keys.length === 1 ? name : named ? `${name}, ${key}` : key,
    words: wordsOf(words, key, keys),
    source,
    rows: Int32Array.from(rows.get(key)!),
  }));
}

/** "a: words; b: words" -> the words of one. */
function wordsOf(text: string | null, key: string, keys: readonly string[]): string | null {
  if (text === null) return null;
  const start = text.startsWith(`${key}: `) ? 0 : text.indexOf(`; ${key}: `);
  if (start < 0)
    return keys.length === 1 || !keys.some((k) => text.startsWith(`${k}: `)) ? text : null;
  const from = start + key.length + (start === 0 && text.startsWith(`${key}: `) ? 2 : 4);
  const ends = keys.map((k) => text.indexOf(`; ${k}: `, from)).filter((at) => at >= 0);
  return text.slice(from, ends.length ? Math.min(...ends) : undefined);
}

/** The source with only some of its rows. */
export function takeSource(source: Source, rows: Int32Array, words: string | null): Source {
  const metadata = new Map(source.metadata);
  if (words) metadata.set("contrast", words);
  return {
    ...source,
    length: rows.length,
    metadata,
    strings(name) {
      const all = source.strings(name);
      return Array.from(rows, (row) => all[row]);
    },
    numbers(name) {
      const all = source.numbers(name);
      return Float64Array.from(rows, (row) => all[row]);
    },
    levels(name) {
      const { codes, levels } = source.levels(name);
      return { codes: Int32Array.from(rows, (row) => codes[row]), levels };
    },
    rows() {
      const all = source.rows();
      return Array.from(rows, (row) => all[row]);
    },
  };
}
