import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { hasColumn, isTable, numbers, strings } from "../../tables/index.ts";
import { makeDesign } from "../design/index.ts";
import { makeExperiment } from "../experiment/make-experiment.ts";
import { reportLine } from "../experiment/report-line.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";
import { perLength } from "./per-length.ts";
import { removeBatches } from "./remove-batches.ts";
import { requireCounts } from "./require-kind.ts";
import { cpmScale, logcpmScale } from "./scales.ts";
import { sizeFactors } from "./size-factors.ts";
import { stabiliseVariance } from "./stabilise-variance.ts";
import {
  transformMethods,
  type Transformed,
  type TransformMethod,
  type TransformOptions,
} from "./transform-types.ts";

const optionNames = ["method", "sizeFactors", "length", "design", "fitType", "removeBatch", "keep"];

/**
 * The experiment on another scale. "cpm" (kind "abundance") and "logcpm" (kind "log", the default) are edgeR's cpm with log = FALSE, or TRUE and
 * prior.count = 2; "rpkm" its rpkm; "tpm" reads per base over their sum, in millions. Library sizes are raw sums of counts, times norm_factor
 * where `sizeFactors` is given. "vst" (kind "log") is DESeq2's varianceStabilizingTransformation. `removeBatch` then takes fitted
 * effects of sample columns away as limma's removeBatchEffect does, which is for pictures and never for tests.
 */
export async function transform(
  experiment: Experiment,
  options: TransformOptions | undefined,
  context: AnalysisContext,
): Promise<Experiment> {
  const given = checkOptions("transform", options, optionNames);
  const method = checkOneOf("transform", "method", given.method, transformMethods, "logcpm");
  const onlyOnce = given.removeBatch !== undefined && given.method === undefined;
  refuseIdle(method, given);
  // Values that are on a log scale already can have batches removed as they are.
  const asTheyAre = onlyOnce && experiment.kind === "log";
  if (!asTheyAre)
    requireCounts(
      "transform",
      experiment,
      "Abundances and log values are no longer counts; use them as they are.",
    );
  const made = asTheyAre
    ? { values: experiment.counts.values as Float64Array, kind: "log" as const, lines: [] }
    : await transformed(experiment, method, given, context);
  const { counts, genes, samples, title, organism, metadata } = experiment;
  const lines = [...made.lines];
  let { values } = made;
  if (given.removeBatch !== undefined) {
    const removed = await removeBatches(experiment, values, given, context);
    values = removed.values;
    lines.push(removed.line);
  }
  return makeExperiment({
    title,
    organism,
    kind: made.kind,
    counts: { ...counts, values },
    genes,
    samples,
    report: [...experiment.report, ...lines],
    metadata,
  });
}

/** Options that the method would not look at are errors. */
function refuseIdle(method: TransformMethod, given: TransformOptions): void {
  const idle =
    given.length !== undefined && method !== "rpkm" && method !== "tpm"
      ? "length"
      : given.design !== undefined && method !== "vst"
        ? "design"
        : given.fitType !== undefined && method !== "vst"
          ? "fitType"
          : given.keep !== undefined && given.removeBatch === undefined
            ? "keep"
            : given.sizeFactors !== undefined && method === "tpm"
              ? "sizeFactors"
              : given.removeBatch !== undefined && method !== "vst" && method !== "logcpm"
                ? "removeBatch"
                : null;
  if (idle !== null)
    throw argumentError(`transform: ${idle} has no effect with method "${method}"`, {
      help: idleHelp[idle],
    });
}

const idleHelp: Readonly<Record<string, string>> = {
  length: 'Gene lengths are for "rpkm" and "tpm".',
  design: 'A design is for "vst"; with removeBatch, keep is the design that stays.',
  fitType: 'The kind of trend is for "vst".',
  keep: "It goes with removeBatch.",
  sizeFactors: "TPM add up to a million in each sample, whatever its size.",
  removeBatch: 'Effects are taken away on a log scale: use "logcpm" or "vst".',
};

async function transformed(
  experiment: Experiment,
  method: TransformMethod,
  given: TransformOptions,
  context: AnalysisContext,
): Promise<Transformed> {
  if (method === "vst") return stabilised(experiment, given, context);
  const { counts } = experiment;
  const { pool, signal, onProgress } = context;
  const sizes =
    given.sizeFactors === undefined
      ? positiveLibrarySizes("transform", experiment)
      : joined(experiment, given.sizeFactors, ["norm_factor", "library_size"]);
  if (method === "rpkm" || method === "tpm")
    return perLength(experiment, method, given.length, sizes);
  const { values } = await pool.run(
    "scaledValues",
    counts,
    { scale: method === "cpm" ? cpmScale(sizes) : logcpmScale(sizes) },
    { signal, onProgress, label: "transforming counts" },
  );
  const sort = given.sizeFactors === undefined ? "raw" : "effective";
  const words =
    method === "cpm" ? "counts per million" : "log2 counts per million with a prior count of 2";
  return {
    values,
    kind: method === "cpm" ? "abundance" : "log",
    lines: [
      reportLine(
        "info",
        "transformed",
        `Values are ${words}, of ${sort} library sizes.`,
        counts.nSamples,
      ),
    ],
  };
}

async function stabilised(
  experiment: Experiment,
  given: TransformOptions,
  context: AnalysisContext,
): Promise<Transformed> {
  const fitTypes = ["parametric", "local", "mean"] as const;
  const fitType = checkOneOf("transform", "fitType", given.fitType, fitTypes, "parametric");
  const design =
    given.design === undefined ? null : makeDesign(experiment.samples, String(given.design));
  const sizes =
    given.sizeFactors === undefined
      ? numbers(await sizeFactors(experiment, { method: "ratio" }, context), "size_factor")
      : joined(experiment, given.sizeFactors, ["size_factor"]);
  const { nSamples } = experiment.counts;
  const made = await stabiliseVariance(experiment, sizes, { design, fitType }, context);
  const about = design ? `about the design ${design.formula}` : "blind to the design";
  const lines = [
    reportLine(
      "info",
      "transformed",
      `Values are variance stabilised counts (DESeq2's VST, ${made.trend} dispersion trend, ${about}).`,
      nSamples,
    ),
  ];
  if (made.fallback)
    lines.push(
      reportLine(
        "warning",
        "dispersion-trend",
        `The parametric dispersion trend could not be fitted (${made.fallback}): a local one was used.`,
        nSamples,
      ),
    );
  return { values: made.values, kind: "log", lines };
}

/** The product of some columns of a table of size factors for each sample, joined by sample_id. */
function joined(experiment: Experiment, table: unknown, names: readonly string[]): Float64Array {
  if (!isTable(table) || !names.every((name) => hasColumn(table, name)))
    throw argumentError(`transform: invalid sizeFactors: ${String(table)}`, {
      help: "It is the table that sizeFactors returns.",
    });
  const columns = names.map((name) => numbers(table, name));
  const index = new Map(strings(table, "sample_id").map((id, i) => [id, i]));
  return Float64Array.from(strings(experiment.samples, "sample_id"), (id) => {
    const i = index.get(id);
    if (i === undefined) throw argumentError(`transform: no size factor for sample: ${id}`);
    const size = columns.reduce((product, values) => product * values[i], 1);
    if (!(size > 0 && size < Infinity))
      throw argumentError(`transform: invalid size factor for sample ${id}: ${size}`);
    return size;
  });
}
