import { dictionary, float64, makeTable, type Column, type Table } from "../../tables/index.ts";
import type { Contrast } from "../design/index.ts";
import { reasons, type MethodResult } from "./fit.ts";
import { geneNames } from "./gene-names.ts";

/** One tested contrast, of one level where there are several. */
export interface ResultPart {
  readonly contrast: Contrast;
  readonly level: string | null;
  readonly result: MethodResult;
}

/**
 * Results as a table `gene_id symbol baseMean log2FoldChange lfcSE stat pvalue padj reason`, parts below each other; before
 * these `by` (the level) where there is one, and `contrast` where a list was asked for.
 */
export function resultsTable(
  genes: Table,
  parts: readonly ResultPart[],
  by: string | null,
  isList: boolean,
  metadata: Readonly<Record<string, string>>,
): Table {
  const n = genes.numRows;
  const rows = new Int32Array(n * parts.length);
  for (let i = 0; i < rows.length; ++i) rows[i] = i % n;
  const { gene_id, symbol } = geneNames(genes, rows);
  const columns: [string, Column][] = [];
  if (by !== null)
    columns.push([
      by,
      repeated(
        parts.map((part) => part.level!),
        n,
      ),
    ]);
  if (isList)
    columns.push([
      "contrast",
      repeated(
        parts.map((part) => part.contrast.name),
        n,
      ),
    ]);
  columns.push(["gene_id", gene_id], ["symbol", symbol]);
  for (const name of ["baseMean", "log2FoldChange", "lfcSE", "stat", "pvalue", "padj"] as const) {
    const values = new Float64Array(rows.length).fill(NaN);
    parts.forEach(({ result }, i) => {
      const own = result[name];
      if (own) values.set(own, i * n);
    });
    columns.push([name, float64(values)]);
  }
  const codes = new Int32Array(rows.length);
  parts.forEach(({ result: { reason } }, i) => {
    for (let g = 0; g < n; ++g) codes[i * n + g] = reason[g] - 1;
  });
  columns.push(["reason", dictionary(codes, reasons.slice(1) as string[])]);
  return makeTable(columns, metadata);
}

function repeated(names: readonly string[], n: number): Column {
  const levels = [...new Set(names)];
  const codes = new Int32Array(names.length * n);
  names.forEach((name, i) => codes.fill(levels.indexOf(name), i * n, (i + 1) * n));
  return dictionary(codes, levels);
}
