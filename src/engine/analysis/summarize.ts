import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { column, float64, int32, makeTable, type Column, type Table } from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Scale } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";
import { geneNames } from "./gene-names.ts";
import { groupSamples } from "./group-samples.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";
import { repeatRows, tiled } from "./repeat-rows.ts";
import { requireCounts } from "./require-kind.ts";
import { cpmScale, logcpmScale } from "./scales.ts";

export interface SummarizeOptions {
  /** A column of the samples, or several; none gives one group of all samples. */
  readonly by?: string | readonly string[];
  /** What is summarised; "count" is the stored value, whatever the kind. */
  readonly value?: "count" | "cpm" | "logcpm";
}

const own = ["gene_id", "symbol", "n", "mean", "variance", "detected"];

/**
 * Summaries of every gene in every group of samples: `gene_id symbol …by n mean variance detected`, gene by gene in the
 * experiment's order, groups in the order of their levels. Only groups that occur are there; samples whose group is
 * missing make one of null. The variance is over n - 1, null at n = 1. `detected` counts samples whose stored
 * value is above 0. "cpm" and "logcpm" are edgeR's, and need raw counts.
 */
export async function summarize(
  experiment: Experiment,
  options: SummarizeOptions | undefined,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<Table> {
  const given = checkOptions("summarize", options, ["by", "value"]);
  const value = checkOneOf("summarize", "value", given.value, ["count", "cpm", "logcpm"], "count");
  const by = checkBy(given.by);
  const { counts, genes, samples } = experiment;
  const scale = scaleFor(value, experiment);
  const { groups, nGroups, first, sizes } = groupSamples(samples, by);
  const working = pool.run(
    "groupSummary",
    counts,
    { groups, nGroups, scale },
    { signal, onProgress, label: "summarising genes" },
  );
  // The names are made while the workers count.
  const rows = new Int32Array(counts.nGenes * nGroups);
  for (let g = 0, i = 0; g < counts.nGenes; ++g) for (let k = 0; k < nGroups; ++k) rows[i++] = g;
  const { gene_id, symbol } = geneNames(genes, rows);
  const columns: [string, Column][] = [
    ["gene_id", gene_id],
    ["symbol", symbol],
    ...by.map((name): [string, Column] => [name, repeatRows(samples, name, first, counts.nGenes)]),
    ["n", int32(tiled(new Int32Array(rows.length), sizes))],
  ];
  const { mean, variance, detected } = await working;
  columns.push(
    ["mean", float64(mean)],
    ["variance", float64(variance)],
    ["detected", int32(detected)],
  );
  return makeTable(columns, { value, by: by.join(", ") });

  function checkBy(by: unknown): string[] {
    const names = by === undefined ? [] : typeof by === "string" ? [by] : by;
    if (!Array.isArray(names) || names.some((name) => typeof name !== "string"))
      throw argumentError(`summarize: invalid by: ${String(by)}`, {
        help: "It is a column of the samples, or a list of columns.",
      });
    names.forEach((name: string, i) => {
      column(experiment.samples, name);
      if (names.indexOf(name) !== i) throw argumentError(`summarize: column named twice: ${name}`);
      if (own.includes(name))
        throw argumentError(`summarize: the result has a column of that name already: ${name}`);
    });
    return names as string[];
  }
}

function scaleFor(value: "count" | "cpm" | "logcpm", experiment: Experiment): Scale | null {
  if (value === "count") return null;
  requireCounts(
    `summarize ${value}`,
    experiment,
    'Use value: "count", which takes the values as they are.',
  );
  const sizes = positiveLibrarySizes("summarize", experiment);
  return value === "cpm" ? cpmScale(sizes) : logcpmScale(sizes);
}
