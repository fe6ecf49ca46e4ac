import { compareCodePoints } from "../../tables/index.ts";

/** Genes made ready to be searched as somebody types. */
export interface GeneIndex {
  readonly ids: readonly string[];
  /** The symbol, or the id where there is none. */
  readonly names: readonly string[];
  /** Other names, as they were given. */
  readonly aliases: readonly (readonly string[])[] | null;
  /** All in lower case, one gene a line: "\nsymbol\tid\valias\valias", with a newline after the last. */
  readonly text: string;
  /** Where each gene's line begins, its leading newline included; and where the last one ends. */
  readonly starts: Int32Array;
}

/** Makes the index of ids, symbols (null where a gene has none) and other names. */
export function geneIndex(
  ids: readonly string[],
  symbols: readonly (string | null)[] | null,
  aliases: readonly (readonly string[])[] | null = null,
): GeneIndex {
  const names = ids.map((id, i) => symbols?.[i] || id);
  const line = (i: number) => (names[i] === ids[i] ? `\n${ids[i]}` : `\n${names[i]}\t${ids[i]}`);
  const others = (i: number) => aliases?.[i]?.map((alias) => `\v${fold(alias)}`).join("") ?? "";
  let lines = ids.map((_, i) => line(i) + others(i));
  const written = lines.join("");
  let text = written.toLowerCase();
  if (text.length !== written.length || text.split("\n").length !== ids.length + 1) {
    lines = ids.map((id, i) => `\n${fold(names[i])}\t${fold(id)}${others(i)}`);
    text = lines.join("");
  }
  const starts = new Int32Array(ids.length + 1);
  for (let i = 0; i < lines.length; ++i) starts[i + 1] = starts[i] + lines[i].length;
  return { ids, names, aliases, text: `${text}\n`, starts };
}

/** Case and outer space do not count, nor does what would break a line of the index. */
function fold(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\n\t\v]/g, " ");
}

/**
 * The genes of exactly this id (an Ensembl id also without its version) or symbol, in the table's order; where there is none, those of
 * this other name.
 */
export function exactGenes(index: GeneIndex, name: string): number[] {
  const query = fold(name);
  const genes = new Set<number>();
  if (query === "") return [];
  const { text, starts } = index;
  for (const edge of ["\n", "\t", "\v"]) {
    if (edge === "\v" && genes.size > 0) break;
    const needle = edge + query;
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      const next = text[at + needle.length];
      if (
        next === "\n" ||
        next === "\v" ||
        (next === "\t" && edge === "\n") ||
        isVersion(index, query, at + needle.length)
      )
        genes.add(lineAt(starts, at));
    }
  }
  return [...genes].sort((a, b) => a - b);
}

/** Whether what follows an Ensembl id on its line is a version and nothing else. */
function isVersion({ text }: GeneIndex, query: string, at: number): boolean {
  if (text[at] !== "." || !query.startsWith("ens")) return false;
  return /^\.\d+[\n\v]/.test(text.slice(at, at + 12));
}

export interface Found {
  /** Genes, best first: the name itself, then names or ids that begin with the text, then other names or a word, then any part. */
  readonly genes: readonly number[];
  /** Whether there were more than the limit. */
  readonly more: boolean;
}

/** The genes that a typed text may mean. Equal ones in order of length, then of code points. Nothing typed finds nothing. */
export function searchGenes(index: GeneIndex, typed: string, limit: number): Found {
  const query = fold(typed);
  if (query === "") return { genes: [], more: false };
  const { text, starts, names } = index;
  const best: number[][] = [exactGenes(index, query), [], [], []];
  const seen = new Set(best[0]);
  const plenty = Math.max(2000, limit * 10);
  let total = seen.size;
  const collect = (needle: string, rank: number) => {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      const gene = lineAt(starts, at);
      if (!seen.has(gene)) {
        seen.add(gene);
        ++total;
        best[rank].push(gene);
        if (total > plenty) return;
      }
      at = Math.max(at, starts[gene + 1] - 1);
    }
  };
  collect(`\n${query}`, 1);
  collect(`\t${query}`, 1);
  if (total <= plenty) for (const edge of ["\v", "-", ".", " ", "_", "/"]) collect(edge + query, 2);
  if (total <= plenty) collect(query, 3);
  const genes: number[] = [];
  for (const list of best) {
    list.sort(
      (a, b) => names[a].length - names[b].length || compareCodePoints(names[a], names[b]) || a - b,
    );
    for (const gene of list) if (genes.length < limit) genes.push(gene);
  }
  return { genes, more: total > genes.length };
}

/** The line that holds position `at`: the last that starts at or before it. */
function lineAt(starts: Int32Array, at: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Genes of a pasted list (parted by commas, semicolons, tabs, lines or spaces), and the words that are none. */
export function genesOfList(
  index: GeneIndex,
  list: string,
): { readonly genes: readonly number[]; readonly unknown: readonly string[] } {
  const words = list
    .split(/[\s,;|]+/)
    .map((word) => word.replace(/^["'“”]+|["'“”]+$/g, ""))
    .filter(Boolean);
  const known = words.length > 20 ? exactMap(index) : null;
  const genes = new Set<number>();
  const unknown = new Set<string>();
  for (const word of words) {
    const found = known ? known.get(fold(word)) : exactGenes(index, word);
    if (found?.length) for (const gene of found) genes.add(gene);
    else unknown.add(word);
  }
  return { genes: [...genes], unknown: [...unknown] };
}

/** What exactGenes answers, for many names at once. */
export function knownNames(index: GeneIndex): (name: string) => readonly number[] {
  const map = exactMap(index);
  return (name) => map.get(fold(name)) ?? [];
}

/** The other name by which a typed text finds a gene; null where it is found by symbol or id. */
export function aliasFound(index: GeneIndex, gene: number, typed: string): string | null {
  const query = fold(typed);
  if (fold(index.names[gene]).includes(query) || fold(index.ids[gene]).includes(query)) return null;
  return index.aliases?.[gene]?.find((alias) => fold(alias).includes(query)) ?? null;
}

/** Genes by id, id without version, and symbol, else by other names, in lower case. */
function exactMap({ ids, names, aliases }: GeneIndex): Map<string, number[]> {
  const map = new Map<string, number[]>();
  const add = (key: string, i: number) => {
    const list = map.get(key);
    if (!list) map.set(key, [i]);
    else if (list.at(-1) !== i) list.push(i);
  };
  for (let i = 0; i < ids.length; ++i) {
    const id = fold(ids[i]);
    add(id, i);
    add(fold(names[i]), i);
    if (id.startsWith("ens")) add(id.replace(/\.\d+$/, ""), i);
  }
  if (!aliases) return map;
  const taken = new Set(map.keys());
  aliases.forEach((list, i) => {
    for (const alias of list) if (!taken.has(fold(alias))) add(fold(alias), i);
  });
  return map;
}
