import { readError } from "../../base/errors.ts";
import {
  bool,
  factor,
  float64,
  makeTable,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { keys, type SampleColumn } from "./arrow-format.ts";

type Notes = ReadonlyMap<string, string>;

/**
 * The samples table of an Experiment file: `sample_id`, then the columns that `engrailed.samples` lists, in its order and
 * of its types; without that list, every annotation key as text in the order of appearance. An absent key is missing.
 */
export function sampleTable(
  ids: readonly string[],
  notes: readonly Notes[],
  listed: string | undefined,
  file: string,
): Table {
  const columns: [string, Column][] = [["sample_id", utf8(ids)]];
  for (const described of listed === undefined ? textColumns(notes) : parse(listed, file))
    if (described.name !== "sample_id")
      columns.push([described.name, annotation(described, ids, notes, file)]);
  return makeTable(columns);
}

function textColumns(notes: readonly Notes[]): SampleColumn[] {
  const names = new Set(notes.flatMap((pairs) => [...pairs.keys()]));
  return [...names]
    .filter((name) => !name.startsWith("engrailed.") && !name.startsWith("PARQUET:"))
    .map((name) => ({ name, type: "string" }));
}

function parse(listed: string, file: string): SampleColumn[] {
  const invalid = (what: string, cause?: unknown) =>
    readError(`invalid ${keys.samples}: ${what}`, {
      file,
      expected: "a JSON list of {name, type, levels}",
      cause,
    });
  let list: unknown;
  try {
    list = JSON.parse(listed);
  } catch (cause) {
    throw invalid(listed.slice(0, 80), cause);
  }
  if (!Array.isArray(list)) throw invalid(listed.slice(0, 80));
  const names = new Set<string>();
  for (const entry of list as Partial<SampleColumn>[]) {
    const shown = JSON.stringify(entry)?.slice(0, 80) ?? String(entry);
    if (typeof entry !== "object" || entry === null || typeof entry.name !== "string")
      throw invalid(shown);
    if (!["string", "number", "boolean", "factor"].includes(String(entry.type)))
      throw invalid(shown);
    const { levels } = entry;
    const needsLevels = entry.type === "factor";
    if (needsLevels && !(Array.isArray(levels) && levels.every((v) => typeof v === "string")))
      throw invalid(shown);
    if (names.has(entry.name)) throw invalid(`${entry.name} stands twice`);
    names.add(entry.name);
  }
  return list as SampleColumn[];
}

function annotation(
  { name, type, levels }: SampleColumn,
  ids: readonly string[],
  notes: readonly Notes[],
  file: string,
): Column {
  const texts = notes.map((pairs) => pairs.get(name) ?? null);
  const bad = (s: number, expected: string) =>
    readError(`invalid ${name} of sample ${ids[s]}: ${texts[s]}`, { file, expected });
  if (type === "number")
    return float64(
      texts.map((text, s) => {
        if (text === null) return null;
        const value = text.trim() === "" ? NaN : Number(text.replace(/^([+-]?)Inf$/, "$1Infinity"));
        if (Number.isNaN(value)) throw bad(s, "a number");
        return value;
      }),
    );
  if (type === "boolean")
    return bool(
      texts.map((text, s) => {
        if (text === null) return null;
        if (!/^(true|false)$/i.test(text)) throw bad(s, "true or false");
        return text.toLowerCase() === "true";
      }),
    );
  if (type === "string") return utf8(texts);
  const known = new Set(levels);
  texts.forEach((text, s) => {
    if (text !== null && !known.has(text))
      throw bad(s, `one of ${levels!.slice(0, 20).join(", ")}`);
  });
  return factor(texts, levels);
}
