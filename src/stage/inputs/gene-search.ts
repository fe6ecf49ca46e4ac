/** Genes made ready to be searched as somebody types. */
export interface GeneIndex {
  readonly ids: readonly string[];
  /** The symbol, or the id where there is none. */
  readonly names: readonly string[];
  /** Lower-case text of names and ids, one gene a line: "\nsymbol\tid". */
  readonly text: string;
  /** Where each gene's line begins, its leading newline included. */
  readonly starts: Int32Array;
  /** Genes by id and by symbol in lower case. */
  readonly exact: ReadonlyMap<string, readonly number[]>;
}

/** Makes the index of ids and symbols (null where a gene has none). */
export function geneIndex(
  ids: readonly string[],
  symbols: readonly (string | null)[] | null,
): GeneIndex {
  const names = ids.map((id, i) => symbols?.[i] || id);
  const starts = new Int32Array(ids.length + 1);
  const exact = new Map<string, number[]>();
  const add = (key: string, i: number) => {
    const list = exact.get(key);
    if (!list) exact.set(key, [i]);
    else if (!list.includes(i)) list.push(i);
  };
  const lines: string[] = [];
  let length = 0;
  for (let i = 0; i < ids.length; ++i) {
    const name = fold(names[i]);
    const id = fold(ids[i]);
    starts[i] = length;
    const line = name === id ? `\n${id}` : `\n${name}\t${id}`;
    lines.push(line);
    length += line.length;
    add(id, i);
    add(name, i);
    const bare = id.replace(/\.\d+$/, "");
    if (bare !== id && id.startsWith("ens")) add(bare, i);
  }
  starts[ids.length] = length;
  return { ids, names, text: lines.join(""), starts, exact };
}

/** Case and outer space do not count, nor does what would break a line of the index. */
function fold(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\n\t]/g, " ");
}

export interface Found {
  /** Genes, best first: the name itself, then names or ids that begin with the text, then a word of them, then any part. */
  readonly genes: readonly number[];
  /** Whether there were more than the limit. */
  readonly more: boolean;
}

/** The genes that a typed text may mean. Equal ones in order of length, then of the table. Nothing typed finds nothing. */
export function searchGenes(index: GeneIndex, typed: string, limit: number): Found {
  const query = fold(typed);
  if (query === "") return { genes: [], more: false };
  const { text, starts, names } = index;
  const best: number[][] = [[...(index.exact.get(query) ?? [])], [], [], []];
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
  if (total <= plenty) for (const edge of ["-", ".", " ", "_", "/"]) collect(edge + query, 2);
  if (total <= plenty) collect(query, 3);
  const genes: number[] = [];
  for (const list of best) {
    list.sort((a, b) => names[a].length - names[b].length || a - b);
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

/** Genes of a pasted list (parted by commas, semicolons, tabs or lines; by spaces too), and the words that are none. */
export function genesOfList(
  index: GeneIndex,
  list: string,
): { readonly genes: readonly number[]; readonly unknown: readonly string[] } {
  const words = list
    .split(/[\s,;|]+/)
    .map((word) => word.replace(/^["'“”]+|["'“”]+$/g, ""))
    .filter(Boolean);
  const genes = new Set<number>();
  const unknown = new Set<string>();
  for (const word of words) {
    const found = index.exact.get(fold(word));
    if (found) for (const gene of found) genes.add(gene);
    else unknown.add(word);
  }
  return { genes: [...genes], unknown: [...unknown] };
}
