import { ticks as niceTicks } from "d3";
import { annotationBars, annotationLegend, annotationText, type Annotation } from "./annotation.ts";
import { ramp, rampTable, type Inks } from "./colour.ts";
import { dendrogramPath } from "./dendrogram.ts";
import type { Drawing, Layer } from "./drawing.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { colorIndex, heatmapPixels, type CellColors } from "./heatmap-pixels.ts";
import type { Hit } from "./hover.ts";
import { rampLegend, flow, type Piece } from "./legend.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

/** Up to so many cells a saved file has rectangles, past it an image. */
const vectorCells = 6000;
const bar = 14;
const barGap = 3;

/** Where everything stands, in px. */
interface Layout {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Draws a heatmap at one width. */
export function drawHeatmap(plan: HeatmapPlan, width: number, inks: Inks, dark: boolean): Drawing {
  const { data, rowOrder, columnOrder, rowTree, columnTree, sampleBars, geneBars } = plan;
  const nRows = rowOrder.length;
  const nColumns = columnOrder.length;
  const narrow = width < 520;
  const legend = legends(plan, width, inks, dark);
  const treeRoom = rowTree && nRows > 1 ? (narrow ? 34 : 64) : 0;
  const left = treeRoom + (treeRoom ? 4 : 0) + geneBars.length * (10 + barGap);
  const rowNames = rowLabels(plan, narrow ? 84 : 150);
  const barNames = Math.max(0, ...sampleBars.map((b) => Math.min(110, textWidth(b.name, 11))));
  const right = Math.max(rowNames.room, barNames ? barNames + 8 : 0, 2);
  const cellWidth = Math.min(64, (width - left - right) / Math.max(1, nColumns));
  const treeHeight = columnTree && nColumns > 1 ? (narrow ? 34 : 56) : 0;
  const cellHeight = (plan.height ?? cellsHeight(nRows)) / Math.max(1, nRows);
  const box: Layout = {
    x: left,
    y: legend.height + 6 + treeHeight + (treeHeight ? 4 : 0) + sampleBars.length * (bar + barGap),
    width: cellWidth * nColumns,
    height: cellHeight * nRows,
    cellWidth,
    cellHeight,
  };
  const root = svg("svg", { width });
  root.append(legend.node);
  const stroke = (size: number) => ({
    fill: "none",
    stroke: inks.muted,
    "stroke-width": size < 3 ? 0.5 : 1,
  });
  if (treeHeight)
    root.append(
      svg("path", {
        ...stroke(cellWidth),
        d: dendrogramPath(
          columnTree!,
          (place) => box.x + (place + 0.5) * cellWidth,
          (share) => legend.height + 6 + treeHeight * (1 - share) + share,
          { upright: true, hang: hangOf(cellWidth) },
        ),
      }),
    );
  if (treeRoom)
    root.append(
      svg("path", {
        ...stroke(cellHeight),
        d: dendrogramPath(
          rowTree!,
          (place) => box.y + (place + 0.5) * cellHeight,
          (share) => treeRoom * (1 - share) + share,
          { upright: false, hang: hangOf(cellHeight) },
        ),
      }),
    );
  sampleBars.forEach((annotation, k) => {
    const y = box.y - (sampleBars.length - k) * (bar + barGap);
    root.append(
      annotationBars(
        annotation,
        columnOrder,
        { x: box.x, y, width: box.width, height: bar },
        true,
        dark,
        inks,
      ),
      textNode(
        ellipsis(annotation.name, right - 6, 11),
        { x: box.x + box.width + 6, y: y + 11, "font-size": 11, fill: inks.muted },
        annotation.name,
      ),
    );
  });
  geneBars.forEach((annotation, k) => {
    const x = box.x - (geneBars.length - k) * (10 + barGap);
    root.append(
      annotationBars(
        annotation,
        rowOrder,
        { x, y: box.y, width: 10, height: box.height },
        false,
        dark,
        inks,
      ),
    );
  });
  const notes: string[] = [];
  if (nRows === 0) notes.push("There are no genes to draw.");
  const colors: CellColors = {
    table: rampTable(plan.scheme, dark),
    low: plan.low,
    high: plan.high,
    missing: hexTriple(inks.missing),
  };
  const layers = nRows && nColumns ? [layerOf(plan, box, colors, inks)] : [];
  if (cellWidth >= 7 && cellHeight >= 7) root.append(cellRules(box, nRows, nColumns, inks));
  root.append(drawRowLabels(plan, rowNames, box, inks, notes));
  const bottom = drawColumnLabels(plan, box, inks, notes);
  root.append(bottom.node);
  const height = Math.ceil(box.y + box.height + bottom.height);
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  if (nRows > 2 * box.height)
    notes.push(
      `${nRows.toLocaleString("en").replaceAll(",", "\u2009")} genes share ${Math.round(box.height)} px: neighbours are averaged in the picture.`,
    );
  if (data.flat)
    notes.push(
      `${data.flat} ${data.flat === 1 ? "gene does" : "genes do"} not vary and ${data.flat === 1 ? "has" : "have"} no z-score.`,
    );
  if (data.missing) notes.push(`${data.missing} missing values.`);
  if (plan.clipped)
    notes.push(
      `Colours end at ${formatNumber(plan.low)} and ${formatNumber(plan.high)}; ${plan.clipped} cells lie beyond.`,
    );
  return { svg: root, layers, hover: (x, y) => hitOf(plan, box, x, y), notes };
}

/** Where leaves stand too close for lines of their own, their stems hang a little below the merge instead of reaching the cells. */
function hangOf(size: number): number | null {
  return size < 3 ? 0.04 : null;
}

function cellsHeight(n: number): number {
  if (n <= 12) return n * 22;
  if (n <= 50) return Math.max(264, n * 15);
  return Math.min(760, Math.max(750, n * 12));
}

function legends(plan: HeatmapPlan, width: number, inks: Inks, dark: boolean): Piece {
  const { low, high } = plan;
  const at = (v: number) => (v - low) / (high - low);
  const ticks = niceTicks(low, high, 4).map((v) => [at(v), formatTick(v)] as const);
  const title =
    plan.scale === "row"
      ? plan.value === "value"
        ? "z-score of gene"
        : `z-score of gene, ${plan.value}`
      : plan.value;
  const main = rampLegend({ title, color: ramp(plan.scheme, dark), ticks }, width, inks);
  return flow(
    [
      main,
      ...[...plan.sampleBars, ...plan.geneBars].map((b) => annotationLegend(b, width, dark, inks)),
    ],
    width,
  );
}

function hexTriple(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The cells as pixels on a canvas, and as rectangles for a saved file where there are few. */
function layerOf(plan: HeatmapPlan, box: Layout, colors: CellColors, inks: Inks): Layer {
  const { data, rowOrder, columnOrder } = plan;
  const width = Math.min(columnOrder.length, Math.max(1, Math.round(box.width * 2)));
  const height = Math.min(rowOrder.length, Math.max(1, Math.round(box.height * 2)));
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.style.imageRendering = height > box.height || width > box.width ? "auto" : "pixelated";
  if (typeof CanvasRenderingContext2D !== "undefined") {
    const cells = { shown: data.shown, columns: data.samples.length, rowOrder, columnOrder };
    const pixels = heatmapPixels(cells, width, height, colors);
    canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }
  const few = rowOrder.length * columnOrder.length <= vectorCells;
  return {
    canvas,
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    vector: few ? () => cellRects(plan, box, colors, inks) : undefined,
  };
}

function cellRects(
  { data, rowOrder, columnOrder }: HeatmapPlan,
  box: Layout,
  colors: CellColors,
  inks: Inks,
): SVGGElement {
  const node = svg("g", { "shape-rendering": "crispEdges" });
  rowOrder.forEach((row, i) =>
    columnOrder.forEach((column, j) => {
      const value = data.shown[row * data.samples.length + column];
      node.append(
        svg("rect", {
          x: box.x + j * box.cellWidth,
          y: box.y + i * box.cellHeight,
          width: box.cellWidth,
          height: box.cellHeight,
          fill: Number.isNaN(value) ? inks.missing : hexOf(colors, colorIndex(value, colors)),
        }),
      );
    }),
  );
  return node;
}

function hexOf({ table }: CellColors, i: number): string {
  return `#${[0, 1, 2].map((c) => table[i * 3 + c].toString(16).padStart(2, "0")).join("")}`;
}

/** Thin paper between cells that are large enough. */
function cellRules(box: Layout, nRows: number, nColumns: number, inks: Inks): SVGPathElement {
  let d = "";
  for (let i = 1; i < nRows; ++i)
    d += `M${box.x},${(box.y + i * box.cellHeight).toFixed(2)}h${box.width}`;
  for (let j = 1; j < nColumns; ++j)
    d += `M${(box.x + j * box.cellWidth).toFixed(2)},${box.y}v${box.height}`;
  return svg("path", { d, stroke: inks.paper, "stroke-width": 1, fill: "none" });
}

interface RowLabels {
  readonly room: number;
  /** Places to name, and their texts. */
  readonly named: readonly { readonly place: number; readonly text: string }[] | null;
}

/** What the names of genes need at the right. */
function rowLabels({ data, rowOrder, labels }: HeatmapPlan, most: number): RowLabels {
  if (labels === false || rowOrder.length === 0) return { room: 0, named: null };
  const all = Array.from(rowOrder, (row, place) => ({
    place,
    text: data.labels[row],
    id: data.ids[row],
  }));
  const named =
    labels === true
      ? all
      : all.filter(({ text, id }) => labels.has(id) || labels.has(text.replace(/ \(.*\)$/, "")));
  const lead = labels === true ? 6 : 26;
  const widest = Math.max(0, ...named.map(({ text }) => textWidth(text, 11)));
  return { room: named.length ? Math.min(most, Math.ceil(widest)) + lead : 0, named };
}

function drawRowLabels(
  plan: HeatmapPlan,
  { named, room }: RowLabels,
  box: Layout,
  inks: Inks,
  notes: string[],
): SVGGElement {
  const node = svg("g", { "font-size": 11, fill: inks.ink });
  if (!named) return node;
  const x = box.x + box.width;
  const chosen = plan.labels !== true;
  const step = chosen ? 1 : Math.max(1, Math.ceil(12 / box.cellHeight));
  if (step > 1)
    notes.push(`Every ${ordinal(step)} gene is named; point at the picture for the others.`);
  const shown = named.filter((_, i) => i % step === 0);
  const centers = shown.map(({ place }) => box.y + (place + 0.5) * box.cellHeight);
  const at = chosen ? spread(centers, 12.5, box.y + 4, box.y + box.height - 4) : centers;
  const fits = chosen ? Math.floor(box.height / 12.5) : shown.length;
  if (shown.length > fits)
    notes.push(`${shown.length - fits} of the chosen genes have no room for a name.`);
  shown.slice(0, fits).forEach(({ text }, i) => {
    if (chosen)
      node.append(
        svg("path", {
          d: `M${x + 2},${centers[i].toFixed(1)}h4L${x + 18},${at[i].toFixed(1)}h4`,
          stroke: inks.faint,
          fill: "none",
        }),
      );
    const lead = chosen ? 24 : 6;
    node.append(textNode(ellipsis(text, room - lead + 1, 11), { x: x + lead, y: at[i] + 4 }, text));
  });
  return node;
}

/** Places at least `gap` apart and near their own, within low..high; ascending in, ascending out. */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const out = [...wanted];
  for (let i = 0; i < out.length; ++i) out[i] = Math.max(out[i], i ? out[i - 1] + gap : low);
  for (let i = out.length - 1; i >= 0; --i)
    out[i] = Math.min(out[i], i < out.length - 1 ? out[i + 1] - gap : high);
  return out;
}

function drawColumnLabels(plan: HeatmapPlan, box: Layout, inks: Inks, notes: string[]): Piece {
  const { data, columnOrder } = plan;
  const node = svg("g", { "font-size": 11, fill: inks.ink });
  const texts = Array.from(columnOrder, (j) => data.samples[j]);
  const step = Math.max(1, Math.ceil(12 / box.cellWidth));
  if (step > 4) {
    notes.push(`${texts.length} samples; point at the picture for their names.`);
    return { node, width: box.width, height: 4 };
  }
  if (step > 1) notes.push(`Every ${ordinal(step)} sample is named.`);
  const bottom = box.y + box.height + 6;
  const flat = texts.every((text) => textWidth(text, 11) + 6 <= box.cellWidth);
  let longest = 0;
  texts.forEach((text, j) => {
    if (j % step) return;
    const shown = flat ? text : ellipsis(text, 130, 11);
    const x = box.x + (j + 0.5) * box.cellWidth;
    longest = Math.max(longest, textWidth(shown, 11));
    node.append(
      flat
        ? svg("text", { x, y: bottom + 10, "text-anchor": "middle" }, text)
        : textNode(
            shown,
            {
              transform: `translate(${(x + 4).toFixed(1)},${bottom}) rotate(-90)`,
              "text-anchor": "end",
            },
            text,
          ),
    );
  });
  return { node, width: box.width, height: flat ? 22 : longest + 12 };
}

function ordinal(n: number): string {
  const word = ["", "", "second", "third", "fourth", "fifth"][n];
  if (word) return word;
  const last = n % 10;
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th"}`;
}

function hitOf(plan: HeatmapPlan, box: Layout, x: number, y: number): Hit | null {
  const { data, rowOrder, columnOrder, sampleBars, geneBars } = plan;
  const i = Math.floor((y - box.y) / box.cellHeight);
  const j = Math.floor((x - box.x) / box.cellWidth);
  if (j < 0 || j >= columnOrder.length || i >= rowOrder.length) return null;
  const column = columnOrder[j];
  const told = (bars: readonly Annotation[], k: number) =>
    bars.map((b) => [b.name, annotationText(b, k)] as const);
  const barsTop = box.y - sampleBars.length * (bar + barGap);
  if (i < 0)
    return y < barsTop
      ? null
      : {
          x: box.x + j * box.cellWidth,
          y: barsTop,
          size: [box.cellWidth, sampleBars.length * (bar + barGap) - barGap],
          title: data.samples[column],
          rows: told(sampleBars, column),
        };
  const row = rowOrder[i];
  const k = row * data.samples.length + column;
  return {
    x: box.x + j * box.cellWidth,
    y: box.y + i * box.cellHeight,
    size: [box.cellWidth, box.cellHeight],
    title: data.labels[row],
    rows: [
      ["sample", data.samples[column]],
      [plan.value, formatNumber(data.values[k])],
      ...(plan.scale === "row" ? ([["z-score", formatNumber(data.shown[k])]] as const) : []),
      ...told(sampleBars, column),
      ...told(geneBars, row),
    ],
  };
}
