import { argumentError } from "../../base/errors.ts";
import type { Source } from "./source.ts";

/** Genes x samples as they are drawn: gene-major, NaN where there is no value. */
export interface HeatmapValues {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly samples: readonly string[];
  /** As given. */
  readonly values: Float64Array;
  /** What is coloured: the values, or their z-scores within the gene. */
  readonly shown: Float64Array;
  /** Genes that do not vary, which have no z-score. */
  readonly flat: number;
  readonly missing: number;
}

/** Reads a table of genes x samples. Sample columns: those named, else those with the role of a sample, else all numeric ones. */
export function heatmapValues(
  source: Source,
  columns: readonly string[] | undefined,
  scale: "row" | "none",
  genes?: readonly string[],
): HeatmapValues {
  const samples = columns ?? sampleColumns(source);
  if (samples.length === 0)
    throw argumentError("heatmap: no sample columns", {
      help: "The table needs gene_id and one numeric column per sample.",
    });
  const m = samples.length;
  const every = source.has("gene_id")
    ? source.strings("gene_id").map((id) => id ?? "")
    : Array.from({ length: source.length }, (_, i) => `row ${i + 1}`);
  const named = source.has("symbol") ? source.strings("symbol") : null;
  const kept = genes ? chosenRows(genes, every, named) : every.map((_, i) => i);
  const n = kept.length;
  const ids = kept.map((i) => every[i]);
  const symbols = named && kept.map((i) => named[i]);
  const bearers = new Map<string, number>();
  for (const symbol of symbols ?? [])
    if (symbol) bearers.set(symbol, (bearers.get(symbol) ?? 0) + 1);
  const labels = ids.map((id, i) => {
    const symbol = symbols?.[i];
    if (!symbol) return id;
    return bearers.get(symbol)! > 1 ? `${symbol} (${id})` : symbol;
  });
  const values = new Float64Array(n * m);
  samples.forEach((name, j) => {
    const column = source.numbers(name);
    for (let i = 0; i < n; ++i)
      values[i * m + j] = Number.isFinite(column[kept[i]]) ? column[kept[i]] : NaN;
  });
  let missing = 0;
  for (const value of values) if (Number.isNaN(value)) ++missing;
  if (scale === "none") return { ids, labels, samples, values, shown: values, flat: 0, missing };
  const shown = new Float64Array(values.length);
  let flat = 0;
  for (let i = 0; i < n; ++i) if (!zScores(values, shown, i * m, m)) ++flat;
  return { ids, labels, samples, values, shown, flat, missing };
}

/** Rows of the genes of these ids or symbols, in their order; each once. */
function chosenRows(
  genes: readonly string[],
  ids: readonly string[],
  symbols: readonly (string | null)[] | null,
): number[] {
  if (!Array.isArray(genes))
    throw argumentError(`heatmap: invalid genes: ${String(genes)}`, {
      help: "It is a list of gene ids or symbols.",
    });
  const rows = new Map<string, number[]>();
  const add = (name: string | null, i: number) => {
    if (name) rows.set(name, [...(rows.get(name) ?? []), i]);
  };
  ids.forEach(add);
  symbols?.forEach(add);
  return [
    ...new Set(
      genes.flatMap((name) => {
        const found = rows.get(name);
        if (!found) throw argumentError(`heatmap: no such gene in the table: ${name}`);
        return found;
      }),
    ),
  ];
}

/** Scores of one row over n - 1; false, and NaN throughout, where it does not vary. */
function zScores(values: Float64Array, shown: Float64Array, start: number, m: number): boolean {
  let count = 0;
  let mean = 0;
  for (let j = start; j < start + m; ++j)
    if (!Number.isNaN(values[j])) mean += (values[j] - mean) / ++count;
  let squares = 0;
  for (let j = start; j < start + m; ++j)
    if (!Number.isNaN(values[j])) squares += (values[j] - mean) ** 2;
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  const varies = sd > 1e-12 * Math.max(Number.MIN_VALUE, Math.abs(mean));
  for (let j = start; j < start + m; ++j) shown[j] = varies ? (values[j] - mean) / sd : NaN;
  return varies;
}

function sampleColumns(source: Source): string[] {
  const numeric = source.names.filter((name) => {
    const kind = source.kind(name);
    return (kind === "number" || kind === "integer") && name !== "gene_id";
  });
  const marked = numeric.filter((name) => source.notes(name).get("engrailed.role") === "sample");
  return marked.length ? marked : numeric;
}
