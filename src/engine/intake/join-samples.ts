import { readError } from "../../base/errors.ts";
import { nearestName } from "../../base/check.ts";
import {
  column,
  columnNames,
  makeTable,
  takeRows,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { plainName } from "../experiment/gene-columns.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { ReportLine } from "../experiment/types.ts";
import type { Sheet } from "../readers/index.ts";
import { stripPattern } from "./check-options.ts";
import type { Join } from "./types.ts";

/** What joining gave: samples in the counts' order, and which rows no sample has. */
export interface JoinedSamples {
  readonly samples: Table;
  readonly report: readonly ReportLine[];
}

/**
 * Joins the sample sheet to the samples of the counts by id, in any order. The sheet's id column is the one asked for,
 * else the one that knows the most samples. Every sample of the counts must have one row: those without are named, with
 * the rows without counts, in a ReadError; surplus rows alone are a line in the report. Sheet columns replace those of the
 * same name.
 */
export function joinSamples(
  samples: Table,
  ids: readonly string[],
  sheet: Sheet,
  { join = "id", sampleId }: { readonly join?: Join; readonly sampleId?: string },
): JoinedSamples {
  const { file } = sheet;
  const plain = keyMaker(join);
  const keys = ids.map((id) => keyOf(plain, id, "the counts", file));
  checkUnique(keys, ids, file);
  const key = keyColumn(sheet, keys, plain, join, sampleId);
  const texts = sheet.text(key);
  const rowOf = new Map<string, number>();
  const wanted = new Set(keys);
  const surplus: string[] = [];
  texts.forEach((text, row) => {
    if (text === null) return;
    const value = plain(text);
    if (value === null || !wanted.has(value)) {
      surplus.push(text);
      return;
    }
    if (rowOf.has(value))
      throw readError(`sample stands twice in the sample sheet: ${text}`, {
        file,
        line: sheet.line(row) ?? undefined,
        column: sheet.names.indexOf(key) + 1,
        expected: "one row a sample",
      });
    rowOf.set(value, row);
  });
  const missing = ids.filter((_, i) => !rowOf.has(keys[i]));
  if (missing.length > 0) throw unmatched(missing, surplus, ids.length, key, sheet);
  const rows = keys.map((value) => rowOf.get(value)!);
  const same = texts.length > 0 && ids.every((id, i) => texts[rows[i]] === id);
  const joined: [string, Column][] = [];
  for (const name of sheet.names) {
    if (name === key && (same || name === "sample_id")) continue;
    joined.push([name === "sample_id" ? "sheet_sample_id" : name, sheet.typed(name)]);
  }
  const names = columnNames(samples);
  const taken = joined.length > 0 ? takeRows(makeTable(joined), rows) : null;
  const added = joined.map(([name]) => name).filter((name) => !names.includes(name));
  const columns = [...names, ...added].map((name) => {
    const from =
      name !== "sample_id" && taken !== null && joined.some(([j]) => j === name) ? taken : samples;
    return [name, column(from, name)] as const;
  });
  const report: ReportLine[] = [
    reportLine(
      "info",
      "samples-joined",
      `${plural(ids.length, "sample")} joined with ${file} by its column ${key}${join === "id" ? "" : ` (${describe(join)})`}.`,
      ids.length,
      ids[0],
    ),
  ];
  if (surplus.length > 0)
    report.push(
      reportLine(
        "warning",
        "samples-without-counts",
        `${file} lists ${plural(surplus.length, "sample")} that the counts do not have: ${firstFew(surplus, 10)}.`,
        surplus.length,
        surplus[0],
      ),
    );
  return { samples: makeTable(columns), report };
}

/** How a name becomes the key it is compared by; null where it has none. */
export function keyMaker(join: Join): (name: string) => string | null {
  if (join === "number")
    return (name) => {
      const number = /^\s*(\d+)/.exec(name)?.[1] ?? onlyNumber(name);
      return number === null ? null : String(Number(number));
    };
  if (typeof join === "object") {
    const pattern = stripPattern(join.strip);
    return (name) => name.replace(pattern, "").trim() || null;
  }
  return (name) => name.trim();
}

function onlyNumber(name: string): string | null {
  const runs = name.match(/\d+/g);
  return runs?.length === 1 ? runs[0] : null;
}

function keyOf(
  plain: (name: string) => string | null,
  id: string,
  where: string,
  file: string,
): string {
  const key = plain(id);
  if (key !== null) return key;
  throw readError(`nothing to join by in a name of ${where}: ${id}`, {
    file,
    help: 'join: "number" needs a number at the start, or one number, in every name; {strip} must leave something.',
  });
}

function checkUnique(keys: readonly string[], ids: readonly string[], file: string): void {
  const first = new Map<string, string>();
  keys.forEach((key, i) => {
    const other = first.get(key);
    if (other !== undefined && other !== ids[i])
      throw readError(`two samples of the counts are one to this join: ${other}, ${ids[i]}`, {
        file,
        help: `Both become ${key}.`,
      });
    first.set(key, ids[i]);
  });
}

export function keyColumn(
  sheet: Sheet,
  keys: readonly string[],
  plain: (name: string) => string | null,
  join: Join,
  asked: string | undefined,
): string {
  const { file, names } = sheet;
  if (asked !== undefined && names.includes(asked)) return asked;
  if (asked !== undefined) {
    const near = nearestName(asked, names);
    throw readError(`no such column (sampleId): ${asked}`, {
      file,
      expected: `one of ${firstFew(names, 20)}`,
      help: near === undefined ? undefined : `Did you mean ${near}?`,
    });
  }
  if (join === "title") {
    const title = names.find((name) =>
      ["title", "sampletitle", "geotitle"].includes(plainName(name)),
    );
    if (title !== undefined) return title;
    throw readError(`no title column: ${firstFew(names, 20)}`, {
      file,
      expected: "a column named title",
    });
  }
  const wanted = new Set(keys);
  let best = names.find((name) => ["sampleid", "sample"].includes(plainName(name))) ?? names[0];
  let most = -1;
  for (const name of [best, ...names]) {
    const found = new Set(sheet.text(name).map((text) => (text === null ? null : plain(text))));
    let n = 0;
    for (const key of found) if (key !== null && wanted.has(key)) ++n;
    if (n > most) {
      best = name;
      most = n;
    }
  }
  return best;
}

function unmatched(missing: string[], surplus: string[], n: number, key: string, sheet: Sheet) {
  const none = missing.length === n;
  const lead = none
    ? "the sample sheet knows none of the samples"
    : "samples without a row in the sample sheet";
  return readError(`${lead}: ${firstFew(missing, 20)}`, {
    file: sheet.file,
    column: sheet.names.indexOf(key) + 1,
    expected: `ids of the counts in column ${key}`,
    help: `${surplus.length > 0 ? `Rows of the sheet without counts: ${firstFew(surplus, 20)}. ` : ""}${
      none
        ? 'Name the id column with sampleId, or say how names are compared with join ("title", "number", {strip: /…/}); rows may be samples (orientation: "samples").'
        : "Ids must be spelt alike on both sides; to leave samples out, read without the sheet, filterSamples, then withSamples."
    }`,
  });
}

function describe(join: Join): string {
  return typeof join === "object" ? `without ${String(join.strip)}` : `by ${join}`;
}
