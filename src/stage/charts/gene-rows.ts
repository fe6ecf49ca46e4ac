import { nearestName } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Source } from "./source.ts";

/** One gene of a long table: its names, and the rows that are its own. */
export interface GeneRows {
  readonly id: string;
  readonly title: string;
  /** What tells genes of one symbol apart; undefined where the title does. */
  readonly secondary: string | undefined;
  readonly rows: readonly number[];
}

/** The columns of a `.counts()` table that are not about the sample. */
const reserved = new Set(["gene_id", "symbol", "sample_id", "count"]);

/**
 * The genes of a long table in order of appearance, or those of `wanted` (ids or symbols) in that order. A table without
 * gene_id is one gene. A symbol that several genes bear is given with its id.
 */
export function geneRows(
  where: string,
  source: Source,
  wanted: readonly string[] | undefined,
): GeneRows[] {
  if (!source.has("gene_id")) {
    const rows = Array.from({ length: source.length }, (_, i) => i);
    const symbol = source.has("symbol") ? source.strings("symbol")[0] : null;
    return [{ id: "", title: symbol ?? "", secondary: undefined, rows }];
  }
  const ids = source.strings("gene_id");
  const symbols = source.has("symbol") ? source.strings("symbol") : null;
  const found = new Map<string, { symbol: string | null; rows: number[] }>();
  ids.forEach((id, i) => {
    if (id === null) return;
    const gene = found.get(id);
    if (gene) gene.rows.push(i);
    else found.set(id, { symbol: symbols?.[i] || null, rows: [i] });
  });
  const bearers = new Map<string, string[]>();
  for (const [id, { symbol }] of found)
    if (symbol) bearers.set(symbol, [...(bearers.get(symbol) ?? []), id]);
  const order = wanted
    ? [...new Set(wanted.flatMap((name) => lookUp(where, name, found, bearers)))]
    : [...found.keys()];
  return order.map((id) => {
    const { symbol, rows } = found.get(id)!;
    const shared = symbol !== null && bearers.get(symbol)!.length > 1;
    return { id, title: symbol ?? id, secondary: shared ? id : undefined, rows };
  });
}

function lookUp(
  where: string,
  name: string,
  found: ReadonlyMap<string, unknown>,
  bearers: ReadonlyMap<string, string[]>,
): readonly string[] {
  if (found.has(name)) return [name];
  const ids = bearers.get(name);
  if (ids) return ids;
  const near = nearestName(String(name), [...bearers.keys(), ...found.keys()]);
  throw argumentError(`${where}: no such gene in the table: ${name}`, {
    help: `${near ? `Did you mean ${near}? ` : ""}The table holds ${found.size} genes.`,
  });
}

/** The sample columns of a long table: neither gene nor value. */
export function sampleColumns(source: Source, y: string): string[] {
  return source.names.filter((name) => !reserved.has(name) && name !== y);
}

/** What the values are called on an axis: the option, else what the table says of itself, else the column's name. */
export function valueName(source: Source, y: string, option: string | undefined): string {
  if (option !== undefined) return option;
  if (y !== "count") return y;
  const said = source.metadata.get("engrailed.value") ?? source.notes(y).get("engrailed.value");
  if (said) return said;
  const kind = source.metadata.get("engrailed.kind");
  if (kind === "abundance") return "abundance";
  if (kind === "log") return "log expression";
  return "counts";
}
