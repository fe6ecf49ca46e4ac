import { fieldText } from "./field-text.ts";
import { newRecord, scanRecord } from "./scan-record.ts";

/** How a delimited text is written, told from its first bytes. */
export interface Dialect {
  readonly delimiter: number;
  /** Byte of the decimal mark: 46, or 44 for a decimal comma. */
  readonly point: number;
  /** Where the first data record begins, and on which line. */
  readonly dataAt: number;
  readonly dataLine: number;
  readonly header: readonly string[];
  readonly headerLine: number;
  /** The first data records. */
  readonly preview: readonly (readonly string[])[];
  readonly previewLines: readonly number[];
}

interface Taste {
  readonly delimiter: number;
  /** Where the records begin, on which lines, and where the next ones begin. */
  readonly starts: number[];
  readonly lines: number[];
  readonly ends: number[];
  readonly width: number;
  readonly score: number;
}

const candidates = [9, 59, 44, 124, 32];
const most = 200;
const decimal = /^[+-]?\d+,\d+$/;
const thousands = /^[+-]?\d{1,3},\d{3}$/;

/** The usual width of the rows after the first: the one that most of them have, the larger where two are as common. */
export function usualWidth(rows: readonly { readonly length: number }[]): number {
  const tally = new Map<number, number>();
  for (const row of rows) tally.set(row.length, (tally.get(row.length) ?? 0) + 1);
  let best = 0;
  for (const [width, n] of tally)
    if (n > (tally.get(best) ?? 0) || (n === tally.get(best) && width > best)) best = width;
  return best;
}

/**
 * Tells delimiter (tab, semicolon, comma, bar or spaces), decimal mark, comment lines, header and first rows. The
 * delimiter is the one that cuts most rows alike and the header to match; `last` says that the bytes are the whole
 * text. Null where the bytes hold no line but comments. A last comment line is the header where it has as many fields
 * as the rows and the first row is data.
 */
export function sniffDialect(bytes: Uint8Array, last: boolean): Dialect | null {
  const { at, line, comment, commentLine } = skipComments(bytes);
  if (at >= bytes.length) return null;
  const tastes = candidates.map((delimiter) => taste(bytes, at, line, last, delimiter));
  let best = tastes[0];
  for (const other of tastes) if (other.score > best.score + 1e-9) best = other;
  if (best.starts.length === 0) return null;
  const rows = best.starts.map((start, r) =>
    splitLine(bytes.subarray(start, best.ends[r]), best.delimiter),
  );
  const [first, ...rest] = rows;
  const named = comment === null ? null : splitLine(comment, best.delimiter);
  if (named !== null && named.length === best.width && named.length > 1 && looksLikeData(rows))
    return {
      delimiter: best.delimiter,
      point: decimalMark(rows, best.delimiter),
      dataAt: at,
      dataLine: line,
      header: named,
      headerLine: commentLine,
      preview: rows,
      previewLines: best.lines,
    };
  return {
    delimiter: best.delimiter,
    point: decimalMark(rest, best.delimiter),
    dataAt: best.ends[0],
    dataLine: best.lines[1] ?? best.lines[0] + 1,
    header: first,
    headerLine: best.lines[0],
    preview: rest,
    previewLines: best.lines.slice(1),
  };
}

function skipComments(bytes: Uint8Array): {
  at: number;
  line: number;
  comment: Uint8Array | null;
  commentLine: number;
} {
  let at = 0;
  let line = 1;
  let comment: Uint8Array | null = null;
  let commentLine = 0;
  while (at < bytes.length) {
    let end = at;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) ++end;
    const blank = bytes.subarray(at, end).every((byte) => byte === 32 || byte === 9);
    if (!blank && bytes[at] !== 35) break;
    if (!blank) {
      comment = bytes.subarray(at + 1, end);
      commentLine = line;
    }
    if (end < bytes.length) {
      end += bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1;
      ++line;
    }
    at = end;
  }
  return { at, line, comment, commentLine };
}

function splitLine(line: Uint8Array, delimiter: number): string[] {
  const record = newRecord();
  record.bytes = line;
  if (scanRecord(record, 0, line.length, true, delimiter) < 0) return [];
  return Array.from({ length: record.n }, (_, j) => fieldText(record, j));
}

function taste(
  bytes: Uint8Array,
  from: number,
  fromLine: number,
  last: boolean,
  delimiter: number,
): Taste {
  const record = newRecord();
  record.bytes = bytes;
  const rows: { length: number }[] = [];
  const starts: number[] = [];
  const lines: number[] = [];
  const ends: number[] = [];
  let at = from;
  let line = fromLine;
  while (at < bytes.length && rows.length <= most) {
    const next = scanRecord(record, at, bytes.length, last, delimiter);
    if (next < 0) break;
    if (record.n > 1 || record.ends[0] > record.starts[0] || record.quoted[0] > 0) {
      rows.push({ length: record.n });
      starts.push(at);
      lines.push(line);
      ends.push(next);
    }
    line += record.height;
    at = next;
  }
  const body = rows.length > 1 ? rows.slice(1) : rows;
  const width = usualWidth(body);
  if (rows.length === 0 || width < 2) {
    const header = rows[0]?.length ?? 0;
    return { delimiter, starts, lines, ends, width, score: header > 1 ? 0.4 : 0 };
  }
  const alike = body.filter((row) => row.length === width).length / body.length;
  const off = Math.abs(rows[0].length - width);
  const fits =
    rows[0].length > 1 ? (off === 0 ? 2 : off === 1 ? 1.5 : 0.2) : width === 2 ? 0.6 : 0.1;
  return {
    delimiter,
    starts,
    lines,
    ends,
    width,
    score: fits + alike - (delimiter === 32 ? 0.5 : 0),
  };
}

/** True where every column that is numeric in the second row is numeric in the first too. */
function looksLikeData(rows: readonly (readonly string[])[]): boolean {
  const isNumber = (text: string) => text !== "" && !Number.isNaN(Number(text.replace(",", ".")));
  const sample = rows[1] ?? rows[0];
  const numeric = sample.flatMap((text, j) => (j > 0 && isNumber(text) ? [j] : []));
  return numeric.length > 0 && numeric.every((j) => isNumber(rows[0][j] ?? ""));
}

function decimalMark(rows: readonly (readonly string[])[], delimiter: number): number {
  if (delimiter === 44) return 46;
  let commas = 0;
  for (const row of rows)
    for (const text of row) {
      if (text.includes(".")) {
        if (/^[+-]?\d+\.\d+$/.test(text)) return 46;
      } else if (text.includes(",") && decimal.test(text) && !thousands.test(text)) ++commas;
    }
  return commas > 0 ? 44 : 46;
}
