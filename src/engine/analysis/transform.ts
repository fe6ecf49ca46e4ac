import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { isTable, numbers, strings, type Table } from "../../tables/index.ts";
import { makeExperiment } from "../experiment/make-experiment.ts";
import { reportLine } from "../experiment/report-line.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";
import { requireCounts } from "./require-kind.ts";
import { cpmScale, logcpmScale } from "./scales.ts";

export interface TransformOptions {
  readonly method?: "cpm" | "logcpm";
  /** What sizeFactors returned: effective library sizes instead of raw ones. */
  readonly sizeFactors?: Table;
}

/**
 * The experiment on another scale: "cpm" (kind "abundance") or "logcpm" (kind "log", the default), as edgeR's cpm with
 * log = FALSE, or TRUE and prior.count = 2. Library sizes are raw sums of counts, times norm_factor where `sizeFactors` is
 * given.
 */
export async function transform(
  experiment: Experiment,
  options: TransformOptions | undefined,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<Experiment> {
  const given = checkOptions("transform", options, ["method", "sizeFactors"]);
  const method = checkOneOf("transform", "method", given.method, ["cpm", "logcpm"], "logcpm");
  requireCounts(
    "transform",
    experiment,
    "Abundances and log values are no longer counts; use them as they are.",
  );
  const sizes =
    given.sizeFactors === undefined
      ? positiveLibrarySizes("transform", experiment)
      : effectiveSizes(experiment, given.sizeFactors);
  const scale = method === "cpm" ? cpmScale(sizes) : logcpmScale(sizes);
  const { counts, genes, samples, title, organism, metadata } = experiment;
  const { values } = await pool.run(
    "scaledValues",
    counts,
    { scale },
    { signal, onProgress, label: "transforming counts" },
  );
  const sort = given.sizeFactors === undefined ? "raw" : "effective";
  const words =
    method === "cpm" ? "counts per million" : "log2 counts per million with a prior count of 2";
  return makeExperiment({
    title,
    organism,
    kind: method === "cpm" ? "abundance" : "log",
    counts: { ...counts, values },
    genes,
    samples,
    report: [
      ...experiment.report,
      reportLine(
        "info",
        "transformed",
        `Values are ${words}, of ${sort} library sizes.`,
        counts.nSamples,
      ),
    ],
    metadata,
  });
}

/** norm_factor x library_size of each sample, joined by sample_id. */
function effectiveSizes(experiment: Experiment, table: unknown): Float64Array {
  if (!isTable(table))
    throw argumentError(`transform: invalid sizeFactors: ${String(table)}`, {
      help: "It is the table that sizeFactors returns.",
    });
  const norm = numbers(table, "norm_factor");
  const library = numbers(table, "library_size");
  const index = new Map(strings(table, "sample_id").map((id, i) => [id, i]));
  return Float64Array.from(strings(experiment.samples, "sample_id"), (id) => {
    const i = index.get(id);
    if (i === undefined) throw argumentError(`transform: no size factor for sample: ${id}`);
    const size = norm[i] * library[i];
    if (!(size > 0))
      throw argumentError(`transform: invalid size factor for sample ${id}: ${size}`);
    return size;
  });
}
