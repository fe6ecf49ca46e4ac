import { isAbortError, toPlain, type PlainError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import type { ByteSource } from "../bytes/index.ts";
import { archiveMembers, fromBytes, isGzip, readHead } from "../bytes/index.ts";
import { openReader, readers, type Reader, type Sheet } from "../readers/index.ts";

/** A file at first sight: its format, and the beginning of the table in it. */
export interface Look {
  readonly name: string;
  readonly format: string | null;
  readonly label: string;
  readonly names: readonly string[];
  /** Up to 200 rows as text; null is missing. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** There are more rows than these. */
  readonly more: boolean;
  readonly sheets: boolean;
  readonly problem: PlainError | null;
}

const mostRows = 200;
const mostText = 1 << 20;
/** Files that are looked at only as a whole are not looked at beyond this size. */
const mostWhole = 64e6;

const binary = new Set(["arrow", "hdf5", "parquet", "xlsx"]);
const whole = new Set(["series-matrix", "soft", "miniml"]);

/** Looks at the beginning of a file. What can't be read is no error here: it is told in `problem`. */
export async function inspectFile(source: ByteSource, call: CallOptions = {}): Promise<Look> {
  const nothing = { name: source.name, names: [], rows: [], more: false, sheets: false };
  try {
    const start = await source.read(0, 4, call);
    const packed = isGzip(start) ? ", gzipped" : "";
    const members = await archiveMembers(source, call);
    if (members !== null)
      return {
        ...nothing,
        format: "archive",
        label: `an archive of ${members.length} ${members.length === 1 ? "file" : "files"}`,
        names: ["file", "bytes"],
        rows: members.slice(0, mostRows).map(({ name, size }) => [name, String(size)]),
        more: members.length > mostRows,
        problem: null,
      };
    const reader = await openReader(source, undefined, call);
    const label = readers.find(({ format }) => format === reader.format)?.label ?? reader.format;
    return {
      ...nothing,
      ...(await beginning(source, reader, call)),
      format: reader.format,
      label: `${label}${packed}`,
      sheets: reader.sheets === true,
      problem: null,
    };
  } catch (error) {
    if (isAbortError(error)) throw error;
    return { ...nothing, format: null, label: "not read here", problem: toPlain(error) };
  }
}

type Beginning = Pick<Look, "names" | "rows" | "more">;

async function beginning(
  source: ByteSource,
  reader: Reader,
  call: CallOptions,
): Promise<Beginning> {
  const atOnce = binary.has(reader.format) || whole.has(reader.format);
  if (atOnce && source.size > mostWhole) return { names: [], rows: [], more: true };
  const head = atOnce ? null : await firstLines(source, call);
  const part = head === null ? source : fromBytes(head.bytes, source.name.replace(/\.b?gz$/i, ""));
  try {
    const { names, rows, more } = ofSheet(await reader.readSheet(part, call));
    return { names, rows, more: more || head?.more === true };
  } catch (error) {
    if (isAbortError(error)) throw error;
    if (head === null) return { names: [], rows: [], more: false };
    const lines = new TextDecoder().decode(head.bytes.subarray(0, 16_384)).split(/\r\n?|\n/);
    return { names: [], rows: lines.slice(0, 8).map((line) => [line.slice(0, 200)]), more: true };
  }
}

function ofSheet(sheet: Sheet): Beginning {
  const n = Math.min(mostRows, sheet.nRows);
  const texts = sheet.names.map((name) => sheet.text(name));
  return {
    names: sheet.names,
    rows: Array.from({ length: n }, (_, row) => texts.map((column) => column[row])),
    more: sheet.nRows > n,
  };
}

/** Whole lines from the beginning, as many as a look needs. */
async function firstLines(
  source: ByteSource,
  call: CallOptions,
): Promise<{ bytes: Uint8Array; more: boolean }> {
  const bytes = await readHead(source, mostText, call);
  let end = -1;
  let lines = 0;
  for (let i = 0; i < bytes.length && lines < mostRows + 100; ++i)
    if (bytes[i] === 10) {
      end = i;
      ++lines;
    }
  const all = bytes.length < mostText && lines < mostRows + 100;
  return { bytes: all || end < 0 ? bytes : bytes.subarray(0, end + 1), more: !all };
}
