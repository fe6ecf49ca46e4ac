import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { float64, makeTable, utf8, type Column, type Table } from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { matrixOf, transposed } from "./matrix-of.ts";

export interface CorrelateOptions {
  /** What is correlated: "samples" (the default) or "genes". */
  readonly by?: "samples" | "genes";
  readonly method?: "pearson" | "spearman";
}

/** A matrix of so many has a column for each. */
const most = 5000;

/**
 * Correlations between samples (over all genes) or genes (over samples) as a symmetric matrix table: `sample_id` or
 * `gene_id`, then a column for each of them in the same order. On logcpm of counts, log2(x + 1) of abundances, log values and
 * tables as they are; null where one does not vary. Up to 5,000 items.
 */
export async function correlate(
  data: Table | Experiment,
  options: CorrelateOptions | undefined,
  context: AnalysisContext,
): Promise<Table> {
  const given = checkOptions("correlate", options, ["by", "method"]);
  const by = checkOneOf("correlate", "by", given.by, ["samples", "genes"], "samples");
  const method = checkOneOf(
    "correlate",
    "method",
    given.method,
    ["pearson", "spearman"],
    "pearson",
  );
  const nGenes = "counts" in data ? data.counts.nGenes : data.numRows;
  if (by === "genes") requireFew(nGenes, by);
  const { values, genes, samples, note } = await matrixOf("correlate", data, context);
  const labels = by === "genes" ? genes : samples;
  requireFew(labels.length, by);
  const nRows = labels.length;
  const nColumns = by === "genes" ? samples.length : genes.length;
  const { matrix } = await context.pool.call(
    "correlation",
    {
      values: by === "genes" ? values : transposed(values, genes.length, samples.length),
      nRows,
      nColumns,
      method,
    },
    { ...context, label: `correlating ${by}` },
  );
  const key = by === "genes" ? "gene_id" : "sample_id";
  return makeTable(
    [
      [key, utf8(labels)],
      ...labels.map((label, i): [string, Column] => [
        label,
        float64(matrix.slice(i * nRows, (i + 1) * nRows)),
      ]),
    ],
    { by, method, note },
  );
}

function requireFew(n: number, by: string): void {
  if (n > most)
    throw argumentError(`correlate: too many ${by}: ${n}`, {
      help: `Up to ${most.toLocaleString("en")} can be correlated; choose some first.`,
    });
}
