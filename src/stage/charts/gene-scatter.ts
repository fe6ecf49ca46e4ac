import { quickselect } from "d3";
import { checkInteger } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import type { AxesOption, ShownAxis } from "./axis-options.ts";
import { checkSelection } from "./check-selection.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, type ChartElement, type FrameOptions } from "./frame.ts";
import { drawGeneScatter } from "./gene-scatter-draw.ts";
import type { PlacedGenes } from "./gene-scatter-place.ts";
import type { ScatterPlan, ScatterRule } from "./gene-scatter-plan.ts";
import { nameList, sentence } from "./name-list.ts";
import { formatNumber, formatP } from "./numbers.ts";
import { reasonWords } from "./reason-words.ts";
import { changeCode, readResults, type Results } from "./results.ts";

/** What volcano and maPlot share. */
export interface GeneScatterOptions extends FrameOptions, AxesOption {
  /** Which contrast, where the table holds several. */
  readonly contrast?: string;
  /** A gene is significant where padj is below it; by default the table's own. */
  readonly alpha?: number;
  /** And |log2FoldChange| at least this; 0 by default. */
  readonly threshold?: number;
  /** How many of the most significant genes are named; 10 by default. */
  readonly top?: number;
  /** Ids or symbols of genes that are to be named. */
  readonly labels?: readonly string[];
  /** Changes beyond it are triangles at the edge; by default what holds 99.9 % of genes and all significant ones. */
  readonly limit?: number;
  /** Of the whole picture without legend, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

export const geneScatterOptions = [
  "contrast",
  "alpha",
  "threshold",
  "top",
  "labels",
  "limit",
  "axes",
  "height",
  "selection",
];

/** Genes read and sorted into up, down and neither; placed by the picture. */
export interface ScatterGenes {
  readonly results: Results;
  readonly codes: Uint8Array;
  readonly threshold: number;
  readonly limit: number;
  /** Orders rows, the most significant first. */
  before(a: number, b: number): number;
  /** Drawn rows in that order. */
  ranked(): Int32Array;
}

/** Reads the table. `drawable` says which rows have a place; others are 255. */
export function scatterGenes(
  where: string,
  data: unknown,
  given: GeneScatterOptions,
  drawable: (results: Results) => (row: number) => boolean,
): ScatterGenes {
  const results = readResults(where, data, given.alpha, given.contrast);
  const { log2FoldChange, pvalue, n } = results;
  const threshold = given.threshold ?? 0;
  if (!(typeof threshold === "number" && threshold >= 0))
    throw argumentError(`${where}: invalid threshold: ${String(threshold)}`, {
      help: "It is a log2 fold change of 0 or more.",
    });
  const has = drawable(results);
  const codes = new Uint8Array(n);
  for (let i = 0; i < n; ++i) codes[i] = has(i) ? changeCode(results, i, threshold) : 255;
  const p = (i: number) => (pvalue[i] >= 0 ? pvalue[i] : Infinity);
  const before = (a: number, b: number) =>
    compare(p(a), p(b)) || Math.abs(log2FoldChange[b]) - Math.abs(log2FoldChange[a]) || a - b;
  let ranking: Int32Array | null = null;
  return {
    results,
    codes,
    threshold,
    limit: changeLimit(where, log2FoldChange, codes, given.limit),
    before,
    ranked() {
      if (ranking) return ranking;
      const rows: number[] = [];
      for (let i = 0; i < n; ++i) if (codes[i] !== 255) rows.push(i);
      return (ranking = Int32Array.from(rows).sort(before));
    },
  };
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function changeLimit(
  where: string,
  changes: Float64Array,
  codes: Uint8Array,
  option: number | undefined,
): number {
  if (option !== undefined) {
    if (typeof option === "number" && option > 0 && Number.isFinite(option)) return option;
    throw argumentError(`${where}: invalid limit: ${String(option)}`, {
      help: "It is a log2 fold change above 0.",
    });
  }
  const sizes = new Float64Array(changes.length);
  let n = 0;
  let least = 0;
  for (let i = 0; i < changes.length; ++i) {
    const size = Math.abs(changes[i]);
    if (codes[i] === 255 || !(size < Infinity)) continue;
    sizes[n++] = size;
    if (codes[i] !== 0 && size > least) least = size;
  }
  if (n === 0) return 1;
  const known = sizes.subarray(0, n);
  const most = known.reduce((a, b) => Math.max(a, b), 0);
  const k = Math.floor((n - 1) * 0.999);
  const usual = quickselect(known, k)[k] * 1.3;
  return Math.max(least, Math.min(most, usual)) || 1;
}

/** No change, and the threshold to both sides of it. */
export function changeRules({ threshold }: ScatterGenes, axis: "x" | "y"): ScatterRule[] {
  const zero = { axis, at: 0, dashed: false };
  if (!(threshold > 0)) return [zero];
  return [zero, ...[-threshold, threshold].map((at) => ({ axis, at, dashed: true }))];
}

/** Rows to name: those asked for, then the `top` most significant. */
function namedRows(
  where: string,
  { results, codes, before }: ScatterGenes,
  given: GeneScatterOptions,
): { named: number[]; chosen: number } {
  const top = checkInteger(where, "top", given.top, { min: 0, max: 200, fallback: 10 });
  const { labels } = given;
  if (labels !== undefined && (!Array.isArray(labels) || labels.some((l) => typeof l !== "string")))
    throw argumentError(`${where}: invalid labels: ${String(labels)}`, {
      help: "It is a list of gene ids or symbols.",
    });
  const chosen = new Set<number>();
  for (const name of labels ?? []) {
    const rows = results.rowsOf(name);
    if (!rows.length) throw argumentError(`${where}: no such gene in the results: ${name}`);
    for (const row of rows) if (codes[row] !== 255) chosen.add(row);
  }
  const named = [...chosen];
  if (top > 0) {
    const best: number[] = [];
    codes.forEach((code, row) => {
      if ((code !== 1 && code !== 2) || chosen.has(row)) return;
      if (best.length === top && before(row, best[top - 1]) > 0) return;
      let at = best.length;
      while (at > 0 && before(row, best[at - 1]) < 0) --at;
      best.splice(at, 0, row);
      best.length = Math.min(best.length, top);
    });
    named.push(...best);
  }
  return { named, chosen: chosen.size };
}

/** How many genes are in each class. */
function classCounts(codes: Uint8Array): { none: number; up: number; down: number } {
  const counts = [0, 0, 0];
  for (const code of codes) if (code < 3) ++counts[code];
  return { none: counts[0], up: counts[1], down: counts[2] };
}

/** Why genes are not drawn: "1200 genes have no p-value (1150 all zero, 50 outliers)." */
function absentNote({ results, codes }: ScatterGenes, lack: string): string[] {
  const reasons = new Map<string, number>();
  let absent = 0;
  codes.forEach((code, i) => {
    if (code !== 255) return;
    ++absent;
    const reason = results.reason(i);
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  });
  if (!absent) return [];
  const why = reasonWords(reasons);
  return [
    `${formatNumber(absent)} ${absent === 1 ? "gene has" : "genes have"} no ${lack}${why ? ` (${why})` : ""} and ${absent === 1 ? "is" : "are"} not drawn.`,
  ];
}

/** The contrast in words, the first note of every picture of changes. */
function contrastNote({ contrast }: Results): string[] {
  return contrast ? [sentence(contrast)] : [];
}

/** What a picture of genes on two axes has of its own. */
export interface GeneScatter {
  /** Kebab-case. */
  readonly name: string;
  /** "Volcano plot". */
  readonly kind: string;
  /** The function, for errors. */
  readonly where: string;
  readonly genes: ScatterGenes;
  readonly placed: PlacedGenes;
  readonly x: ShownAxis;
  readonly y: ShownAxis;
  /** The axis of fold changes. */
  readonly changes: "x" | "y";
  readonly rules: readonly ScatterRule[];
  /** How many genes lie beyond which ends, and where their triangles stand. */
  readonly beyond: readonly { readonly n: number; readonly past: string; readonly where: string }[];
  /** What the genes that are not drawn lack. */
  readonly lack: string;
  /** Said where no gene can be drawn. */
  readonly empty: string;
  /** What triangles mean. */
  readonly legend: string;
}

/** The picture as a chart. */
export function scatterChart(own: GeneScatter, given: GeneScatterOptions): ChartElement {
  const { genes, where, placed } = own;
  const { results, codes } = genes;
  const counts = classCounts(codes);
  const drawn = counts.none + counts.up + counts.down;
  const notes = contrastNote(results);
  if (drawn && counts.up + counts.down === 0)
    notes.push(`No gene is significant at padj < ${formatNumber(results.alpha)}.`);
  for (const { n, past, where: at } of own.beyond)
    if (n) notes.push(`${formatNumber(n)} ${n === 1 ? "gene" : "genes"} ${past}: triangles ${at}.`);
  notes.push(...absentNote(genes, own.lack));
  const plan: ScatterPlan = {
    results,
    codes,
    xs: placed.xs,
    ys: placed.ys,
    pointing: placed.pointing,
    x: own.x,
    y: own.y,
    changes: own.changes,
    rules: own.rules,
    ...namedRows(where, genes, given),
    counts,
    threshold: genes.threshold,
    beyond: own.beyond.some(({ n }) => n) ? own.legend : null,
    notes,
    empty: drawn ? null : results.n ? own.empty : "There are no genes.",
    height: given.height,
    ranked: genes.ranked,
  };
  const columns = results.source.names;
  return chartFrame(
    {
      name: own.name,
      label: `${own.kind} of ${formatNumber(drawn)} genes`,
      description: describe(plan, own.kind),
      draw: (width, dark) => drawGeneScatter(plan, width, inksOf(dark), dark),
      table: () => {
        const read = columns.map((column) => {
          const what = results.source.kind(column);
          return what === "number" || what === "integer"
            ? results.source.numbers(column)
            : results.source.strings(column);
        });
        const words = ["not significant", "up", "down"];
        return {
          names: [...columns, "drawn_as"],
          rows: Array.from(codes, (code, i) => [
            ...read.map((values) => values[i]),
            code === 255 ? null : words[code],
          ]),
        };
      },
      selecting: {
        selection: checkSelection(where, given.selection),
        stops: "Genes by p-value",
      },
    },
    given,
  );
}

function describe(plan: ScatterPlan, kind: string): string {
  const { results, counts, named } = plan;
  if (plan.empty) return `${kind}. ${plan.empty}`;
  const told = named
    .slice(0, 10)
    .map(
      (row) =>
        `${results.label(row)} (log2 fold change ${formatNumber(results.log2FoldChange[row])}, p ${formatP(results.pvalue[row])})`,
    );
  return `${kind}: ${plan.x.title} across, ${plan.y.title} up. ${contrastNote(results).join("")} At padj < ${results.alpha}${plan.threshold ? ` and |log2 fold change| ≥ ${plan.threshold}` : ""}: ${formatNumber(counts.up)} genes ${results.up}, ${formatNumber(counts.down)} ${results.down}, ${formatNumber(counts.none)} not significant.${told.length ? ` Named: ${told.length > 4 ? told.join(", ") : nameList(told)}.` : ""}`;
}
