import { utf8 } from "../../../tables/index.ts";
import { typedColumn } from "../delimited/typed-column.ts";
import type { Sheet } from "../types.ts";

/** A sample as GEO describes it: accession, title, source, and its characteristics as pairs in order. */
export interface GeoSample {
  readonly accession: string;
  title: string | null;
  source: string | null;
  organism: string | null;
  description: string | null;
  readonly characteristics: [string, string][];
}

export function newSample(accession: string): GeoSample {
  return {
    accession,
    title: null,
    source: null,
    organism: null,
    description: null,
    characteristics: [],
  };
}

const own = new Set(["sample_id", "title", "source", "organism", "description"]);

/**
 * "key: value" as a pair whose key is a column name (words joined by _); text without a key goes to "characteristics".
 * A key of that many words is a sentence, not a key.
 */
export function characteristic(text: string): [string, string] {
  const found = /^([^:]{1,60}?)\s*:\s+(.*)$/s.exec(text) ?? /^([^:\s]{1,40}):(\S.*)$/s.exec(text);
  if (found === null) return ["characteristics", text.trim()];
  return [columnName(found[1]), found[2].trim()];
}

export function columnName(tag: string): string {
  const name = tag
    .trim()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  if (name === "") return "characteristics";
  return own.has(name) ? `${name}_2` : name;
}

/**
 * The samples as a sheet: sample_id (the accession), title, source, organism, a column for each characteristic, and the
 * description. Columns in which nothing stands are left out. A characteristic that a sample has twice keeps both, cut by
 * a semicolon.
 */
export function geoSheet(samples: readonly GeoSample[], file: string): Sheet {
  const columns = new Map<string, (string | null)[]>();
  const column = (name: string) => {
    let values = columns.get(name);
    if (values === undefined)
      columns.set(
        name,
        (values = Array.from<string | null>({ length: samples.length }).fill(null)),
      );
    return values;
  };
  samples.forEach((sample, i) => {
    column("sample_id")[i] = sample.accession;
    for (const name of ["title", "source", "organism"] as const)
      column(name)[i] = sample[name] || null;
    for (const [name, value] of sample.characteristics) {
      const values = column(name);
      if (value !== "") values[i] = values[i] === null ? value : `${values[i]}; ${value}`;
    }
  });
  samples.forEach((sample, i) => {
    if (sample.description) column("description")[i] = sample.description;
  });
  const names = [...columns.keys()].filter((name) => columns.get(name)!.some((v) => v !== null));
  return {
    file,
    names,
    nRows: samples.length,
    text: (name) => columns.get(name) ?? [],
    typed: (name) =>
      own.has(name) ? utf8(columns.get(name)!) : typedColumn(columns.get(name) ?? []),
    line: () => null,
  };
}
