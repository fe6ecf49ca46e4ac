import {
  columnNames,
  float64,
  levelsOf,
  makeTable,
  numbers,
  strings,
  utf8,
  type Table,
} from "../../tables/index.ts";

/**
 * A `.counts()` table as `gene_id symbol` and one column per sample, in order of first appearance; `value` is
 * applied to every count.
 */
export function wideTable(long: Table, value: (count: number) => number = (v) => v): Table {
  const genes = inOrder(long, "gene_id");
  const samples = inOrder(long, "sample_id");
  const counts = numbers(long, "count");
  const columns = samples.names.map(() => new Float64Array(genes.names.length).fill(NaN));
  for (let i = 0; i < counts.length; ++i)
    columns[samples.codes[i]][genes.codes[i]] = value(counts[i]);
  const symbols = columnNames(long).includes("symbol") ? strings(long, "symbol") : null;
  const symbolOf: (string | null)[] = genes.names.map(() => null);
  if (symbols) for (let i = 0; i < symbols.length; ++i) symbolOf[genes.codes[i]] ??= symbols[i];
  return makeTable([
    ["gene_id", utf8(genes.names)] as const,
    ...(symbols ? [["symbol", utf8(symbolOf)] as const] : []),
    ...samples.names.map((name, i) => [name, float64(columns[i])] as const),
  ]);
}

/** Codes of a column by first appearance. */
function inOrder(table: Table, name: string): { names: string[]; codes: Int32Array } {
  const { codes, levels } = levelsOf(table, name);
  const order = new Int32Array(levels.length).fill(-1);
  const names: string[] = [];
  const out = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; ++i) {
    if (order[codes[i]] < 0) order[codes[i]] = names.push(levels[codes[i]]) - 1;
    out[i] = order[codes[i]];
  }
  return { names, codes: out };
}
