import { argumentError } from "../../base/errors.ts";
import { hasColumn, isTable, strings, type Table } from "../../tables/index.ts";
import { geneAliases, type Aliases } from "./gene-aliases.ts";
import { geneIndex, type GeneIndex } from "./gene-search.ts";

/** Genes: a table with gene_id and, where there is one, symbol; an experiment has it as `.genes`. */
export type GeneSource = Table | { readonly genes: Table };

/** The index of a source, made once for each table, with other names where they are given. */
export function geneIndexOf(source: GeneSource, aliases: Aliases | undefined): GeneIndex {
  const table: unknown = isTable(source) ? source : (source as { genes?: unknown } | null)?.genes;
  if (!isTable(table) || !hasColumn(table, "gene_id"))
    throw argumentError("geneInput: not an experiment nor a table of genes", {
      help: "Give it an experiment, or a table with a column gene_id.",
    });
  let index = indexes.get(table);
  if (!index) {
    const ids = strings(table, "gene_id").map((id) => id ?? "");
    index = geneIndex(ids, hasColumn(table, "symbol") ? strings(table, "symbol") : null);
    indexes.set(table, index);
  }
  if (aliases === undefined) return index;
  const symbols = hasColumn(table, "symbol") ? strings(table, "symbol") : null;
  return geneIndex(index.ids, symbols, geneAliases(aliases, table, index));
}

/** One index a table, for a cell that runs again and again. */
const indexes = new WeakMap<Table, GeneIndex>();
