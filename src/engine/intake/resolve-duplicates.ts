import { readError } from "../../base/errors.ts";
import { sharedStrings, takeRows, type Table } from "../../tables/index.ts";
import { keyIndex } from "../experiment/key-index.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { Counts, ReportLine } from "../experiment/types.ts";
import type { Duplicates } from "./types.ts";

/** Genes and counts, one row a gene id. */
export interface UniqueGenes {
  readonly genes: Table;
  readonly counts: Counts;
  readonly report: readonly ReportLine[];
}

/**
 * One row a gene id, in the order of first appearance: "first" keeps the first row, "max" the row of the largest total
 * (the first of equal ones), "sum" adds the rows (annotation of the first). "error" refuses, and says whether the rows
 * repeat the same counts, as a one-to-many join of symbols leaves them: adding those would count reads twice.
 */
export function resolveDuplicates(
  genes: Table,
  counts: Counts,
  rule: Duplicates,
  file: string,
  lines: Int32Array | null,
): UniqueGenes {
  const ids = sharedStrings(genes, "gene_id") as readonly string[];
  if (keyIndex(genes, "gene_id").size === ids.length) return { genes, counts, report: [] };
  const groups = new Map<string, number[]>();
  ids.forEach((id, row) => {
    const rows = groups.get(id);
    if (rows === undefined) groups.set(id, [row]);
    else rows.push(row);
  });
  const repeated = [...groups].filter(([, rows]) => rows.length > 1);
  const names = repeated.map(([id]) => id);
  const surplus = ids.length - groups.size;
  const alike = repeated.filter(([, rows]) => rows.every((row) => sameRow(counts, rows[0], row)));
  const same =
    alike.length === 0
      ? ""
      : `${alike.length === repeated.length ? "All of them repeat" : `${plural(alike.length, "id")} of them repeat${alike.length === 1 ? "s" : ""}`} the same counts, as a one-to-many join leaves them.`;
  const how = `${plural(names.length, "id")} on more than one row (${plural(surplus, "surplus row")})`;
  if (rule === "error")
    throw readError(`gene ids are not unique: ${firstFew(names)}`, {
      file,
      line: lines?.[repeated[0][1][1]],
      expected: "one row a gene",
      help: `${how}. ${same === "" ? "" : `${same} `}Choose with duplicates: "first", "max" or "sum"${alike.length > 0 ? ' ("sum" would count reads twice)' : ""}.`,
    });
  const word = {
    first: "the first row was kept",
    max: "the row of the largest total was kept",
    sum: "they were added",
  }[rule];
  const report = [
    reportLine(
      "warning",
      "duplicate-genes",
      `${how}: ${word}.${same === "" ? "" : ` ${same}`}`,
      names.length,
      names[0],
    ),
  ];
  if (rule === "sum" && alike.length > 0)
    report.push(
      reportLine(
        "warning",
        "duplicates-counted-twice",
        `${plural(alike.length, "gene")} had rows of equal counts that were added: their reads may be counted more than once.`,
        alike.length,
        alike[0][0],
      ),
    );
  const { nSamples } = counts;
  const values = emptyLike(counts, groups.size * nSamples);
  const kept = new Int32Array(groups.size);
  let g = 0;
  for (const rows of groups.values()) {
    const row = rule === "max" && rows.length > 1 ? largest(counts, rows) : rows[0];
    kept[g] = row;
    const at = g * nSamples;
    values.set(counts.values.subarray(row * nSamples, (row + 1) * nSamples), at);
    if (rule === "sum")
      for (const other of rows.slice(1))
        for (let s = 0; s < nSamples; ++s) {
          const sum = values[at + s] + counts.values[other * nSamples + s];
          values[at + s] = sum;
          if (values[at + s] !== sum)
            throw readError(`sum of duplicate rows is too large: ${ids[row]}`, {
              file,
              expected: "at most 2147483647",
            });
        }
    ++g;
  }
  return {
    genes: takeRows(genes, kept),
    counts: { nGenes: groups.size, nSamples, values },
    report,
  };
}

function emptyLike({ values }: Counts, length: number): Int32Array | Float64Array {
  return values instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
}

function sameRow({ values, nSamples }: Counts, a: number, b: number): boolean {
  for (let s = 0; s < nSamples; ++s)
    if (values[a * nSamples + s] !== values[b * nSamples + s]) return false;
  return true;
}

function largest({ values, nSamples }: Counts, rows: readonly number[]): number {
  let best = rows[0];
  let most = -Infinity;
  for (const row of rows) {
    let total = 0;
    for (let s = 0; s < nSamples; ++s) total += values[row * nSamples + s];
    if (total > most) {
      most = total;
      best = row;
    }
  }
  return best;
}
