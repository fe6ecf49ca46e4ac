import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  columnNames,
  hasColumn,
  makeTable,
  strings,
  takeRows,
  utf8,
  type Table,
} from "../../tables/index.ts";
import { firstFew, plural, reportLine } from "./report-line.ts";
import type { Experiment } from "./types.ts";

/**
 * The experiment with the columns of `table` joined to its samples by `sample_id`, rows in any order. A column that the
 * samples have already is replaced in its place, others are added. Every sample must have a row: those without are
 * named in the error, with the rows that no sample has; surplus rows alone are a line in the report. Integers become
 * float64 ("number").
 */
export function withSamples(experiment: Experiment, table: Table): Experiment {
  if (!hasColumn(table, "sample_id"))
    throw argumentError(`the table has no column sample_id: ${firstFew(columnNames(table))}`, {
      help: "Name the column that holds the samples' ids sample_id.",
    });
  const ids = strings(experiment.samples, "sample_id") as string[];
  const { rows, surplus } = matchRows(ids, strings(table, "sample_id"));
  const joined = takeRows(table, rows);
  const report = [...experiment.report];
  if (surplus.length > 0)
    report.push(
      reportLine(
        "warning",
        "samples-without-counts",
        `The sample sheet lists ${plural(surplus.length, "sample")} that the counts do not have: ${firstFew(surplus)}.`,
        surplus.length,
        surplus[0],
      ),
    );
  const names = columnNames(experiment.samples);
  const added = columnNames(joined).filter((name) => !names.includes(name));
  const samples = makeTable(
    [...names, ...added].map((name) => {
      if (name === "sample_id") return [name, utf8(ids)] as const;
      const from = hasColumn(joined, name) ? joined : experiment.samples;
      return [name, column(from, name)] as const;
    }),
  );
  for (const name of added)
    if (columnKind(column(samples, name)) === "other")
      throw argumentError(`column can't describe samples: ${name}`);
  return { ...experiment, samples, report };
}

/**
 * Row of each of `ids` in `keys`; the ids of `keys` that are none of `ids`. An id on two rows, or without a row, is an
 * error that names both sides.
 */
export function matchRows(
  ids: readonly string[],
  keys: readonly (string | null)[],
): { rows: Int32Array; surplus: string[] } {
  const index = new Map<string, number>();
  const wanted = new Set(ids);
  const twice = new Set<string>();
  keys.forEach((key, i) => {
    if (key === null) return;
    if (index.has(key)) twice.add(key);
    else index.set(key, i);
  });
  const surplus = [...index.keys()].filter((key) => !wanted.has(key));
  const missing = ids.filter((id) => !index.has(id));
  if (missing.length > 0)
    throw argumentError(`samples without a row in the sample sheet: ${firstFew(missing, 10)}`, {
      help: surplus.length
        ? `Rows without counts: ${firstFew(surplus, 10)}. Ids must be spelt alike on both sides.`
        : "Add them to the sheet, or drop them with filterSamples first.",
    });
  const repeated = ids.filter((id) => twice.has(id));
  if (repeated.length > 0)
    throw argumentError(`sample stands twice in the sample sheet: ${firstFew(repeated)}`);
  return { rows: Int32Array.from(ids, (id) => index.get(id)!), surplus };
}
