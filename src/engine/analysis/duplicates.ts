import { checkOptions } from "../../base/check.ts";
import { pause, throwIfAborted } from "../../base/progress.ts";
import { dictionary, float64, makeTable, strings, utf8, type Table } from "../../tables/index.ts";
import { countingNoise } from "../experiment/counting-noise.ts";
import type { Counts, Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { librarySizes } from "./library-sizes.ts";
import { logScaleOf } from "./log-scale-of.ts";
import { transposed } from "./matrix-of.ts";
import { mostVariable } from "./most-variable.ts";
import { rowsOnScale } from "./rows-on-scale.ts";
import { sampleColumns } from "./sample-columns.ts";

/** Why two samples are suspicious. */
const reasons = ["identical", "counting noise", "correlation"] as const;

/** Correlations over so many of the most variable genes. */
const nGenesCorrelated = 2000;
/** Correlation on the log scale beyond which two samples are suspicious by themselves, and below which they are not looked at. */
const certain = 0.999;
const possible = 0.95;
/** Pairs looked at for counting noise, the most alike first. */
const mostPairs = 5000;

/**
 * Pairs of samples that may be one sample: `sample_a sample_b reason correlation noise`, the most alike first. Reasons:
 * "identical" values; "counting noise", where raw counts differ by no more than reads drawn twice from one library would
 * (`noise`, the mean squared Poisson residual over genes of 200 counts or more, below 1.5; 1 is expected of technical
 * replicates, null where fewer than 100 genes tell); "correlation" of 0.999 or more on the log scale over the 2,000 most
 * variable genes. An empty table where there is none.
 */
export async function duplicates(
  experiment: Experiment,
  options: Record<string, never> | undefined,
  context: AnalysisContext,
): Promise<Table> {
  checkOptions("duplicates", options, []);
  const { counts, samples } = experiment;
  const { nSamples } = counts;
  const correlations = await correlationsOf(experiment, context);
  const isCounts = experiment.kind === "counts";
  const pairs: Pair[] = [];
  for (let a = 0; a < nSamples; ++a)
    for (let b = a + 1; b < nSamples; ++b) {
      const correlation = correlations?.[a * nSamples + b] ?? NaN;
      if (!(correlation < possible)) pairs.push({ a, b, correlation, noise: NaN, reason: -1 });
    }
  const rank = (pair: Pair) => (Number.isNaN(pair.correlation) ? 2 : pair.correlation);
  pairs.sort((x, y) => rank(y) - rank(x) || x.a - y.a || x.b - y.b);
  const sizes = librarySizes(counts);
  const columns = new Map<number, Int32Array | Float64Array>();
  const columnOf = (s: number) => {
    let values = columns.get(s);
    if (!values) columns.set(s, (values = sampleColumns(counts, s, s + 1)));
    return values;
  };
  const found: Pair[] = [];
  for (const [i, pair] of pairs.slice(0, mostPairs).entries()) {
    if (i % 64 === 63) {
      throwIfAborted(context.signal);
      await pause();
    }
    const [x, y] = [columnOf(pair.a), columnOf(pair.b)];
    if (isCounts)
      pair.noise = countingNoise(
        counts.values,
        nSamples,
        pair.a,
        pair.b,
        sizes[pair.a],
        sizes[pair.b],
      );
    if (x.every((value, g) => value === y[g])) pair.reason = 0;
    else if (pair.noise < 1.5) pair.reason = 1;
    else if (pair.correlation >= certain) pair.reason = 2;
    if (pair.reason >= 0) found.push(pair);
  }
  found.sort((x, y) => x.reason - y.reason);
  const ids = utf8(strings(samples, "sample_id"));
  return makeTable({
    sample_a: dictionary(
      Int32Array.from(found, (pair) => pair.a),
      ids,
    ),
    sample_b: dictionary(
      Int32Array.from(found, (pair) => pair.b),
      ids,
    ),
    reason: dictionary(
      Int32Array.from(found, (pair) => pair.reason),
      reasons,
    ),
    correlation: float64(found.map((pair) => pair.correlation)),
    noise: float64(found.map((pair) => pair.noise)),
  });
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly correlation: number;
  noise: number;
  /** Index into `reasons`; -1 for none. */
  reason: number;
}

/** samples x samples; null where no gene varies, or a sample has no counts. */
async function correlationsOf(
  experiment: Experiment,
  context: AnalysisContext,
): Promise<Float64Array | null> {
  const { counts } = experiment;
  if (hasEmptySample(experiment.kind, counts)) return null;
  const { scale } = logScaleOf("duplicates", experiment);
  const rows = await mostVariable(experiment, nGenesCorrelated, scale, context);
  if (rows.length < 3) return null;
  const values = transposed(rowsOnScale(counts, rows, scale), rows.length, counts.nSamples);
  const { matrix } = await context.pool.call(
    "correlation",
    { values, nRows: counts.nSamples, nColumns: rows.length, method: "pearson" },
    { ...context, label: "comparing samples" },
  );
  return matrix;
}

function hasEmptySample(kind: string, counts: Counts): boolean {
  return kind === "counts" && librarySizes(counts).some((size) => size === 0);
}
