import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { annotationText, readAnnotations, type Annotation } from "./annotation.ts";
import { readAxes, type AxesOption } from "./axis-options.ts";
import { inksOf, schemes, type Scheme } from "./colour.ts";
import { readTree, type TreeLike } from "./dendrogram.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { drawHeatmap } from "./heatmap-draw.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { heatmapView } from "./heatmap-view.ts";
import { heatmapValues, type HeatmapValues } from "./heatmap-values.ts";
import { formatNumber } from "./numbers.ts";
import { checkSelection } from "./check-selection.ts";
import { toSource, type ChartData } from "./source.ts";

export interface HeatmapOptions extends FrameOptions, AxesOption {
  /** hclust of genes, and of samples: orders them and draws its tree. A tree of some of the rows draws those. */
  readonly rows?: TreeLike | null;
  readonly columns?: TreeLike | null;
  /** "row" (default) colours z-scores within each gene, "none" the values. */
  readonly scale?: "row" | "none";
  /** Where colour ends: symmetric for z-scores, 3 at most by default; a pair for values. */
  readonly limit?: number | readonly [number, number];
  readonly scheme?: Scheme;
  /** What the values are, in the legend and tips. */
  readonly value?: string;
  /** A table with sample_id, and which of its columns stand as bars above the samples. */
  readonly samples?: ChartData;
  readonly sampleColumns?: readonly string[];
  /** Ids or symbols: which genes, in which order (a tree of rows orders them anew). */
  readonly genes?: readonly string[];
  /** A table with gene_id (the data itself by default), and which of its columns stand as bars beside the genes. */
  readonly geneTable?: ChartData;
  readonly geneColumns?: readonly string[];
  /** Gene names: true as many as have room, false none, or a list of ids or symbols that are to be named. */
  readonly labels?: boolean | readonly string[];
  /** Of the cells, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

const names = [
  "rows",
  "columns",
  "scale",
  "limit",
  "scheme",
  "value",
  "samples",
  "sampleColumns",
  "genes",
  "geneTable",
  "geneColumns",
  "labels",
  "axes",
  "height",
  "selection",
];

/**
 * Genes x samples as colours, with trees of real heights, annotation bars and names where they have room. `data` is a table with gene_id,
 * symbol where there is one, and a numeric column per sample. z-scores use the standard deviation over n - 1; a gene that does not vary has none and is drawn
 * as missing. A click selects a gene, a sample's name or a branch of a tree; buttons, keys (+ - 0), a pinch and a double click on a branch zoom. Cells are a canvas, so thousands of genes draw at once; with more genes than pixels a pixel is their mean, and the caption says so.
 */
export function heatmap(data: ChartData, options?: HeatmapOptions): ChartElement {
  const given = checkOptions("heatmap", options, [...names, ...frameOptions]);
  const source = toSource("heatmap", data);
  const scale = checkOneOf("heatmap", "scale", given.scale, ["row", "none"], "row");
  const values = heatmapValues(source, sampleNames(source.names, given), scale, given.genes);
  const rowTree = given.rows ? readTree("heatmap", "rows", given.rows, values.ids) : null;
  const columnTree = given.columns
    ? readTree("heatmap", "columns", given.columns, values.samples)
    : null;
  const rowOrder = rowTree?.order ?? Int32Array.from(values.ids, (_, i) => i);
  const columnOrder = columnTree?.order ?? Int32Array.from(values.samples, (_, i) => i);
  const limits = limitsOf(values.shown, scale, given.limit);
  const diverging = scale === "row" || limits.low < 0;
  const plan: HeatmapPlan = {
    data: values,
    rowTree,
    columnTree,
    rowOrder,
    columnOrder,
    scale,
    ...limits,
    scheme: checkOneOf(
      "heatmap",
      "scheme",
      given.scheme,
      schemes,
      diverging ? "blue-orange" : "blues",
    ),
    value: given.value ?? "value",
    sampleBars: given.samples
      ? readAnnotations(given.samples, "sample_id", values.samples, given.sampleColumns)
      : [],
    geneBars: geneBars(data, values, given),
    labels: Array.isArray(given.labels) ? new Set(given.labels) : given.labels !== false,
    height: given.height,
    columnsAre: "samples",
    rowsAre: "genes",
    axes: readAxes("heatmap", given.axes, { x: "label", y: "label" }),
    treeNotes: [given.rows?.note, given.columns?.note].filter((note) => typeof note === "string"),
  };
  const selection = checkSelection("heatmap", given.selection);
  const view = heatmapView(plan, selection);
  return chartFrame(
    {
      name: "heatmap",
      label: `Heatmap of ${rowOrder.length} genes in ${columnOrder.length} samples`,
      description: describe(plan),
      draw: (width, dark) => drawHeatmap(plan, width, inksOf(dark), dark, view),
      table: () => table(plan),
      selecting: { selection, stops: "Genes as drawn" },
      view: view?.view,
    },
    given,
  );
}

/** Only samples that the samples table or the tree knows, where they say so and the table has them. */
function sampleNames(
  columns: readonly string[],
  given: HeatmapOptions,
): readonly string[] | undefined {
  const has = new Set(columns);
  const labels = given.columns?.labels ? Array.from(given.columns.labels) : null;
  if (labels?.length && labels.every((name) => has.has(name))) {
    const wanted = new Set(labels);
    return columns.filter((name) => wanted.has(name));
  }
  if (!given.samples) return undefined;
  const source = toSource("heatmap", given.samples);
  if (!source.has("sample_id")) return undefined;
  const ids = new Set(source.strings("sample_id"));
  const known = columns.filter((name) => ids.has(name));
  return known.length ? known : undefined;
}

function geneBars(data: ChartData, values: HeatmapValues, given: HeatmapOptions): Annotation[] {
  if (given.geneTable)
    return readAnnotations(given.geneTable, "gene_id", values.ids, given.geneColumns);
  return given.geneColumns ? readAnnotations(data, "gene_id", values.ids, given.geneColumns) : [];
}

function limitsOf(
  shown: Float64Array,
  scale: "row" | "none",
  option: HeatmapOptions["limit"],
): { low: number; high: number; clipped: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const v of shown) if (!Number.isNaN(v)) [low, high] = [Math.min(low, v), Math.max(high, v)];
  if (!(low <= high)) [low, high] = [0, 1];
  if (typeof option === "number" && option > 0) [low, high] = [-option, option];
  else if (Array.isArray(option) && option[0] < option[1]) [low, high] = [option[0], option[1]];
  else if (option !== undefined)
    throw argumentError(`heatmap: invalid limit: ${String(option)}`, {
      help: "It is a number above 0, or a pair [low, high].",
    });
  else if (scale === "row" || low < 0) {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const end = scale === "row" ? Math.min(3, Math.ceil(most * 2) / 2) : most;
    [low, high] = [-end, end];
  } else if (low === high) [low, high] = [Math.min(0, low), high || 1];
  let clipped = 0;
  for (const v of shown) if (v < low || v > high) ++clipped;
  return { low, high, clipped };
}

function describe(plan: HeatmapPlan): string {
  const { data, rowOrder, columnOrder, sampleBars, rowTree, columnTree } = plan;
  const name = (list: readonly string[], order: Int32Array) =>
    Array.from(order.subarray(0, 8), (i) => list[i]).join(", ") + (order.length > 8 ? ", …" : "");
  const trees = [rowTree && "genes", columnTree && "samples"].filter(Boolean).join(" and ");
  const bars = sampleBars.length
    ? ` Bars above show ${sampleBars.map((bar) => bar.name).join(", ")}.`
    : "";
  return `${plan.scale === "row" ? "z-scores within each gene" : plan.value} of ${rowOrder.length} genes in ${columnOrder.length} samples, from ${formatNumber(plan.low)} to ${formatNumber(plan.high)}.${trees ? ` Clustered: ${trees}.` : ""}${bars} Genes: ${name(data.labels, rowOrder)}. Samples: ${name(data.samples, columnOrder)}.`;
}

/** Genes in the order drawn, what is coloured, and annotations as columns of genes. */
function table({ data, rowOrder, columnOrder, geneBars }: HeatmapPlan) {
  const m = data.samples.length;
  return {
    names: [
      "gene_id",
      "symbol",
      ...geneBars.map((bar) => bar.name),
      ...Array.from(columnOrder, (j) => data.samples[j]),
    ],
    rows: Array.from(rowOrder, (i) => [
      data.ids[i],
      data.labels[i],
      ...geneBars.map((bar) => annotationText(bar, i)),
      ...Array.from(columnOrder, (j) => data.shown[i * m + j]),
    ]),
  };
}
