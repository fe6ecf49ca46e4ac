import { argumentError } from "../../base/errors.ts";
import { resultParts, takeSource } from "./result-parts.ts";
import { toSource, type Source } from "./source.ts";

/** A results table as the pictures read it; NaN is missing. */
export interface Results {
  readonly source: Source;
  readonly n: number;
  readonly ids: readonly string[];
  /** Symbol, else id; with the id behind it where several genes have the symbol. */
  label(row: number): string;
  readonly log2FoldChange: Float64Array;
  readonly pvalue: Float64Array;
  readonly padj: Float64Array;
  readonly baseMean: Float64Array | null;
  /** Why a p or padj is missing, null where it is not known. */
  reason(row: number): string | null;
  /** Rows of a gene id or symbol. */
  rowsOf(name: string): readonly number[];
  /** The row of a gene id; -1 where there is none. */
  rowOf(id: string): number;
  /** The contrast in words, where the table says. */
  readonly contrast: string | null;
  /** What a positive and a negative change mean: "higher in SOD1", "lower in SOD1"; "up" and "down" where the table does not say. */
  readonly up: string;
  readonly down: string;
  readonly alpha: number;
}

/** The one contrast of a table, or the one that is named; an error that lists them where there are several. */
function onePart(where: string, data: unknown, contrast: string | undefined): Source {
  const source = toSource(where, data);
  const parts = resultParts(where, data);
  if (contrast === undefined && parts.length <= 1) return source;
  const found = parts.find(({ name }) => name === contrast);
  if (found) return takeSource(found.source, found.rows, found.words);
  const names = parts.map(({ name }) => `"${name}"`).join(", ");
  throw argumentError(
    contrast === undefined
      ? `${where}: the table holds several contrasts: ${parts.length}`
      : `${where}: no such contrast: ${contrast}`,
    { help: `Choose one with {contrast: …}: ${names}.` },
  );
}

/** Reads a results table: gene_id, log2FoldChange, pvalue and padj at least, with what its metadata say. `alpha` given goes before the table's; else 0.05. */
export function readResults(
  where: string,
  data: unknown,
  alpha?: number,
  contrastName?: string,
): Results {
  return readSourceResults(where, onePart(where, data, contrastName), alpha);
}

/** The same of a source that holds one contrast. */
export function readSourceResults(where: string, source: Source, alpha?: number): Results {
  const need = ["gene_id", "log2FoldChange", "pvalue", "padj"];
  const lacking = source.length ? need.filter((name) => !source.has(name)) : [];
  if (lacking.length)
    throw argumentError(`${where}: not a results table: it has no ${lacking.join(", ")}`, {
      help: "Give it what fit.results() returns: gene_id symbol baseMean log2FoldChange lfcSE stat pvalue padj.",
    });
  const numbers = (name: string) =>
    source.has(name) ? source.numbers(name) : new Float64Array(source.length).fill(NaN);
  // Names of 60,000 genes take a while to read, and a picture may need few of them.
  const ids = once(() =>
    source.has("gene_id") ? source.strings("gene_id").map((id) => id ?? "") : [],
  );
  const symbols = once(() => (source.has("symbol") ? source.strings("symbol") : null));
  const reasons = once(() => (source.has("reason") ? source.strings("reason") : null));
  const shared = new Map<string, boolean>();
  const isShared = (symbol: string) => {
    let known = shared.get(symbol);
    if (known === undefined) {
      const all = symbols()!;
      known = all.indexOf(symbol, all.indexOf(symbol) + 1) >= 0;
      shared.set(symbol, known);
    }
    return known;
  };
  const byId = once(() => new Map(ids().map((id, i) => [id, i])));
  const bySymbol = once(() => {
    const rows = new Map<string, number[]>();
    symbols()?.forEach((symbol, i) => {
      if (!symbol) return;
      const list = rows.get(symbol);
      if (list) list.push(i);
      else rows.set(symbol, [i]);
    });
    return rows;
  });
  const contrast = source.metadata.get("contrast") ?? null;
  return {
    source,
    n: source.length,
    get ids() {
      return ids();
    },
    label(row) {
      const symbol = symbols()?.[row];
      if (!symbol) return ids()[row];
      return isShared(symbol) ? `${symbol} (${ids()[row]})` : symbol;
    },
    log2FoldChange: numbers("log2FoldChange"),
    pvalue: numbers("pvalue"),
    padj: numbers("padj"),
    baseMean: source.has("baseMean") ? source.numbers("baseMean") : null,
    reason: (row) => reasons()?.[row] ?? null,
    rowsOf(name) {
      const row = byId().get(name);
      return row === undefined ? (bySymbol().get(name) ?? []) : [row];
    },
    rowOf: (id) => byId().get(id) ?? -1,
    contrast,
    ...directionWords(contrast),
    alpha: checkAlpha(where, alpha ?? metadataNumber(source, "alpha") ?? 0.05),
  };
}

/** "higher in SOD1" and "lower in SOD1" of "SOD1 over WT: positive means higher in SOD1". */
export function directionWords(contrast: string | null): { up: string; down: string } {
  const above = contrast?.match(/positive means higher in (.+?)\.?$/s)?.[1];
  return above
    ? { up: `higher in ${above}`, down: `lower in ${above}` }
    : { up: "up", down: "down" };
}

/** 1 significantly up, 2 significantly down, 0 neither (a missing padj too). */
export function changeCode(results: Results, row: number, threshold: number): 0 | 1 | 2 {
  const change = results.log2FoldChange[row];
  if (!(results.padj[row] < results.alpha) || !(Math.abs(change) >= threshold) || change === 0)
    return 0;
  return change > 0 ? 1 : 2;
}

function metadataNumber(source: Source, key: string): number | undefined {
  const text = source.metadata.get(key);
  const value = text === undefined || text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

export function checkAlpha(where: string, alpha: unknown): number {
  if (typeof alpha === "number" && alpha > 0 && alpha <= 1) return alpha;
  throw argumentError(`${where}: invalid alpha: ${String(alpha)}`, {
    help: "It is a number above 0, at most 1.",
  });
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
