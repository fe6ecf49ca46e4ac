import { readError } from "../../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../../base/progress.ts";
import { openStream, utf8Stream, type ByteSource } from "../../bytes/index.ts";
import { fieldText } from "./field-text.ts";
import { incomplete, malformed, newRecord, scanRecord, type RecordView } from "./scan-record.ts";
import { sniffDialect, usualWidth, type Dialect } from "./sniff-dialect.ts";

/** A delimited text opened: what its first lines told, and its records still to come. */
export interface Delimited {
  readonly file: string;
  readonly dialect: Dialect;
  /** A name for every column; "" for row names that the header leaves out. */
  readonly header: readonly string[];
  /** How many columns the header is shifted against the file's own (1 where row names have no header). */
  readonly shift: number;
  /** How much of the file has been taken in, 0 to 1. */
  fraction(): number;
  /**
   * Hands every data record to `onRecord`, once; rows of another width than the header's are a ReadError. `quick`, where
   * given, is asked first: it takes the record between two places of the bytes and says where the next begins, or
   * leaves it (-1).
   */
  each(onRecord: (record: RecordView) => void, quick?: QuickRow): Promise<void>;
  /** Lets go of the file without reading on. */
  close(): Promise<void>;
}

export type QuickRow = (record: RecordView, at: number, end: number) => number;

const firstLook = 1 << 18;
const longest = 1 << 26;
/** Records in a row that a quick way may leave before it is not asked any more. */
const patience = 64;

/**
 * Opens CSV, TSV and their kin, gzipped or not, in UTF-8 or UTF-16, with LF, CRLF or CR. The text is streamed and never
 * held: at most a block and one record, and a record beyond 64 MiB is a ReadError (most often a quote that is never
 * closed).
 */
export async function openDelimited(
  source: ByteSource,
  call: CallOptions = {},
): Promise<Delimited> {
  const file = source.name;
  const { stream, fraction } = await openStream(source, { ...call, reuse: true });
  const reader = utf8Stream(stream).getReader();
  const close = () => reader.cancel().catch(() => undefined);
  let bytes = new Uint8Array(2 * firstLook);
  let end = 0;
  let last = false;
  let passed = 0;

  const fill = async (least: number): Promise<void> => {
    while (!last && end < least) {
      const { done, value } = await reader.read();
      throwIfAborted(call.signal);
      if (done) {
        last = true;
        return;
      }
      const nul = value.indexOf(0);
      if (nul >= 0)
        throw readError(`not a text file: ${file}`, {
          file,
          offset: passed + end + nul,
          expected: "text, no zero bytes",
          help: "UTF-16 without a byte order mark must be saved again as UTF-8.",
        });
      if (end + value.length > bytes.length) {
        const more = new Uint8Array(Math.max(2 * bytes.length, end + value.length));
        more.set(bytes.subarray(0, end));
        bytes = more;
      }
      bytes.set(value, end);
      end += value.length;
    }
  };

  try {
    let dialect: Dialect | null = null;
    for (let look = firstLook; ; look *= 4) {
      await fill(look);
      dialect = sniffDialect(bytes.subarray(0, end), last);
      if (last || (dialect !== null && dialect.preview.length > 0)) break;
      if (end > longest)
        throw readError(`a line that never ends: ${file}`, { file, line: 1, expected: "a table" });
    }
    if (dialect === null)
      throw readError(`no rows: ${file}`, { file, line: 1, expected: "a header and rows" });
    if (dialect.preview.length === 0 && dialect.dataAt < end) {
      const record = newRecord();
      Object.assign(record, { bytes, line: dialect.dataLine });
      const next = scanRecord(record, dialect.dataAt, end, last, dialect.delimiter);
      if (next === incomplete) throw openQuote(record, file);
    }
    const { header, shift, spare } = alignHeader(dialect, file);
    const width = header.length;

    const each = async (
      onRecord: (record: RecordView) => void,
      quick?: QuickRow,
    ): Promise<void> => {
      let missed = 0;
      const record = newRecord();
      record.line = dialect.dataLine;
      let at = dialect.dataAt;
      let slept = performance.now();
      try {
        for (;;) {
          record.bytes = bytes;
          while (at < end) {
            if (quick !== undefined && missed < patience) {
              const then = quick(record, at, end);
              if (then > at) {
                missed = 0;
                ++record.line;
                at = then;
                continue;
              }
              ++missed;
            }
            const next = scanRecord(record, at, end, last, dialect.delimiter);
            if (next === malformed) throw badQuote(record, file);
            if (next < 0) break;
            if (record.n > 1 || record.ends[0] > record.starts[0] || record.quoted[0] > 0) {
              if (record.n !== width && !isSpare(record, width, spare))
                throw ragged(record, width, file);
              onRecord(record);
            }
            record.line += record.height;
            at = next;
          }
          if (last) {
            if (at < end) throw openQuote(record, file);
            return;
          }
          bytes.copyWithin(0, at, end);
          passed += at;
          end -= at;
          at = 0;
          if (end > longest) throw openQuote(record, file);
          await fill(Math.max(firstLook, 2 * end));
          if (performance.now() - slept > 20) {
            await pause();
            throwIfAborted(call.signal);
            slept = performance.now();
          }
        }
      } finally {
        await close();
      }
    };
    return {
      file,
      dialect,
      header,
      shift,
      fraction,
      each,
      close: async () => void (await close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Names for the columns that the rows have, where the header has one fewer (row names) or one more (a last delimiter). */
function alignHeader(
  { header, headerLine, preview, previewLines, delimiter }: Dialect,
  file: string,
): { header: string[]; shift: number; spare: boolean } {
  const names = [...header];
  if (preview.length === 0) return { header: names, shift: 0, spare: true };
  const usual = usualWidth(preview);
  const rowsOf = (wide: number) => preview.filter((row) => row.length === wide).length;
  const width = rowsOf(names.length) === rowsOf(usual) ? names.length : usual;
  const rows = preview.filter((row) => row.length === width);
  const emptyEnds = rows.every((row) => row.at(-1) === "");
  if (names.length === width) {
    const spare = names.at(-1) === "" && emptyEnds && width > 1;
    if (spare) names.pop();
    return { header: names, shift: 0, spare };
  }
  if (names.length === width - 1) {
    if (emptyEnds) return { header: names, shift: 0, spare: true };
    return { header: ["", ...names], shift: 1, spare: false };
  }
  if (names.length === width + 1 && names.at(-1) === "")
    return { header: names.slice(0, -1), shift: 0, spare: true };
  const at = preview.findIndex((row) => row.length === width);
  throw readError(`rows have ${width} fields, the header ${names.length}: ${file}`, {
    file,
    line: previewLines[at],
    column: Math.min(width, names.length) + 1,
    expected: `${names.length} fields, as in the header on line ${headerLine}`,
    help: `Fields were cut at ${delimiter === 9 ? "tabs" : `"${String.fromCharCode(delimiter)}"`}.`,
  });
}

function isSpare(record: RecordView, width: number, spare: boolean): boolean {
  return (
    spare &&
    record.n === width + 1 &&
    record.starts[width] === record.ends[width] &&
    record.quoted[width] === 0
  );
}

function ragged({ n, line }: RecordView, width: number, file: string) {
  return readError(`row has ${n} ${n === 1 ? "field" : "fields"}, not ${width}: line ${line}`, {
    file,
    line,
    column: Math.min(n, width) + 1,
    expected: `${width} fields, as in the header`,
    help:
      n < width
        ? "A row may be cut off, or a delimiter missing."
        : "A name may hold the delimiter: put it in quotes.",
  });
}

function badQuote(record: RecordView, file: string) {
  return readError(`text after a closing quote: ${fieldText(record, record.n)}`, {
    file,
    line: record.line + record.height - 1,
    column: record.n + 1,
    expected: "a delimiter after the closing quote",
    help: "A quote inside quotes is written twice.",
  });
}

function openQuote(record: RecordView, file: string) {
  return readError(`a quote is never closed: line ${record.line}`, {
    file,
    line: record.line,
    column: record.n + 1,
    expected: 'a closing "',
  });
}
