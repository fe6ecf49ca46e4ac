import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Table } from "../../tables/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { Distance, Linkage } from "../pool/index.ts";
import type { AnalysisContext } from "./context.ts";
import { matrixOf, transposed } from "./matrix-of.ts";
import { requireVarying } from "./require-varying.ts";

export interface HclustOptions {
  /** "pearson" and "spearman" are 1 - correlation; "euclidean" by default. */
  readonly distance?: Distance;
  /** "complete" by default, as in R. */
  readonly linkage?: Linkage;
  /** What is clustered: rows ("genes", the default) or columns ("samples"). */
  readonly by?: "genes" | "samples";
}

/** A tree in the conventions of R's hclust. */
export interface HclustResult {
  /** What is clustered, from 1, in the order in which the tree is drawn. */
  readonly order: Int32Array;
  /** Two entries a merge, lowest first: -i is the i-th of `labels`, k the cluster of merge k, both from 1. */
  readonly merge: Int32Array;
  readonly height: Float64Array;
  readonly labels: readonly string[];
  /** What was clustered and how, in words. */
  readonly note: string;
}

/** Pairs of so many take about 600 MB. */
const most = 12_000;

/**
 * Hierarchical clustering of the genes or samples of a table (its first text column names the rows, its numeric columns
 * are samples) or of an experiment (on its log scale). Heights and merges as R's hclust. Up to 12,000 items.
 */
export async function hclust(
  data: Table | Experiment,
  options: HclustOptions | undefined,
  context: AnalysisContext,
): Promise<HclustResult> {
  const given = checkOptions("hclust", options, ["distance", "linkage", "by"]);
  const distance = checkOneOf(
    "hclust",
    "distance",
    given.distance,
    ["euclidean", "pearson", "spearman"],
    "euclidean",
  );
  const linkage = checkOneOf(
    "hclust",
    "linkage",
    given.linkage,
    ["average", "complete", "single", "ward.D2"],
    "complete",
  );
  const by = checkOneOf("hclust", "by", given.by, ["genes", "samples"], "genes");
  const size =
    "counts" in data && by === "genes" ? data.counts.nGenes : by === "genes" ? rowsOf(data) : 0;
  requireFew(size, by);
  const { values, genes, samples, note } = await matrixOf("hclust", data, context);
  const labels = by === "genes" ? genes : samples;
  const nRows = labels.length;
  const nColumns = by === "genes" ? samples.length : genes.length;
  requireFew(nRows, by);
  if (nRows === 0) throw argumentError(`hclust: there are no ${by}: 0`);
  const matrix = by === "genes" ? values : transposed(values, genes.length, samples.length);
  if (distance !== "euclidean") requireVarying("hclust", matrix, labels, nColumns);
  const { order, merge, height } = await context.pool.call(
    "hclust",
    { values: matrix, nRows, nColumns, distance, linkage },
    { ...context, label: `clustering ${by}` },
  );
  const words =
    distance === "euclidean"
      ? "Euclidean distance"
      : `1 − ${distance === "pearson" ? "Pearson" : "Spearman"} correlation`;
  return { order, merge, height, labels, note: `${by} by ${words} of ${note}, ${linkage} linkage` };
}

function rowsOf(data: Table | Experiment): number {
  return "numRows" in data ? data.numRows : 0;
}

function requireFew(n: number, by: "genes" | "samples"): void {
  if (n > most)
    throw argumentError(`hclust: too many ${by}: ${n}`, {
      help: `Up to ${most.toLocaleString("en")} can be clustered; choose some first.`,
    });
}
