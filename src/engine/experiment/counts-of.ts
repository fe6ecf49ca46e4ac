import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  bool,
  column,
  columnKind,
  columnNames,
  dictionary,
  float64,
  hasColumn,
  int32,
  levelsOf,
  makeTable,
  numbers,
  strings,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { keyIndex } from "./key-index.ts";
import type { Experiment } from "./types.ts";

/**
 * The values of a few genes as a long table, gene by gene in the order asked for, samples in theirs: `gene_id symbol
 * sample_id count` and the sample columns. Genes are named by gene_id or symbol; a symbol that several genes share gives
 * all of them, a gene named twice stands once. `symbol` is null where the experiment has none; `count` is the value
 * column for every kind (int32 for counts, else float64). A gene that is not there is an error that names the nearest.
 */
export function countsOf(experiment: Experiment, genes: string | readonly string[]): Table {
  const rows = geneRows(experiment.genes, typeof genes === "string" ? [genes] : genes);
  const { nSamples, values } = experiment.counts;
  const n = rows.length * nSamples;
  const gene = new Int32Array(n);
  const sample = new Int32Array(n);
  const count = values instanceof Int32Array ? new Int32Array(n) : new Float64Array(n);
  rows.forEach((row, i) => {
    const at = i * nSamples;
    count.set(values.subarray(row * nSamples, (row + 1) * nSamples), at);
    gene.fill(i, at, at + nSamples);
    for (let s = 0; s < nSamples; ++s) sample[at + s] = s;
  });
  const pick = (name: string) => {
    const vector = column(experiment.genes, name);
    return rows.map((row) => vector.get(row) as string | null);
  };
  const symbols = hasColumn(experiment.genes, "symbol") ? pick("symbol") : rows.map(() => null);
  const { codes, levels } = coded(symbols);
  const columns: [string, Column][] = [
    ["gene_id", dictionary(gene, pick("gene_id") as string[])],
    [
      "symbol",
      dictionary(
        gene.map((i) => codes[i]),
        levels,
      ),
    ],
    ["sample_id", dictionary(sample, strings(experiment.samples, "sample_id") as string[])],
    ["count", count instanceof Int32Array ? int32(count) : float64(count)],
  ];
  for (const name of columnNames(experiment.samples))
    if (name !== "sample_id" && !columns.some(([taken]) => taken === name))
      columns.push([name, repeated(experiment.samples, name, sample)]);
  return makeTable(columns);
}

/** Rows of the genes named by id or symbol, in the order asked for and each once; an unknown name is an error. */
export function geneRows(table: Table, names: readonly string[]): number[] {
  if (!Array.isArray(names) || names.length === 0)
    throw argumentError(`genes must be a name or a list of names: ${String(names)}`);
  const ids = keyIndex(table, "gene_id");
  const rows = new Set<number>();
  for (const name of names) {
    const row = ids.get(String(name));
    const found = row === undefined ? symbolRows(table).get(String(name)) : [row];
    if (found === undefined) throw unknownGene(table, String(name));
    for (const r of found) rows.add(r);
  }
  return [...rows];
}

const bySymbol = new WeakMap<Table, Map<string, number[]>>();

function symbolRows(table: Table): ReadonlyMap<string, readonly number[]> {
  let index = bySymbol.get(table);
  if (index === undefined) {
    index = new Map();
    if (hasColumn(table, "symbol"))
      for (const [i, symbol] of strings(table, "symbol").entries()) {
        if (symbol === null) continue;
        const rows = index.get(symbol);
        if (rows === undefined) index.set(symbol, [i]);
        else rows.push(i);
      }
    bySymbol.set(table, index);
  }
  return index;
}

function unknownGene(table: Table, name: string) {
  const all = [...symbolRows(table).keys(), ...keyIndex(table, "gene_id").keys()];
  const lower = name.toLowerCase();
  const alike = all.filter(
    (other) => Math.abs(other.length - name.length) <= 2 && other[0]?.toLowerCase() === lower[0],
  );
  const near = all.find((other) => other.toLowerCase() === lower) ?? nearestName(name, alike);
  return argumentError(`no such gene: ${name}`, {
    help: `${near === undefined ? "" : `Did you mean ${near}? `}Genes are named by gene_id or symbol, spelt as in the experiment.`,
  });
}

function coded(values: readonly (string | null)[]): { codes: Int32Array; levels: string[] } {
  const levels = [...new Set(values.filter((v): v is string => v !== null))];
  const index = new Map(levels.map((level, i) => [level, i]));
  return { codes: Int32Array.from(values, (v) => (v === null ? -1 : index.get(v)!)), levels };
}

function repeated(table: Table, name: string, sample: Int32Array): Column {
  const vector = column(table, name);
  const kind = columnKind(vector);
  if (kind === "string" || kind === "factor") {
    const { codes, levels } = levelsOf(table, name);
    return dictionary(
      sample.map((s) => codes[s]),
      levels,
    );
  }
  if (kind === "boolean") {
    const values = Array.from({ length: table.numRows }, (_, i) => vector.get(i) as boolean | null);
    return bool(Array.from(sample, (s) => values[s]));
  }
  const values = numbers(table, name);
  return float64(Float64Array.from(sample, (s) => values[s]));
}
