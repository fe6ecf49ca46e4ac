import { argumentError } from "../../base/errors.ts";
import {
  columnKind,
  columnNames,
  isTable,
  numbers,
  strings,
  type Table,
} from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { logScaleOf } from "./log-scale-of.ts";

/** Values genes x samples, with what rows and columns are called. */
export interface NamedMatrix {
  readonly values: Float64Array;
  readonly genes: readonly string[];
  readonly samples: readonly string[];
  /** What the values are, in words. */
  readonly note: string;
}

/**
 * The matrix of a table whose first text column names the rows and whose numeric columns are samples, or of an experiment on
 * its log scale. Missing values are an error that names the place.
 */
export async function matrixOf(
  where: string,
  data: Table | Experiment,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<NamedMatrix> {
  if (isTable(data)) return matrixOfTable(where, data);
  const { counts, genes, samples } = data;
  const { scale, note } = logScaleOf(where, data);
  const label = "values on the log scale";
  const { values } =
    scale === null
      ? { values: Float64Array.from(counts.values) }
      : await pool.run("scaledValues", counts, { scale }, { signal, onProgress, label });
  return {
    values,
    genes: strings(genes, "gene_id") as string[],
    samples: strings(samples, "sample_id") as string[],
    note,
  };
}

function matrixOfTable(where: string, table: Table): NamedMatrix {
  const names = columnNames(table);
  const kinds = names.map((_, j) => columnKind(table.getChildAt(j)!));
  const samples = names.filter((_, j) => kinds[j] === "number" || kinds[j] === "integer");
  const label = names.find((_, j) => kinds[j] === "string" || kinds[j] === "factor");
  if (samples.length === 0)
    throw argumentError(`${where}: the table has no numeric column: ${names.join(", ")}`, {
      help: "It has one row a gene, gene_id and one column of numbers a sample.",
    });
  const n = table.numRows;
  const genes = label
    ? strings(table, label).map((name, i) => name ?? `row ${i + 1}`)
    : Array.from({ length: n }, (_, i) => `row ${i + 1}`);
  const values = new Float64Array(n * samples.length);
  samples.forEach((name, s) => {
    const column = numbers(table, name);
    for (let g = 0; g < n; ++g) {
      if (!Number.isFinite(column[g]))
        throw argumentError(
          `${where}: a value is ${Number.isNaN(column[g]) ? "missing" : "infinite"}: ${genes[g]}, ${name}`,
          { help: "Leave such rows or columns out first." },
        );
      values[g * samples.length + s] = column[g];
    }
  });
  return { values, genes, samples, note: "values as they are" };
}

/** Samples x genes from genes x samples. */
export function transposed(values: Float64Array, nRows: number, nColumns: number): Float64Array {
  const out = new Float64Array(values.length);
  const tile = 64;
  for (let top = 0; top < nRows; top += tile)
    for (let j = 0; j < nColumns; ++j)
      for (let i = top; i < Math.min(nRows, top + tile); ++i)
        out[j * nRows + i] = values[i * nColumns + j];
  return out;
}
