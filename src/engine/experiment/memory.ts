import type { Table } from "../../tables/index.ts";
import type { Experiment } from "./types.ts";

/** Bytes that a table's buffers hold, dictionaries included. */
export function tableBytes(table: Table): number {
  let bytes = 0;
  for (let j = 0; j < table.numCols; ++j) bytes += table.getChildAt(j)!.byteLength;
  return bytes;
}

/** Bytes that an experiment holds: its values and its two tables. */
export function experimentBytes(experiment: Experiment): number {
  return (
    experiment.counts.values.byteLength +
    tableBytes(experiment.genes) +
    tableBytes(experiment.samples)
  );
}
