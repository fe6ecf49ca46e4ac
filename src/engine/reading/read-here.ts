import { intake } from "../intake/index.ts";
import { readTable } from "../readers/read-table.ts";
import { inspectFile } from "./inspect-file.ts";
import { previewJoin } from "./preview-join.ts";
import type { Reading } from "./types.ts";

/** Reads in the thread that asks: what the reader worker does, and the engine with files that can't hold it up. */
export const readHere: Reading = {
  experiment: (source, options, call) => intake(source, options, call),
  table: (source, options = {}, call) => readTable(source, options, call),
  inspect: (source, call) => inspectFile(source, call),
  join: (ids, sheets, options, call) => previewJoin(ids, sheets, options, call),
};
