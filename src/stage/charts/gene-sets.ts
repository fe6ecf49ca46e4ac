import { argumentError } from "../../base/errors.ts";
import { isTable } from "../../tables/index.ts";
import { resultParts, takeSource } from "./result-parts.ts";
import { changeCode, readSourceResults } from "./results.ts";
import { toSource, type ChartData, type Source } from "./source.ts";

/** A set of genes; `direction` is 1 or -1 for genes up or down in a contrast, else 0. */
export interface GeneSet {
  readonly name: string;
  readonly direction: -1 | 0 | 1;
  /** Each gene once, as indices into the universe. */
  readonly genes: Int32Array;
}

export interface GeneSets {
  readonly sets: readonly GeneSet[];
  /** All genes that are in a set. */
  readonly ids: readonly string[];
  readonly symbols: readonly (string | null)[];
  /** What the sets are of, in sentences. */
  readonly notes: readonly string[];
  /** What ▲ and ▼ mean: "higher in SOD1" where all contrasts say the same, else "up" and "down". */
  readonly words: { readonly up: string; readonly down: string };
}

/** What sets are read from: a long table `set gene_id`, results, or lists of ids by name. */
export type SetsData =
  ChartData | readonly ChartData[] | Readonly<Record<string, ChartData | readonly string[]>>;

export interface SetOptions {
  /** A gene of results is in a set where padj is below it; by default the table's own. */
  readonly alpha?: number;
  /** And |log2FoldChange| at least this. */
  readonly threshold?: number;
  /** Which sets, in which order; of results the contrasts. */
  readonly sets?: readonly string[];
}

/** Reads sets of genes. Of results each contrast gives two: the genes up and those down. */
export function readSets(where: string, data: unknown, options: SetOptions): GeneSets {
  const universe = new Map<string, number>();
  const symbols: (string | null)[] = [];
  const index = (id: string, symbol: string | null) => {
    let at = universe.get(id);
    if (at === undefined) {
      at = universe.size;
      universe.set(id, at);
      symbols.push(symbol);
    } else symbols[at] ??= symbol;
    return at;
  };
  const { sets, notes, words } = isLists(data)
    ? { sets: setsOfLists(data, index), notes: [], words: plainWords }
    : isLong(where, data)
      ? { sets: setsOfTable(toSource(where, data), index), notes: [], words: plainWords }
      : setsOfResults(where, data, options, index);
  return {
    sets: chosenSets(where, sets, options.sets),
    ids: [...universe.keys()],
    symbols,
    notes,
    words,
  };
}

const plainWords = { up: "up", down: "down" };

type Index = (id: string, symbol: string | null) => number;

function isLists(data: unknown): data is Readonly<Record<string, readonly string[]>> {
  if (typeof data !== "object" || data === null || Array.isArray(data) || isTable(data))
    return false;
  const values = Object.values(data);
  return values.every(
    (v) => (Array.isArray(v) || v instanceof Set) && [...v].every((x) => typeof x === "string"),
  );
}

function isLong(where: string, data: unknown): boolean {
  if (!isTable(data) && !(Array.isArray(data) && !data.some((d) => isTable(d) || Array.isArray(d))))
    return false;
  const source = toSource(where, data);
  return source.has("set") || (source.length === 0 && !source.has("padj"));
}

function setsOfLists(lists: Readonly<Record<string, Iterable<string>>>, index: Index): GeneSet[] {
  return Object.entries(lists).map(([name, ids]) => ({
    name,
    direction: 0,
    genes: Int32Array.from(new Set(Array.from(ids, (id) => index(id, null)))),
  }));
}

function setsOfTable(source: Source, index: Index): GeneSet[] {
  if (!source.length) return [];
  const { codes, levels } = source.levels("set");
  const ids = source.strings("gene_id");
  const symbols = source.has("symbol") ? source.strings("symbol") : null;
  const genes = levels.map(() => new Set<number>());
  ids.forEach((id, i) => {
    if (id !== null && codes[i] >= 0) genes[codes[i]].add(index(id, symbols?.[i] ?? null));
  });
  return levels.map((name, k) => ({ name, direction: 0, genes: Int32Array.from(genes[k]) }));
}

function setsOfResults(
  where: string,
  data: unknown,
  { alpha, threshold = 0 }: SetOptions,
  index: Index,
): Pick<GeneSets, "sets" | "notes" | "words"> {
  if (!(typeof threshold === "number" && threshold >= 0))
    throw argumentError(`${where}: invalid threshold: ${String(threshold)}`, {
      help: "It is a log2 fold change of 0 or more.",
    });
  const alphas = new Set<number>();
  const ups = new Set<string>();
  const downs = new Set<string>();
  const sets = resultParts(where, data).flatMap((part): GeneSet[] => {
    const results = readSourceResults(where, takeSource(part.source, part.rows, part.words), alpha);
    alphas.add(results.alpha);
    ups.add(results.up);
    downs.add(results.down);
    const symbols = results.source.has("symbol") ? results.source.strings("symbol") : null;
    const of: [number[], number[]] = [[], []];
    for (let row = 0; row < results.n; ++row) {
      const code = changeCode(results, row, threshold);
      if (code) of[code - 1].push(index(results.ids[row], symbols?.[row] ?? null));
    }
    return [
      { name: part.name, direction: 1, genes: Int32Array.from(of[0]) },
      { name: part.name, direction: -1, genes: Int32Array.from(of[1]) },
    ];
  });
  const rule = [...alphas].map((a) => `padj < ${a}`).join(" or ");
  const words =
    ups.size === 1 && downs.size === 1 ? { up: [...ups][0], down: [...downs][0] } : plainWords;
  return {
    sets,
    words,
    notes: [
      `▲ ${words.up}, ▼ ${words.down}: ${rule}${threshold ? `, log₂ fold change at least ${threshold}` : ""}.`,
    ],
  };
}

function chosenSets(
  where: string,
  sets: readonly GeneSet[],
  wanted: SetOptions["sets"],
): GeneSet[] {
  if (wanted === undefined) return [...sets];
  if (!Array.isArray(wanted))
    throw argumentError(`${where}: invalid sets: ${String(wanted)}`, {
      help: "It is a list of names.",
    });
  return wanted.flatMap((name) => {
    const found = sets.filter((set) => set.name === name);
    if (!found.length)
      throw argumentError(`${where}: no such set: ${name}`, {
        help: `Sets are ${[...new Set(sets.map((s) => s.name))].slice(0, 20).join(", ")}.`,
      });
    return found;
  });
}

/** The set's name with its direction. */
export function setLabel({ name, direction }: GeneSet): string {
  return direction === 0 ? name : `${direction > 0 ? "▲" : "▼"} ${name}`;
}

/** Genes that are in exactly these sets. */
export interface Intersection {
  /** Indices of sets, ascending. */
  readonly sets: readonly number[];
  readonly genes: readonly number[];
}

/** All intersections that hold a gene: every gene is in exactly one. */
export function intersections({ sets, ids }: Pick<GeneSets, "sets" | "ids">): Intersection[] {
  const of: number[][] = ids.map(() => []);
  sets.forEach(({ genes }, k) => genes.forEach((gene) => of[gene].push(k)));
  const found = new Map<string, { sets: number[]; genes: number[] }>();
  of.forEach((list, gene) => {
    if (!list.length) return;
    const key = list.join();
    const entry = found.get(key);
    if (entry) entry.genes.push(gene);
    else found.set(key, { sets: list, genes: [gene] });
  });
  return [...found.values()];
}
