import { readError, type EngrailedError } from "../../base/errors.ts";

interface Known {
  readonly what: string;
  readonly help: string;
  matches(head: Uint8Array, name: string): boolean;
}

const asText = "Save it as CSV or TSV, then open that.";

const known: readonly Known[] = [
  {
    what: "an Excel workbook or zip archive",
    help: `Unpack it, or in Excel: ${asText}`,
    matches: (b) => starts(b, "PK\u0003\u0004"),
  },
  {
    what: "an old Excel workbook",
    help: asText,
    matches: (b) => starts(b, "\u00d0\u00cf\u0011\u00e0"),
  },
  {
    what: "an HDF5 file (h5ad, 10x)",
    help: "Write its counts as a table or an Arrow file.",
    matches: (b) => starts(b, "\u0089HDF"),
  },
  {
    what: "a Parquet file",
    help: "Write it as Arrow without compression, or as CSV.",
    matches: (b) => starts(b, "PAR1"),
  },
  {
    what: "a Feather version 1 file",
    help: "Write it again as Feather version 2 without compression.",
    matches: (b) => starts(b, "FEA1"),
  },
  {
    what: "R data",
    help: "In R, write the counts with write.csv(…) and open that.",
    matches: (b) => starts(b, "RDX") || starts(b, "X\n\u0000\u0000") || starts(b, "RDA"),
  },
  { what: "a bzip2 archive", help: "Unpack it first.", matches: (b) => starts(b, "BZh") },
  { what: "an xz archive", help: "Unpack it first.", matches: (b) => starts(b, "\u00fd7zXZ") },
  {
    what: "a Zstandard archive",
    help: "Unpack it first.",
    matches: (b) => starts(b, "\u0028\u00b5\u002f\u00fd"),
  },
  {
    what: "a tar archive",
    help: "Unpack it and open the table inside.",
    matches: (b) => starts(b.subarray(257), "ustar"),
  },
  {
    what: "a PDF",
    help: "A table in a PDF must be copied into a CSV file.",
    matches: (b) => starts(b, "%PDF"),
  },
  {
    what: "a web page",
    help: "The download gave a page instead of the file: get it again.",
    matches: (b) => /^\s*(<!doctype html|<html)/i.test(ascii(b)),
  },
  {
    what: "a Matrix Market file",
    help: "Write its counts as a table or an Arrow file.",
    matches: (b) => starts(b, "%%MatrixMarket"),
  },
  {
    what: "a GEO series matrix",
    help: "Cut out the table between its begin and end lines.",
    matches: (b) => /^!Series_|^!Sample_/.test(ascii(b)),
  },
];

/** A ReadError for a format that is recognised but not read, with what to do about it; else null. */
export function refusal(head: Uint8Array, name: string): EngrailedError | null {
  const found = known.find((entry) => entry.matches(head, name));
  if (found === undefined) return null;
  return readError(`${found.what} can't be read here: ${name}`, {
    file: name,
    offset: 0,
    expected: "an Experiment file, or a table as CSV or TSV",
    help: found.help,
  });
}

function starts(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; ++i) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 200));
}
