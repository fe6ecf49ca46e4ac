import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnNames,
  hasColumn,
  isTable,
  makeTable,
  strings,
  takeRows,
  utf8,
  type Column,
  type Table,
} from "../../tables/index.ts";
import { filterGenes } from "./filter-genes.ts";
import { isSymbolName } from "./gene-columns.ts";
import { firstFew, plural, reportLine } from "./report-line.ts";
import type { Experiment, ReportLine } from "./types.ts";

export interface OrthologOptions {
  /** Column of the table with the ids or symbols of this experiment's genes. */
  readonly from?: string;
  /** Column with those of the other species. */
  readonly to?: string;
}

const version = /^(ENS[A-Z]*G\d+)\.\d+$/;
const species: readonly (readonly [RegExp, string])[] = [
  [/human|hsapiens|hgnc/i, "Homo sapiens"],
  [/mouse|mmusculus|mgi/i, "Mus musculus"],
  [/rat(_|$)|rnorvegicus|rgd/i, "Rattus norvegicus"],
  [/zebrafish|drerio|zfin/i, "Danio rerio"],
];

/**
 * The experiment on the genes of another species: rows whose gene has exactly one ortholog that is no other gene's, under
 * that ortholog's id, in their order. Genes are found by gene_id or by symbol, whichever the table knows more of (Ensembl
 * versions left aside). The old ids stay as column `ortholog_of`, other gene columns stay too. What was lost, and why, stands
 * in the report: genes without an ortholog, with several, sharing one, and rows of one symbol.
 */
export function orthologs(
  experiment: Experiment,
  table: Table,
  options?: OrthologOptions,
): Experiment {
  const { from, to } = checkOptions("orthologs", options, ["from", "to"]);
  if (!isTable(table))
    throw argumentError(`orthologs: not a table: ${String(table)}`, {
      help: "Give a table of pairs, such as readTable returns.",
    });
  for (const [name, value] of Object.entries({ from, to }))
    if (typeof value !== "string")
      throw argumentError(`orthologs: invalid ${name}: ${String(value)}`, {
        help: `It is a column of the table: ${columnNames(table).slice(0, 30).join(", ")}.`,
      });
  if (from === to) throw argumentError(`orthologs: from and to are one column: ${from}`);
  const pairs = pairsOf(table, from!, to!);
  const { ids, by } = idsOf(experiment.genes, pairs.forward);
  const rowsOf = new Map<string, number>();
  for (const id of ids) if (id !== null) rowsOf.set(id, (rowsOf.get(id) ?? 0) + 1);
  const names = strings(experiment.genes, "gene_id") as string[];
  const kept: number[] = [];
  const targets: string[] = [];
  const lost = {
    none: [] as string[],
    several: [] as string[],
    shared: [] as string[],
    repeated: [] as string[],
  };
  ids.forEach((id, row) => {
    const found = id === null ? undefined : pairs.forward.get(id);
    if (found === undefined) lost.none.push(names[row]);
    else if (found.size > 1) lost.several.push(names[row]);
    else {
      const [target] = found;
      if (pairs.backward.get(target)!.size > 1) lost.shared.push(names[row]);
      else if (rowsOf.get(id!)! > 1) lost.repeated.push(names[row]);
      else {
        kept.push(row);
        targets.push(target);
      }
    }
  });
  if (kept.length === 0)
    throw argumentError(
      `orthologs: the table knows none of the genes in column ${from}: ${firstFew(names, 3)}`,
      {
        help: `That column holds ${firstFew([...pairs.forward.keys()], 3) || "nothing"}.`,
      },
    );
  const chosen = filterGenes(experiment, kept);
  const total = names.length;
  const report: ReportLine[] = [
    ...experiment.report,
    reportLine(
      "info",
      "orthologs-mapped",
      `${plural(kept.length, "gene")} of ${total.toLocaleString("en")} mapped one-to-one from ${from} to ${to}, found by ${by}.`,
      kept.length,
      `${names[kept[0]]} is ${targets[0]}`,
    ),
    ...lossLines(lost),
  ];
  return {
    ...chosen,
    organism: species.find(([pattern]) => pattern.test(to!))?.[1] ?? null,
    genes: geneTable(chosen.genes, targets, to!),
    report,
  };
}

function pairsOf(table: Table, from: string, to: string) {
  column(table, from);
  column(table, to);
  const forward = new Map<string, Set<string>>();
  const backward = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, value: string) => {
    const values = map.get(key);
    if (values === undefined) map.set(key, new Set([value]));
    else values.add(value);
  };
  const others = strings(table, to);
  strings(table, from).forEach((text, row) => {
    const other = others[row];
    if (!text || !other) return;
    add(forward, bare(text), bare(other));
    add(backward, bare(other), bare(text));
  });
  return { forward, backward };
}

function bare(id: string): string {
  return version.exec(id)?.[1] ?? id;
}

/** The names by which the table knows the most genes: ids or symbols. */
function idsOf(
  genes: Table,
  known: ReadonlyMap<string, unknown>,
): { ids: (string | null)[]; by: string } {
  const candidates = ["gene_id", ...(hasColumn(genes, "symbol") ? ["symbol"] : [])];
  let best: { ids: (string | null)[]; by: string } = { ids: [], by: "gene_id" };
  let most = -1;
  for (const by of candidates) {
    const ids = strings(genes, by).map((id) => (id === null ? null : bare(id)));
    const n = ids.reduce((sum, id) => sum + (id !== null && known.has(id) ? 1 : 0), 0);
    if (n > most) {
      best = { ids, by };
      most = n;
    }
  }
  return best;
}

function geneTable(genes: Table, targets: readonly string[], to: string): Table {
  const rows = takeRows(
    genes,
    Int32Array.from(targets, (_, i) => i),
  );
  const columns: [string, Column][] = [["gene_id", utf8(targets)]];
  if (isSymbolName(to) || /symbol/i.test(to)) columns.push(["symbol", utf8(targets)]);
  columns.push(["ortholog_of", column(rows, "gene_id")]);
  for (const name of columnNames(rows)) {
    if (name === "gene_id" || name === "ortholog_of") continue;
    columns.push([name === "symbol" ? "symbol_of" : name, column(rows, name)]);
  }
  const seen = new Set<string>();
  return makeTable(columns.filter(([name]) => !seen.has(name) && seen.add(name)));
}

function lossLines(
  lost: Readonly<Record<"none" | "several" | "shared" | "repeated", string[]>>,
): ReportLine[] {
  const why = {
    none: ["orthologs-none", "without an ortholog in the table"],
    several: ["orthologs-several", "with several orthologs"],
    shared: ["orthologs-shared", "whose ortholog is another gene's too"],
    repeated: ["orthologs-repeated", "of which several rows bear one name"],
  } as const;
  return (Object.keys(why) as (keyof typeof why)[])
    .filter((key) => lost[key].length > 0)
    .map((key) =>
      reportLine(
        "warning",
        why[key][0],
        `${plural(lost[key].length, "gene")} ${why[key][1]} ${lost[key].length === 1 ? "was" : "were"} left out: ${firstFew(lost[key])}.`,
        lost[key].length,
        lost[key][0],
      ),
    );
}
