import { argumentError } from "../../base/errors.ts";
import { strings, type Table } from "../../tables/index.ts";
import { knownNames, type GeneIndex } from "./gene-search.ts";

/** Other names of genes: a column of the genes' table, or {alias: gene} with an id or symbol, or a list of them, for each. */
export type Aliases =
  | string
  | Readonly<Record<string, string | readonly string[]>>
  | ReadonlyMap<string, string | readonly string[]>;

/**
 * Every gene's other names. A column holds several parted by |, comma or semicolon; of a map, what stands for no gene of the index
 * is left out, since such lists are made for whole genomes.
 */
export function geneAliases(
  aliases: Aliases,
  table: Table,
  index: GeneIndex,
): readonly (readonly string[])[] {
  if (typeof aliases === "string") return strings(table, aliases).map((text) => parts(text ?? ""));
  if (typeof aliases !== "object" || aliases === null || Array.isArray(aliases))
    throw argumentError(`geneInput: invalid aliases: ${String(aliases)}`, {
      help: 'Name a column of the genes’ table, or give {alias: "gene"}.',
    });
  const known = knownNames(index);
  const out: string[][] = index.ids.map(() => []);
  const pairs = aliases instanceof Map ? aliases.entries() : Object.entries(aliases);
  for (const [alias, genes] of pairs)
    for (const gene of [genes as string | readonly string[]].flat())
      for (const i of known(String(gene))) out[i].push(String(alias));
  return out;
}

function parts(text: string): string[] {
  return text
    .split(/[|,;]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}
