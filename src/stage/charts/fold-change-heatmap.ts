import { checkInteger, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { checkSelection } from "./check-selection.ts";
import { readAxes, type AxesOption } from "./axis-options.ts";
import { inksOf } from "./colour.ts";
import { readTree, type TreeLike } from "./dendrogram.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { drawHeatmap } from "./heatmap-draw.ts";
import { heatmapView } from "./heatmap-view.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { nameList, sentence } from "./name-list.ts";
import { formatNumber, formatP } from "./numbers.ts";
import { resultParts, takeSource, type ResultPart, type ResultsData } from "./result-parts.ts";
import { readSourceResults, type Results } from "./results.ts";
import { shortNames } from "./short-names.ts";
import { textWidth } from "./text.ts";

export interface FoldChangeHeatmapOptions extends FrameOptions, AxesOption {
  /** Ids or symbols: which genes, in which order. By default the `top` most significant in any contrast, by their mean change. */
  readonly genes?: readonly string[];
  /** How many genes where none are named; 30 by default. */
  readonly top?: number;
  /** A change is significant where padj is below it; by default the table's own. */
  readonly alpha?: number;
  /** hclust of the genes: orders them and draws its tree. */
  readonly rows?: TreeLike | null;
  /** The log2 fold change at which colour ends. */
  readonly limit?: number;
  /** Of the cells, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

const names = ["genes", "top", "alpha", "rows", "limit", "axes", "height", "selection"];

/**
 * log2 fold changes of chosen genes over several contrasts, with a cross where a gene is not significant and grey where it has no change. `data` is what fit.results returns for a
 * list of contrasts or a fit by level, a list of results tables, or {name: table}.
 */
export function foldChangeHeatmap(
  data: ResultsData,
  options?: FoldChangeHeatmapOptions,
): ChartElement {
  const where = "foldChangeHeatmap";
  const given = checkOptions(where, options, [...names, ...frameOptions]);
  const top = checkInteger(where, "top", given.top, { min: 1, max: 5000, fallback: 30 });
  const { limit } = given;
  if (limit !== undefined && !(typeof limit === "number" && limit > 0))
    throw argumentError(`${where}: invalid limit: ${String(limit)}`, {
      help: "It is a log2 fold change above 0.",
    });
  const parts = resultParts(where, data);
  const read = parts.map((part) =>
    readSourceResults(where, takeSource(part.source, part.rows, part.words), given.alpha),
  );
  const genes = given.genes ? chosenGenes(where, read, given.genes) : topGenes(read, top);
  const ids = genes.map(({ id }) => id);
  const m = parts.length;
  const values = new Float64Array(ids.length * m).fill(NaN);
  const marks = new Uint8Array(ids.length * m);
  const rows = ids.map((id) => read.map((results) => results.rowOf(id)));
  let missing = 0;
  let largest = 0;
  ids.forEach((_, i) =>
    read.forEach((results, j) => {
      const row = rows[i][j];
      const change = row < 0 ? NaN : results.log2FoldChange[row];
      values[i * m + j] = Number.isFinite(change) ? change + 0 : NaN;
      if (Number.isNaN(values[i * m + j])) ++missing;
      else largest = Math.max(largest, Math.abs(change));
      if (row < 0 || !(results.padj[row] < results.alpha)) marks[i * m + j] = 1;
    }),
  );
  const end = limit ?? (largest > 0 ? Math.max(1, Math.min(largest, 4)) : 1);
  const tree = given.rows ? readTree(where, "rows", given.rows, ids) : null;
  const named = uniqueNames(parts.map(({ name }) => name));
  // Contrasts of one fit say much in common, and names have little room.
  const samples = named.some((name) => textWidth(name, 11) > 120) ? shortNames(named) : named;
  const alphas = [...new Set(read.map(({ alpha }) => alpha))];
  const axes = readAxes(where, given.axes, { x: "label", y: "label" });
  const plan: HeatmapPlan = {
    data: {
      ids,
      labels: genes.map(({ label }) => label),
      samples,
      values,
      shown: values,
      flat: 0,
      missing: 0,
    },
    rowTree: tree,
    columnTree: null,
    rowOrder: tree?.order ?? Int32Array.from(ids, (_, i) => i),
    columnOrder: Int32Array.from(samples, (_, j) => j),
    scale: "none",
    low: -end,
    high: end,
    clipped: values.reduce((sum, v) => sum + (Math.abs(v) > end ? 1 : 0), 0),
    scheme: "blue-orange",
    value: "log₂ fold change",
    sampleBars: [],
    geneBars: [],
    labels: true,
    height: given.height,
    rowsAre: "genes",
    columnsAre: null,
    marks,
    tip(i, j) {
      const row = rows[i][j];
      const results = read[j];
      const reason = row < 0 ? "not in the table" : results.reason(row);
      return [
        ["contrast", named[j]],
        ["log₂ fold change", formatNumber(values[i * m + j])],
        ["adjusted p", row < 0 ? "–" : formatP(results.padj[row])],
        ...(reason ? [["no p because", reason] as const] : []),
      ];
    },
    axes: { ...axes, x: { label: axes.x.label ?? parts[0]?.source.metadata.get("by") } },
    ends: sharedWords(read),
    treeNotes: typeof given.rows?.note === "string" ? [given.rows.note] : [],
  };
  const said = wordsOfParts(parts, samples);
  const notes = [
    ...(said.length > 6 ? [...said.slice(0, 6), `And ${said.length - 6} more contrasts.`] : said),
    ...(marks.includes(1)
      ? [`×: not significant (padj ≥ ${alphas.map((a) => formatNumber(a)).join(" or ")}, or none).`]
      : []),
    ...(missing ? [`Grey: no value (${formatNumber(missing)}).`] : []),
    ...(ids.length
      ? []
      : [given.genes ? "No genes were named." : "No gene is significant in any contrast."]),
  ];
  const selection = checkSelection(where, given.selection);
  const view = heatmapView(plan, selection);
  return chartFrame(
    {
      name: "fold-change-heatmap",
      label: `log2 fold changes of ${ids.length} genes in ${m} contrasts`,
      description: `log2 fold changes of ${ids.length} genes in ${m} contrasts: ${samples.join("; ")}. Genes: ${plan.data.labels.slice(0, 20).join(", ")}${ids.length > 20 ? ", …" : ""}.`,
      draw: (width, dark) => {
        const drawing = drawHeatmap(plan, width, inksOf(dark), dark, view);
        return {
          ...drawing,
          notes: [
            ...notes,
            ...(drawing.notes ?? []).filter(
              (note) => ids.length || !note.startsWith("There are no genes"),
            ),
          ],
        };
      },
      table: () => ({
        names: ["gene_id", "label", "contrast", "log2FoldChange", "padj", "significant"],
        rows: Array.from(plan.rowOrder).flatMap((i) =>
          read.map((results, j) => {
            const row = rows[i][j];
            return [
              ids[i],
              plan.data.labels[i],
              samples[j],
              values[i * m + j],
              row < 0 ? null : results.padj[row],
              marks[i * m + j] === 0,
            ];
          }),
        ),
      }),
      selecting: { selection, stops: "Genes as drawn" },
      view: view?.view,
    },
    given,
  );
}

/** Each contrast in words; once, where all say the same. */
function wordsOfParts(parts: readonly ResultPart[], names: readonly string[]): string[] {
  const byWords = new Map<string, string[]>();
  parts.forEach(({ words }, i) => {
    if (words) byWords.set(words, [...(byWords.get(words) ?? []), names[i]]);
  });
  const [only] = byWords.keys();
  if (parts.length > 1 && byWords.get(only)?.length === parts.length)
    return [`In each: ${sentence(only)}`];
  return [...byWords].map(([words, of]) =>
    sentence(parts.length > 1 && !words.startsWith(of[0]) ? `${nameList(of)}: ${words}` : words),
  );
}

/** What the ends of the colours mean, where that is the same in all contrasts. */
function sharedWords(read: readonly Results[]): [string, string] | undefined {
  const [first] = read;
  if (!first?.contrast || read.some(({ up, down }) => up !== first.up || down !== first.down))
    return undefined;
  return [first.down, first.up];
}

interface Gene {
  readonly id: string;
  readonly label: string;
}

function chosenGenes(where: string, read: readonly Results[], wanted: readonly string[]): Gene[] {
  if (!Array.isArray(wanted) || wanted.some((name) => typeof name !== "string"))
    throw argumentError(`${where}: invalid genes: ${String(wanted)}`, {
      help: "It is a list of gene ids or symbols.",
    });
  const found = new Map<string, Gene>();
  for (const name of wanted) {
    const before = found.size;
    let known = false;
    for (const results of read)
      for (const row of results.rowsOf(name)) {
        known = true;
        const id = results.ids[row];
        if (!found.has(id)) found.set(id, { id, label: results.label(row) });
      }
    if (!known && found.size === before)
      throw argumentError(`${where}: no such gene in the results: ${name}`);
  }
  return [...found.values()];
}

/** The most significant genes of any contrast, then by mean change from up to down. */
function topGenes(read: readonly Results[], top: number): Gene[] {
  const best = new Map<string, { gene: Gene; padj: number; sum: number; n: number }>();
  for (const results of read)
    for (let row = 0; row < results.n; ++row) {
      if (!(results.padj[row] < results.alpha)) continue;
      const id = results.ids[row];
      const entry = best.get(id);
      if (entry) entry.padj = Math.min(entry.padj, results.padj[row]);
      else best.set(id, { gene: { id, label: "" }, padj: results.padj[row], sum: 0, n: 0 });
    }
  const chosen = [...best.values()]
    .sort((a, b) => a.padj - b.padj || (a.gene.id < b.gene.id ? -1 : 1))
    .slice(0, top);
  for (const entry of chosen)
    for (const results of read) {
      const row = results.rowOf(entry.gene.id);
      if (row < 0) continue;
      entry.gene = { id: entry.gene.id, label: results.label(row) };
      const change = results.log2FoldChange[row];
      if (Number.isFinite(change)) {
        entry.sum += change;
        ++entry.n;
      }
    }
  const mean = (e: { sum: number; n: number }) => (e.n ? e.sum / e.n : 0);
  return chosen.sort((a, b) => mean(b) - mean(a)).map(({ gene }) => gene);
}

function uniqueNames(all: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return all.map((name) => {
    const k = (seen.get(name) ?? 0) + 1;
    seen.set(name, k);
    return k > 1 ? `${name} (${k})` : name;
  });
}
