import { checkOneOf } from "../../base/check.ts";
import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { looksLikeArrow } from "../../tables/index.ts";
import { readHead, type ByteSource } from "../bytes/index.ts";
import { refusal } from "./refusals.ts";
import type { Reader, ReaderEntry } from "./types.ts";

export type { Place, Reader, ReaderEntry, ReadOptions, ReadParts, Sheet } from "./types.ts";

/** Enough to tell every format by, the header of a tar archive included. */
const headLength = 4096;

/** The formats that can be read, in the order in which they are asked; the table of text comes last. */
export const readers: readonly ReaderEntry[] = [
  {
    format: "arrow",
    label: "Arrow",
    detect: (head) => looksLikeArrow(head),
    load: async () => (await import("./arrow.ts")).arrowReader,
  },
  {
    format: "table",
    label: "a table (CSV, TSV)",
    detect: (head) => isText(head),
    load: async () => (await import("./table.ts")).tableReader,
  },
];

/** The names of the formats, as the `format` option takes them. */
export const formats: readonly string[] = readers.map((entry) => entry.format);

/**
 * The reader for a source: the one that is asked for, else by content first. An empty file, and a format that is known
 * but not read, are ReadErrors that say what to do.
 */
export async function openReader(
  source: ByteSource,
  format?: string,
  call: CallOptions = {},
): Promise<Reader> {
  if (format !== undefined) {
    const name = checkOneOf("readExperiment", "format", format, formats);
    return readers.find((entry) => entry.format === name)!.load();
  }
  const head = await readHead(source, headLength, call);
  if (head.length === 0)
    throw readError(`file is empty: ${source.name}`, { file: source.name, expected: "data" });
  const refused = refusal(head, source.name);
  if (refused !== null) throw refused;
  const entry = readers.find(({ detect }) => detect(head, source.name));
  if (entry === undefined)
    throw readError(`not a format that is known here: ${source.name}`, {
      file: source.name,
      offset: 0,
      expected: readers.map(({ label }) => label).join(", "),
    });
  return entry.load();
}

/** True for bytes that can be text: no NUL, unless the mark of UTF-16 comes first. */
function isText(head: Uint8Array): boolean {
  const utf16 = (head[0] === 255 && head[1] === 254) || (head[0] === 254 && head[1] === 255);
  return utf16 || !head.includes(0);
}
