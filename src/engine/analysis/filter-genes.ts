import { checkInteger, checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { levelsOf, strings } from "../../tables/index.ts";
import { makeDesign } from "../design/index.ts";
import { filterGenes as chooseGenes } from "../experiment/filter-genes.ts";
import { plural, reportLine } from "../experiment/report-line.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { positiveLibrarySizes } from "./library-sizes.ts";
import { requireCounts } from "./require-kind.ts";

export interface FilterGenesOptions {
  readonly method?: "filterByExpr" | "counts" | "cpm";
  /** For filterByExpr: the design that will be fitted, or the column that groups samples. */
  readonly design?: string;
  readonly group?: string;
  /** For filterByExpr 10, for counts the least count itself. */
  readonly minCount?: number;
  readonly minTotalCount?: number;
  readonly largeN?: number;
  readonly minProportion?: number;
  readonly minCpm?: number;
  readonly minSamples?: number;
}

const where = "filterGenes";
const names = {
  filterByExpr: ["design", "group", "minCount", "minTotalCount", "largeN", "minProportion"],
  counts: ["minCount", "minSamples"],
  cpm: ["minCpm", "minSamples"],
} as const;

/**
 * The experiment with the genes that have counts enough, and a line in its report. "filterByExpr" (default) keeps genes with enough counts per
 * million in as many samples as the smallest group has (Chen, Lun & Smyth 2016; edgeR's, on library sizes without
 * normalisation factors); "counts" those with `minCount` or more in `minSamples` or more; "cpm" those above `minCpm`.
 */
export async function filterGenes(
  experiment: Experiment,
  options: FilterGenesOptions | undefined,
  _context?: AnalysisContext,
): Promise<Experiment> {
  const all = ["method", ...new Set(Object.values(names).flat())];
  const given = checkOptions<FilterGenesOptions>(where, options, all);
  const method = checkOneOf(
    where,
    "method",
    given.method,
    ["filterByExpr", "counts", "cpm"],
    "filterByExpr",
  );
  checkOptions(`${where} of method ${method}`, given, ["method", ...names[method]]);
  requireCounts(
    where,
    experiment,
    "Its rules are about counts; choose genes by other values with experiment.filterGenes.",
  );
  const { nGenes } = experiment.counts;
  const kept =
    method === "filterByExpr"
      ? byExpression(experiment, given)
      : byValues(experiment, method, given);
  if (kept.length === 0)
    throw argumentError(`${where}: no gene is left: 0 of ${nGenes}`, {
      help: "Counts are low throughout; ask for less.",
    });
  const chosen = chooseGenes(experiment, kept);
  const line = reportLine(
    "info",
    "genes-filtered",
    `${plural(kept.length, "gene")} of ${nGenes} were kept by ${method}.`,
    nGenes - kept.length,
  );
  return { ...chosen, report: [...chosen.report, line] };
}

function byExpression(experiment: Experiment, given: FilterGenesOptions): Int32Array {
  const { nGenes, nSamples, values } = experiment.counts;
  const least = number("minCount", given.minCount, 10);
  const total = number("minTotalCount", given.minTotalCount, 15);
  const largeN = number("largeN", given.largeN, 10);
  const proportion = number("minProportion", given.minProportion, 0.7);
  const sizes = positiveLibrarySizes(where, experiment);
  let enough = smallestGroup(experiment, given);
  if (enough > largeN) enough = largeN + (enough - largeN) * proportion;
  const sorted = sizes.toSorted();
  const middle = (sorted[(nSamples - 1) >> 1] + sorted[nSamples >> 1]) / 2;
  const cutoff = (least / middle) * 1e6;
  const tolerance = 1e-14;
  // In this order edgeR's rounding is met, which decides where the median sample has just the least count.
  const perCount = sizes.map((size) => 1e6 / size);
  const kept: number[] = [];
  for (let g = 0; g < nGenes; ++g) {
    let above = 0;
    let sum = 0;
    for (let s = 0; s < nSamples; ++s) {
      const count = values[g * nSamples + s];
      sum += count;
      if (count * perCount[s] >= cutoff) ++above;
    }
    if (above >= enough - tolerance && sum >= total - tolerance) kept.push(g);
  }
  return Int32Array.from(kept);
}

/** Samples in the smallest group; of a design, 1 over the largest leverage; without either all samples are one group. */
function smallestGroup({ samples }: Experiment, { design, group }: FilterGenesOptions): number {
  if (design !== undefined && group !== undefined)
    throw argumentError(`${where}: both design and group are given: ${design}, ${group}`, {
      help: "One of them says how samples are grouped.",
    });
  if (group !== undefined) {
    const { codes, levels } = levelsOf(samples, group);
    const missing = codes.indexOf(-1);
    if (missing >= 0)
      throw argumentError(
        `${where}: a sample has no ${group}: ${strings(samples, "sample_id")[missing]}`,
      );
    const sizes = levels.map((_, k) => codes.filter((code) => code === k).length);
    return Math.min(...sizes.filter((size) => size > 0));
  }
  if (design !== undefined) return 1 / largestLeverage(makeDesign(samples, design));
  return samples.numRows;
}

function largestLeverage({ matrix, nSamples: n, nCoefficients: p }: ReturnType<typeof makeDesign>) {
  const basis: Float64Array[] = [];
  for (let j = 0; j < p; ++j) {
    const x = Float64Array.from({ length: n }, (_, s) => matrix[s * p + j]);
    for (let pass = 0; pass < 2; ++pass)
      for (const q of basis) {
        const dot = q.reduce((sum, value, s) => sum + value * x[s], 0);
        x.forEach((_, s) => (x[s] -= dot * q[s]));
      }
    const length = Math.hypot(...x);
    basis.push(x.map((value) => value / length));
  }
  let largest = 0;
  for (let s = 0; s < n; ++s)
    largest = Math.max(
      largest,
      basis.reduce((sum, q) => sum + q[s] * q[s], 0),
    );
  return largest;
}

function byValues(
  experiment: Experiment,
  method: "counts" | "cpm",
  given: FilterGenesOptions,
): Int32Array {
  const { nGenes, nSamples, values } = experiment.counts;
  const minSamples = checkInteger(where, "minSamples", given.minSamples, {
    min: 1,
    max: nSamples,
    fallback: Math.min(2, nSamples),
  });
  const least =
    method === "counts"
      ? number("minCount", given.minCount, 10)
      : number("minCpm", given.minCpm, 0.5);
  const sizes = method === "cpm" ? positiveLibrarySizes(where, experiment) : null;
  const kept: number[] = [];
  for (let g = 0; g < nGenes; ++g) {
    let above = 0;
    for (let s = 0; s < nSamples; ++s) {
      const count = values[g * nSamples + s];
      if (sizes ? (count / sizes[s]) * 1e6 > least : count >= least) ++above;
    }
    if (above >= minSamples) kept.push(g);
  }
  return Int32Array.from(kept);
}

function number(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === "number" && value >= 0 && value < Infinity) return value;
  throw argumentError(`${where}: invalid ${name}: ${String(value)}`, {
    help: "It is a number from 0 up.",
  });
}
