import { argumentError } from "../../base/errors.ts";
import { makeDesign, type Variable } from "../design/index.ts";
import { reportLine } from "../experiment/report-line.ts";
import type { Counts, Experiment, ReportLine } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import type { TransformOptions } from "./transform-types.ts";

/**
 * Log values less the fitted effects of the sample columns `removeBatch`, while those of the design `keep` (an intercept if not said) stay: text
 * columns as deviations from the mean of their levels, numbers about their mean. As limma's removeBatchEffect (Ritchie
 * 2015). Columns that `keep` can't be told apart from are an error.
 */
export async function removeBatches(
  { counts, samples }: Experiment,
  values: Float64Array,
  { removeBatch, keep = "~ 1" }: TransformOptions,
  { pool, signal, onProgress }: AnalysisContext,
): Promise<{ values: Float64Array; line: ReportLine }> {
  const columns = typeof removeBatch === "string" ? [removeBatch] : removeBatch;
  if (
    !Array.isArray(columns) ||
    columns.length === 0 ||
    !columns.every((c) => typeof c === "string")
  )
    throw argumentError(`transform: invalid removeBatch: ${String(removeBatch)}`, {
      help: "It is a column of the samples, or a list of columns.",
    });
  const kept = makeDesign(samples, keep);
  const names = (columns as readonly string[]).map((name) => `\`${name}\``);
  const batch = makeDesign(samples, `~ ${names.join(" + ")}`);
  // Both together have to be of full rank; the error names what is not.
  const both = makeDesign(samples, `${kept.formula} + ${names.join(" + ")}`);
  const unwanted = batch.variables.flatMap((v) => deviations(v));
  const { nSamples } = counts;
  const p = kept.nCoefficients + unwanted.length;
  if (both.nCoefficients !== p)
    throw argumentError(`transform: removeBatch takes away what keep keeps: ${columns.join(", ")}`);
  const matrix = new Float64Array(nSamples * p);
  for (let s = 0; s < nSamples; ++s) {
    const { nCoefficients, matrix: x } = kept;
    matrix.set(x.subarray(s * nCoefficients, (s + 1) * nCoefficients), s * p);
    unwanted.forEach((column, j) => (matrix[s * p + nCoefficients + j] = column[s]));
  }
  const block: Counts = { ...counts, values };
  const removed = await pool.run(
    "removeEffects",
    block,
    { design: { values: matrix, nSamples, nCoefficients: p }, nKept: kept.nCoefficients },
    { signal, onProgress, label: "removing batch effects" },
  );
  pool.release(block);
  return {
    values: removed.values,
    line: reportLine(
      "warning",
      "batch-removed",
      `Effects of ${columns.join(", ")} were taken away, those of ${kept.formula} kept: for pictures only, not for tests.`,
      nSamples,
    ),
  };
}

/** Columns of deviations: each level against the last, summing to zero over levels; a covariate about its mean. */
function deviations(variable: Variable): Float64Array[] {
  if (variable.kind === "covariate") {
    const { values } = variable;
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return [values.map((v) => v - mean)];
  }
  const { levels, codes } = variable;
  const last = levels.length - 1;
  return levels
    .slice(0, last)
    .map((_, k) => Float64Array.from(codes, (code) => (code === k ? 1 : code === last ? -1 : 0)));
}
