import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnNames,
  levelsOf,
  makeTable,
  strings,
  takeRows,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { makeExperiment } from "../experiment/make-experiment.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { Counts, Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { groupSamples } from "./group-samples.ts";
import { requireCounts } from "./require-kind.ts";

export interface CollapseOptions {
  /** The column of samples that says which belong together: a library, an animal. */
  readonly by?: string;
}

/**
 * Technical replicates summed: one sample for each level of the column `by`, in the order of its levels and named by them.
 * Sample columns that do not differ within a level stay, others are dropped with a line in the report. Raw counts only. A
 * sample without a level, and a sum beyond 2,147,483,647, are errors.
 */
export async function collapse(
  experiment: Experiment,
  options: CollapseOptions | undefined,
  _context?: AnalysisContext,
): Promise<Experiment> {
  const { by } = checkOptions("collapse", options, ["by"]);
  if (typeof by !== "string")
    throw argumentError(`collapse: invalid by: ${String(by)}`, {
      help: "It is the column of samples that says which belong together.",
    });
  requireCounts("collapse", experiment, "Only counts of the same library can be summed.");
  const { samples, genes, counts } = experiment;
  column(samples, by);
  const { codes, levels } = levelsOf(samples, by);
  const without = codes.indexOf(-1);
  if (without >= 0)
    throw argumentError(
      `collapse: a sample has no ${by}: ${strings(samples, "sample_id")[without]}`,
      { help: "Leave it out with filterSamples first." },
    );
  const { groups, nGroups, first } = groupSamples(samples, [by]);
  const names = Array.from(first, (s) => levels[codes[s]]);
  const { kept, dropped } = constantColumns(samples, groups, first);
  const taken = takeRows(samples, first);
  const table = makeTable([
    ["sample_id", utf8(names)],
    ...kept.map((name): [string, Column] => [name, column(taken, name)]),
  ]);
  const report = [
    ...experiment.report,
    reportLine(
      "info",
      "collapsed",
      `${plural(counts.nSamples, "sample")} were summed to ${nGroups} by ${by}.`,
      counts.nSamples,
      names[0],
    ),
  ];
  if (dropped.length)
    report.push(
      reportLine(
        "info",
        "columns-dropped",
        `Sample columns that differ within ${by} were dropped: ${firstFew(dropped)}.`,
        dropped.length,
        dropped[0],
      ),
    );
  return makeExperiment({
    title: experiment.title,
    organism: experiment.organism,
    kind: "counts",
    counts: summed(experiment, groups, names),
    genes,
    samples: table,
    report,
    metadata: experiment.metadata,
  });
}

function summed({ counts, genes }: Experiment, groups: Int32Array, names: string[]): Counts {
  const { nGenes, nSamples, values } = counts;
  const n = names.length;
  const sums = new Float64Array(nGenes * n);
  for (let g = 0, i = 0; g < nGenes; ++g)
    for (let s = 0; s < nSamples; ++s) sums[g * n + groups[s]] += values[i++];
  const over = sums.findIndex((sum) => sum > 0x7fffffff);
  if (over >= 0)
    throw argumentError(`collapse: a sum is too large for a count: ${sums[over]}`, {
      help: `Gene ${strings(genes, "gene_id")[Math.floor(over / n)]}, ${names[over % n]}; the most is 2147483647.`,
    });
  return { nGenes, nSamples: n, values: Int32Array.from(sums) };
}

/** Which columns (but sample_id) have one value, or are missing, throughout each group. */
function constantColumns(
  samples: Table,
  groups: Int32Array,
  first: Int32Array,
): { kept: string[]; dropped: string[] } {
  const kept: string[] = [];
  const dropped: string[] = [];
  for (const name of columnNames(samples)) {
    if (name === "sample_id") continue;
    const values = strings(samples, name);
    (groups.every((k, s) => values[s] === values[first[k]]) ? kept : dropped).push(name);
  }
  return { kept, dropped };
}
