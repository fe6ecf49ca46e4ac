import { readCounts } from "./delimited/read-counts.ts";
import { readDelimitedSheet } from "./delimited/read-delimited-sheet.ts";
import type { Reader } from "./types.ts";

/** Tables of text: CSV, TSV, TXT and their kin, gzipped or not. */
export const tableReader: Reader = {
  format: "table",
  read: readCounts,
  readSheet: readDelimitedSheet,
};
