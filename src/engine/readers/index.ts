import { checkOneOf } from "../../base/check.ts";
import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { looksLikeArrow } from "../../tables/index.ts";
import { readHead, type ByteSource } from "../bytes/index.ts";
import { detectText } from "./detect-text.ts";
import { refusal } from "./refusals.ts";
import type { Reader, ReaderEntry } from "./types.ts";

export type {
  Place,
  Reader,
  ReaderEntry,
  ReadOptions,
  ReadParts,
  Sheet,
  SheetOptions,
} from "./types.ts";

/** Enough to tell every format by, the header of a tar archive included. */
const headLength = 4096;

const starts = (head: Uint8Array, text: string): boolean => {
  for (let i = 0; i < text.length; ++i) if (head[i] !== text.charCodeAt(i)) return false;
  return true;
};

const textFormat = (format: string, label: string, load: () => Promise<Reader>): ReaderEntry => ({
  format,
  label,
  detect: (head, name) => detectText(head, name) === format,
  load,
});

/** The formats that can be read, in the order in which they are asked; the table of text comes last. */
export const readers: readonly ReaderEntry[] = [
  {
    format: "arrow",
    label: "Arrow",
    detect: (head) => looksLikeArrow(head),
    load: async () => (await import("./arrow.ts")).arrowReader,
  },
  {
    format: "hdf5",
    label: "h5ad or 10x HDF5",
    detect: (head) => starts(head, "\u0089HDF\r\n"),
    load: async () => (await import("./hdf5.ts")).hdf5Reader,
  },
  {
    format: "parquet",
    label: "Parquet",
    detect: (head) => starts(head, "PAR1"),
    load: async () => (await import("./parquet.ts")).parquetReader,
  },
  {
    format: "xlsx",
    label: "an Excel workbook",
    detect: (head, name) =>
      starts(head, "PK\u0003\u0004") &&
      (/\.xls[xmb]$/i.test(name) ||
        /\[Content_Types\]\.xml|docProps\/|xl\/|_rels\/\.rels/.test(
          new TextDecoder("latin1").decode(head.subarray(0, 200)),
        )),
    load: async () => (await import("./xlsx.ts")).xlsxReader,
  },
  textFormat(
    "series-matrix",
    "a GEO series matrix",
    async () => (await import("./series-matrix.ts")).seriesMatrixReader,
  ),
  textFormat("soft", "a GEO SOFT file", async () => (await import("./soft.ts")).softReader),
  textFormat("miniml", "a GEO MINiML file", async () => (await import("./miniml.ts")).minimlReader),
  textFormat("mtx", "10x Matrix Market", async () => (await import("./mtx.ts")).mtxReader),
  textFormat("salmon", "salmon", async () => (await import("./salmon.ts")).salmonReader),
  textFormat("kallisto", "kallisto", async () => (await import("./kallisto.ts")).kallistoReader),
  textFormat("rsem", "RSEM", async () => (await import("./rsem.ts")).rsemReader),
  textFormat("star", "STAR", async () => (await import("./star.ts")).starReader),
  textFormat(
    "featurecounts",
    "featureCounts",
    async () => (await import("./feature-counts.ts")).featureCountsReader,
  ),
  textFormat(
    "tetranscripts",
    "TEtranscripts",
    async () => (await import("./tetranscripts.ts")).tetranscriptsReader,
  ),
  textFormat("htseq", "HTSeq", async () => (await import("./htseq.ts")).htseqReader),
  textFormat("gmt", "GMT gene sets", async () => (await import("./gmt.ts")).gmtReader),
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
  const head = withoutMark(await readHead(source, headLength, call));
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

/** The head without the mark of UTF-8, and UTF-16 as UTF-8. */
function withoutMark(head: Uint8Array): Uint8Array {
  if (starts(head, "\u00ef\u00bb\u00bf")) return head.subarray(3);
  const order = starts(head, "\u00ff\u00fe")
    ? "utf-16le"
    : starts(head, "\u00fe\u00ff")
      ? "utf-16be"
      : null;
  return order === null ? head : new TextEncoder().encode(new TextDecoder(order).decode(head));
}

/** True for bytes that can be text: no NUL. */
function isText(head: Uint8Array): boolean {
  return !head.includes(0);
}

const usual = new Set(["table", "tetranscripts", "htseq", "star", "featurecounts", "mtx"]);

/** Fetches the code of the formats that come most, ahead of any file. */
export function warmReaders(): void {
  for (const { format, load } of readers) if (usual.has(format)) load().catch(() => undefined);
}

/** Fetches the code that a file of this name will most likely need, ahead of the file's reading. */
export function preloadReader(name: string): void {
  const format = /\.arrow(\.gz)?$/i.test(name) ? "arrow" : null;
  readers
    .find((reader) => reader.format === format)
    ?.load()
    .catch(() => undefined);
}
