import {
  column,
  columnKind,
  dictionary,
  hasColumn,
  sharedStrings,
  strings,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";

interface Names {
  readonly ids: Column;
  readonly symbols: Column;
  /** Which of `symbols` each gene has; -1 for none. */
  readonly symbolCodes: Int32Array;
}

const known = new WeakMap<Table, Names>();

/**
 * Columns `gene_id` and `symbol` for a table whose row i speaks of gene `rows[i]`: dictionary-encoded on dictionaries that
 * all tables of these genes share. A gene without a symbol is null.
 */
export function geneNames(genes: Table, rows: Int32Array): { gene_id: Column; symbol: Column } {
  const { ids, symbols, symbolCodes } = namesOf(genes);
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; ++i) codes[i] = symbolCodes[rows[i]];
  return { gene_id: dictionary(rows, ids), symbol: dictionary(codes, symbols) };
}

function namesOf(genes: Table): Names {
  let names = known.get(genes);
  if (!names) {
    names = { ids: textOf(genes, "gene_id"), ...symbolsOf(genes) };
    known.set(genes, names);
  }
  return names;
}

function textOf(genes: Table, name: string): Column {
  const vector = column(genes, name);
  return columnKind(vector) === "string" && vector.data.length === 1
    ? vector
    : utf8(strings(genes, name));
}

function symbolsOf(genes: Table): Pick<Names, "symbols" | "symbolCodes"> {
  const symbolCodes = new Int32Array(genes.numRows).fill(-1);
  if (!hasColumn(genes, "symbol")) return { symbols: utf8([]), symbolCodes };
  const index = new Map<string, number>();
  sharedStrings(genes, "symbol").forEach((symbol, i) => {
    if (symbol === null) return;
    let code = index.get(symbol);
    if (code === undefined) index.set(symbol, (code = index.size));
    symbolCodes[i] = code;
  });
  return { symbols: utf8([...index.keys()]), symbolCodes };
}
