import { argumentError } from "../../base/errors.ts";
import { columnKind, columnNames, sharedStrings, strings, type Table } from "../../tables/index.ts";
import { keyIndex } from "./key-index.ts";
import { firstFew, plural } from "./report-line.ts";
import type { Counts, Experiment, ExperimentParts, Kind } from "./types.ts";

const kinds: readonly Kind[] = ["counts", "abundance", "log"];

/**
 * Checks the parts once and makes an Experiment of them: shapes agree, there are genes and samples, `gene_id` and
 * `sample_id` stand first and are text, present and unique, every value is finite, whole and not negative for kind
 * "counts" (a Float64Array of such becomes an Int32Array), not negative for "abundance". Each failure is an
 * ArgumentError that names the value and where it stands. Linear in genes x samples.
 */
export function makeExperiment(parts: ExperimentParts): Experiment {
  const { kind, counts, genes, samples } = parts;
  if (!kinds.includes(kind))
    throw argumentError(`invalid kind: ${String(kind)}`, {
      help: 'It is one of "counts", "abundance", "log".',
    });
  if (!(counts.nGenes > 0)) throw argumentError("an experiment needs genes: it has 0");
  if (!(counts.nSamples > 0)) throw argumentError("an experiment needs samples: it has 0");
  if (counts.values.length !== counts.nGenes * counts.nSamples)
    throw argumentError(
      `counts have ${counts.values.length} values, not ${counts.nGenes} x ${counts.nSamples}: ${counts.values.length}`,
    );
  if (genes.numRows !== counts.nGenes)
    throw argumentError(
      `genes have ${genes.numRows} rows, counts ${counts.nGenes}: ${genes.numRows}`,
    );
  if (samples.numRows !== counts.nSamples)
    throw argumentError(
      `samples have ${samples.numRows} rows, counts ${counts.nSamples}: ${samples.numRows}`,
    );
  checkTable("genes", "gene_id", genes);
  checkTable("samples", "sample_id", samples);
  const values = checkValues(kind, counts, genes, samples);
  return {
    title: parts.title ?? "",
    organism: parts.organism ?? null,
    kind,
    counts: { nGenes: counts.nGenes, nSamples: counts.nSamples, values },
    genes,
    samples,
    report: parts.report ?? [],
    metadata: parts.metadata ?? {},
  };
}

function checkTable(room: string, key: string, table: Table): void {
  const names = columnNames(table);
  if (names[0] !== key)
    throw argumentError(`the first column of ${room} is not ${key}: ${names[0] ?? "none"}`);
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice !== undefined) throw argumentError(`two columns of ${room} have one name: ${twice}`);
  const kind = columnKind(table.getChildAt(0)!);
  if (kind !== "string" && kind !== "factor")
    throw argumentError(`${key} must be text: it holds ${kind} values`);
  for (const [j, name] of names.entries())
    if (["date", "other"].includes(columnKind(table.getChildAt(j)!)))
      throw argumentError(`column of ${room} is neither text, numbers nor true and false: ${name}`);
  const ids = sharedStrings(table, key);
  const missing = ids.indexOf(null);
  if (missing >= 0) throw argumentError(`${key} is missing in row ${missing + 1}: null`);
  if (keyIndex(table, key).size === ids.length) return;
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const id of ids as string[]) {
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
  }
  const surplus = ids.length - seen.size;
  throw argumentError(`${key} is not unique: ${firstFew([...repeated])}`, {
    help: `${plural(repeated.size, "id")} stand on ${plural(surplus, "surplus row")}.${
      key === "gene_id" ? ' Choose with duplicates: "first", "max" or "sum".' : ""
    }`,
  });
}

function checkValues(
  kind: Kind,
  { nSamples, values }: Counts,
  genes: Table,
  samples: Table,
): Int32Array | Float64Array {
  const place = (i: number): string =>
    `gene ${strings(genes, "gene_id")[Math.floor(i / nSamples)]}, sample ${strings(samples, "sample_id")[i % nSamples]}`;
  const n = values.length;
  if (values instanceof Int32Array) {
    if (kind !== "log")
      for (let i = 0; i < n; ++i)
        if (values[i] < 0)
          throw argumentError(`negative ${word(kind)}: ${values[i]} (${place(i)})`);
    return kind === "counts" ? values : Float64Array.from(values);
  }
  if (!(values instanceof Float64Array))
    throw argumentError("counts must be an Int32Array or a Float64Array: another type");
  if (kind === "counts") {
    const whole = new Int32Array(n);
    for (let i = 0; i < n; ++i) {
      const value = values[i];
      whole[i] = value;
      if (whole[i] !== value || value < 0)
        throw argumentError(`${problem(value)}: ${value} (${place(i)})`, {
          help: 'Counts are whole numbers from 0 to 2147483647; use kind "abundance" or "log" for others.',
        });
    }
    return whole;
  }
  const least = kind === "abundance" ? 0 : -Infinity;
  for (let i = 0; i < n; ++i) {
    const value = values[i];
    if (!(value - value === 0)) throw argumentError(`not a finite number: ${value} (${place(i)})`);
    if (value < least)
      throw argumentError(`negative ${word(kind)}: ${value} (${place(i)})`, {
        help: 'Use kind "log" for values that can be negative.',
      });
  }
  return values;
}

function problem(value: number): string {
  if (!Number.isFinite(value)) return "count is not a finite number";
  if (value < 0) return "negative count";
  return Number.isInteger(value) ? "count is too large" : "count is not a whole number";
}

function word(kind: Kind): string {
  return kind === "counts" ? "count" : kind === "abundance" ? "abundance" : "value";
}
