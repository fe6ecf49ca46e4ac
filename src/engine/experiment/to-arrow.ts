import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  columnNames,
  float64,
  int32,
  levelsOf,
  makeTable,
  strings,
  tableToBytes,
  takeRows,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { fileVersion, keys, type SampleColumn } from "./arrow-format.ts";
import { rowsToColumns } from "./transpose.ts";
import type { Experiment } from "./types.ts";

/**
 * The bytes of the Experiment file: one Arrow IPC file of one record batch, buffers not compressed. Gene columns first,
 * then one non-null column per sample (int32 for counts, else float64) whose field metadata holds its role and its
 * annotations; a missing annotation has no key. `fromArrow` reads it back equal. A sample that bears the name of a gene
 * column is an error.
 */
export function toArrow(experiment: Experiment): Uint8Array {
  const { counts, genes, samples } = experiment;
  const ids = strings(samples, "sample_id") as string[];
  const geneColumns = columnNames(genes);
  const clash = ids.find((id) => geneColumns.includes(id));
  if (clash !== undefined)
    throw argumentError(`a sample has the name of a gene column: ${clash}`, {
      help: "Rename the gene column before writing the file.",
    });
  const described = columnNames(samples).filter((name) => name !== "sample_id");
  const taken = described.find((name) => name === keys.role);
  if (taken !== undefined) throw argumentError(`a sample column can't have this name: ${taken}`);
  const whole = counts.values instanceof Int32Array;
  const values = ids.map(() =>
    whole ? new Int32Array(counts.nGenes) : new Float64Array(counts.nGenes),
  );
  rowsToColumns(counts.values, values, counts.nGenes);
  const oneBatch = takeRows(
    genes,
    Int32Array.from({ length: genes.numRows }, (_, i) => i),
  );
  const columns: [string, Column][] = geneColumns.map((name) => [name, column(oneBatch, name)]);
  ids.forEach((id, s) => {
    const data = values[s];
    columns.push([id, data instanceof Int32Array ? int32(data) : float64(data)]);
  });
  const metadata: Record<string, string> = {
    ...experiment.metadata,
    [keys.version]: String(fileVersion),
    [keys.title]: experiment.title,
    [keys.kind]: experiment.kind,
    [keys.samples]: JSON.stringify(described.map((name) => describe(samples, name))),
  };
  if (experiment.organism !== null) metadata[keys.organism] = experiment.organism;
  return tableToBytes(makeTable(columns, metadata, annotations(samples, ids, described)), "file");
}

function describe(samples: Table, name: string): SampleColumn {
  const kind = columnKind(column(samples, name));
  if (kind === "factor") return { name, type: "factor", levels: levelsOf(samples, name).levels };
  if (kind === "boolean") return { name, type: "boolean" };
  return { name, type: kind === "number" || kind === "integer" ? "number" : "string" };
}

function annotations(
  samples: Table,
  ids: readonly string[],
  described: readonly string[],
): Record<string, Record<string, string>> {
  const texts = described.map((name) => strings(samples, name));
  const notes: Record<string, Record<string, string>> = {};
  ids.forEach((id, s) => {
    const pairs: Record<string, string> = { [keys.role]: keys.sample };
    described.forEach((name, j) => {
      const text = texts[j][s];
      if (text !== null) pairs[name] = text;
    });
    notes[id] = pairs;
  });
  return notes;
}
