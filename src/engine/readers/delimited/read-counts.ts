import { readError } from "../../../base/errors.ts";
import type { CallOptions } from "../../../base/progress.ts";
import { makeTable, utf8, type Column } from "../../../tables/index.ts";
import type { ByteSource } from "../../bytes/index.ts";
import { firstFew, plural, reportLine } from "../../experiment/report-line.ts";
import { columnsToRows } from "../../experiment/transpose.ts";
import type { ReportLine } from "../../experiment/types.ts";
import { summaryRow } from "../quantified/summary-row.ts";
import type { Place, ReadOptions, ReadParts } from "../types.ts";
import { assignColumns, type ColumnRoles } from "./assign-columns.ts";
import { finish, newCounts, reserve, widen } from "./counts-builder.ts";
import { fieldText } from "./field-text.ts";
import { isText } from "./is-text.ts";
import { isMissing } from "./missing.ts";
import { openDelimited, type Delimited } from "./open-delimited.ts";
import { parseNumber } from "./parse-number.ts";
import { notPlain, plainRow } from "./plain-row.ts";
import type { RecordView } from "./scan-record.ts";
import { typedColumn } from "./typed-column.ts";

/**
 * A delimited counts table: rows genes (default) or samples. Streams the text; every value must be a finite number, and
 * with kind "counts" a whole one from 0: else a ReadError with line and field. Ids may repeat here.
 */
export async function readCounts(
  source: ByteSource,
  options: ReadOptions,
  call: CallOptions = {},
): Promise<ReadParts> {
  const table = await openDelimited(source, call);
  try {
    return await readOpened(table, options, call);
  } finally {
    await table.close();
  }
}

async function readOpened(
  table: Delimited,
  options: ReadOptions,
  call: CallOptions,
): Promise<ReadParts> {
  const { file, header, dialect } = table;
  const bySamples = options.orientation === "samples";
  const roles = assignColumns(table, options);
  checkHeader(table, roles, options);
  const counts = newCounts(roles.values.length);
  const ids: string[] = [];
  const kept = roles.symbol >= 0 ? [roles.symbol, ...roles.annotations] : roles.annotations;
  const texts: string[][] = kept.map(() => []);
  const columns = Int32Array.from(roles.values);
  const width = columns.length;
  const { point } = dialect;
  const needsCounts = options.kind === "counts";
  const summaries: string[] = [];
  const like = bySamples || kept.length > 0 ? undefined : options.like;
  let repeated = 0;
  let fractional = 0;
  let negative = 0;
  let max = -Infinity;
  let firstFractional: Place | null = null;
  let firstNegative: Place | null = null;

  const largest = Float64Array.of(-Infinity);
  const inOrder = kept.length === 0 && roles.id === 0 && width === header.length - 1;

  const place = (record: RecordView, j: number): Place => ({
    line: record.line,
    column: j + 1,
    text: fieldText(record, j),
  });

  /** The record's id; null for rows of reads that belong to no gene, which are noted. */
  const idOf = (record: RecordView): string | null => {
    const before = like?.ids[counts.rows];
    if (before !== undefined && isText(record, roles.id, before)) {
      ++repeated;
      return before;
    }
    const id = fieldText(record, roles.id);
    if (id === "")
      throw readError(`missing ${bySamples ? "sample" : "gene"} id: line ${record.line}`, {
        file,
        line: record.line,
        column: roles.id + 1,
        expected: "an id",
      });
    if (bySamples || !summaryRow.test(id)) return id;
    summaries.push(id);
    return null;
  };

  const quick = (record: RecordView, at: number, end: number): number => {
    reserve(counts, table.fraction());
    const { values, at: to } = counts;
    const [before] = largest;
    const next = plainRow(record, at, end, dialect.delimiter, values, to, width, largest);
    if (next === notPlain) return notPlain;
    const { line } = record;
    const id = idOf(record);
    if (id === null) {
      largest[0] = before;
      return next;
    }
    counts.lines[counts.rows] = line;
    counts.at += width;
    ++counts.rows;
    ids.push(id);
    return next;
  };

  const take = (record: RecordView): void => {
    const id = idOf(record);
    if (id === null) return;
    reserve(counts, table.fraction());
    counts.lines[counts.rows] = record.line;
    const { bytes, starts, ends } = record;
    let { values } = counts;
    let at = counts.at;
    for (let k = 0; k < width; ++k, ++at) {
      const j = columns[k];
      const start = starts[j];
      const end = ends[j];
      let value = 0;
      let i = start;
      if (end - start < 10)
        for (let c: number; i < end && (c = bytes[i] - 48) >= 0 && c <= 9; ++i)
          value = value * 10 + c;
      if (i < end || i === start) {
        value = parseNumber(bytes, start, end, point);
        if (!(value - value === 0)) throw notNumber(record, j, header[j], file);
        if (value < 0) {
          ++negative;
          firstNegative ??= place(record, j);
          if (needsCounts) throw notCount("negative count", firstNegative, header[j], file);
        }
        if ((value | 0) !== value) {
          if (Math.floor(value) !== value) {
            ++fractional;
            firstFractional ??= place(record, j);
            if (needsCounts)
              throw notCount("count is not a whole number", firstFractional, header[j], file);
          }
          if (counts.whole) {
            widen(counts);
            ({ values } = counts);
          }
        }
      }
      if (value > max) max = value;
      values[at] = value;
    }
    counts.at = at;
    ++counts.rows;
    ids.push(id);
    for (let k = 0; k < kept.length; ++k) texts[k].push(fieldText(record, kept[k]));
  };

  await table.each(take, inOrder && dialect.delimiter !== 32 ? quick : undefined);
  max = Math.max(max, largest[0]);

  if (counts.rows === 0)
    throw readError(`no ${bySamples ? "samples" : "genes"}: ${file} has a header and no rows`, {
      file,
      line: dialect.headerLine + 1,
      expected: "rows of counts",
    });
  const comma = point === 44;
  const described = kept.map((j, k): [string, Column] => [
    j === roles.symbol ? "symbol" : header[j],
    j === roles.symbol
      ? utf8(texts[k].map((v) => (isMissing(v) ? null : v)))
      : typedColumn(texts[k], comma),
  ]);
  const names = roles.values.map((j) => header[j]);
  const values = finish(counts);
  const rowTable = (key: string) =>
    makeTable([[key, utf8(ids)] as const, ...uniqueNames(described, key)]);
  const report = reportOf(table, roles, summaries);
  const common = {
    file,
    format: "table",
    title: "",
    organism: null,
    kind: null,
    report,
    metadata: {},
    facts: { fractional, negative, max },
    firstFractional,
    firstNegative,
  };
  if (!bySamples)
    return {
      ...common,
      counts: { nGenes: counts.rows, nSamples: width, values },
      genes:
        like !== undefined && repeated === counts.rows && repeated === like.ids.length
          ? like.genes
          : rowTable("gene_id"),
      samples: makeTable({ sample_id: utf8(names) }),
      lines: counts.lines.slice(0, counts.rows),
    };
  const turned = counts.whole ? new Int32Array(values.length) : new Float64Array(values.length);
  const bySample = ids.map((_, s) => values.subarray(s * width, (s + 1) * width));
  await columnsToRows(bySample, turned, 0, width, call);
  return {
    ...common,
    counts: { nGenes: width, nSamples: counts.rows, values: turned },
    genes: makeTable({ gene_id: utf8(names) }),
    samples: rowTable("sample_id"),
    lines: null,
  };
}

function uniqueNames(columns: readonly (readonly [string, Column])[], key: string) {
  const seen = new Set([key]);
  return columns.map(([name, column], k) => {
    let unique = name === "" ? `column_${k + 1}` : name;
    for (let n = 2; seen.has(unique); ++n) unique = `${name}_${n}`;
    seen.add(unique);
    return [unique, column] as const;
  });
}

function checkHeader(table: Delimited, roles: ColumnRoles, { orientation }: ReadOptions): void {
  const { file, header, dialect, shift } = table;
  const line = dialect.headerLine;
  const what = orientation === "samples" ? "gene" : "sample";
  if (roles.values.length === 0) {
    if (dialect.preview.length === 0)
      throw readError(`no rows: ${file} has a header only`, {
        file,
        line: line + 1,
        expected: "rows of counts",
      });
    throw readError(`no ${what} columns: ${firstFew(header.filter((h) => h !== ""))}`, {
      file,
      line,
      expected: "an id column and numeric columns",
      help: "The columns must be cut by tabs, commas, semicolons, bars or spaces.",
    });
  }
  const names = roles.values.map((j) => header[j]);
  const unnamed = names.indexOf("");
  if (unnamed >= 0)
    throw readError(`a ${what} column has no name: column ${roles.values[unnamed] + 1}`, {
      file,
      line,
      column: roles.values[unnamed] + 1 - shift,
      expected: `a ${what} id`,
    });
  if (looksHeadless(names))
    throw readError(`no header: the first row holds values: ${firstFew(names)}`, {
      file,
      line,
      expected: `a first row that names the ${what}s`,
    });
  const seen = new Set<string>();
  for (const j of roles.values) {
    if (seen.has(header[j]))
      throw readError(`two ${what}s have one name: ${header[j]}`, {
        file,
        line,
        column: j + 1 - shift,
        expected: "unique names",
      });
    seen.add(header[j]);
  }
}

/** True for "names" that are all numbers of which some are 0, fractional or repeated: a first row of counts. */
function looksHeadless(names: readonly string[]): boolean {
  if (!names.every((name) => name !== "" && !Number.isNaN(Number(name)))) return false;
  const values = names.map(Number);
  return (
    new Set(values).size < values.length || values.some((v) => v === 0 || !Number.isInteger(v))
  );
}

function notNumber(record: RecordView, j: number, name: string, file: string) {
  const text = fieldText(record, j);
  const missing = isMissing(text);
  const thousands = /^[+-]?\d{1,3}(,\d{3})+$/.test(text);
  return readError(
    missing
      ? `missing value in ${name}: ${text === "" ? "empty" : text}`
      : `not a number in ${name}: ${text.slice(0, 60)}`,
    {
      file,
      line: record.line,
      column: j + 1,
      expected: "a number",
      help: missing
        ? "An experiment has no missing values: drop the gene, or write 0 where nothing was counted."
        : thousands
          ? "Write numbers without separators between thousands."
          : undefined,
    },
  );
}

function notCount(what: string, { line, column, text }: Place, name: string, file: string) {
  return readError(`${what} in ${name}: ${text}`, {
    file,
    line,
    column,
    expected: "a whole number from 0",
    help: 'Use kind "abundance" or "log" for values that are no counts.',
  });
}

function reportOf(
  { file, header }: Delimited,
  roles: ColumnRoles,
  summaries: string[],
): ReportLine[] {
  const report: ReportLine[] = [];
  for (const { column, why } of roles.dropped)
    report.push(
      reportLine(
        "info",
        "column-dropped",
        `${file}: column ${column + 1} (${why}) was left out.`,
        1,
        header[column] || String(column + 1),
      ),
    );
  const numeric = roles.annotations.map((j) => header[j]);
  if (numeric.length > 0)
    report.push(
      reportLine(
        "info",
        "annotation-columns",
        `${file}: ${firstFew(numeric, 10)} ${numeric.length === 1 ? "is" : "are"} taken as annotation, not as samples.`,
        numeric.length,
        numeric[0],
      ),
    );
  if (summaries.length > 0)
    report.push(
      reportLine(
        "info",
        "rows-dropped",
        `${file}: ${plural(summaries.length, "row")} of reads that belong to no gene were left out.`,
        summaries.length,
        summaries[0],
      ),
    );
  return report;
}
