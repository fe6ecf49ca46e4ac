import { ticks as niceTicks } from "d3";
import { annotationBars, annotationLegend, annotationText, type Annotation } from "./annotation.ts";
import { ramp, rampTable, type Inks } from "./colour.ts";
import { dendrogramPath } from "./dendrogram.ts";
import type { Drawing } from "./drawing.ts";
import { type Layout, hexTriple, layerOf, cellRules } from "./heatmap-cells.ts";
import { heatmapLinks } from "./heatmap-links.ts";
import { rowLabels, drawRowLabels, drawColumnLabels } from "./heatmap-labels.ts";
import type { CellColors } from "./heatmap-pixels.ts";
import { markedCells, writtenValues } from "./heatmap-marks.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import type { HeatmapView } from "./heatmap-view.ts";
import type { Hit } from "./hover.ts";
import { rampLegend, flow, type Piece } from "./legend.ts";
import { sentence } from "./name-list.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { svg, textNode } from "./svg.ts";
import { ellipsis, textWidth } from "./text.ts";

const bar = 14;
const barGap = 3;

/** Draws a heatmap at one width. */
export function drawHeatmap(
  whole: HeatmapPlan,
  width: number,
  inks: Inks,
  dark: boolean,
  view: HeatmapView | null = null,
): Drawing {
  const plan = view?.shown() ?? whole;
  const { data, rowOrder, columnOrder, rowTree, columnTree, sampleBars, geneBars } = plan;
  const nRows = rowOrder.length;
  const nColumns = columnOrder.length;
  const narrow = width < 520;
  const legend = legends(plan, width, inks, dark);
  const treeRoom = rowTree && nRows > 1 ? (narrow ? 34 : 64) : 0;
  const left = treeRoom + (treeRoom ? 4 : 0) + geneBars.length * (10 + barGap);
  const rowNames = rowLabels(plan, narrow ? 84 : 150);
  const barNames = Math.max(0, ...sampleBars.map((b) => Math.min(110, textWidth(b.name, 11))));
  const yLabel = plan.axes.y.label;
  const right = Math.max(rowNames.room, barNames ? barNames + 8 : 0, 2) + (yLabel ? 18 : 0);
  const cellWidth = Math.min(plan.square ? 46 : 64, (width - left - right) / Math.max(1, nColumns));
  const treeHeight = columnTree && nColumns > 1 ? (narrow ? 34 : 56) : 0;
  const cellHeight = plan.square
    ? cellWidth
    : Math.min(
        plan.window ? 48 : Infinity,
        (plan.height ?? cellsHeight(whole.rowOrder.length)) / Math.max(1, nRows),
      );
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
          { upright: true, hang: hangOf(cellWidth), limits: [box.x, box.x + box.width] },
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
          { upright: false, hang: hangOf(cellHeight), limits: [box.y, box.y + box.height] },
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
  const notes: string[] = plan.window ? [plan.window.note] : [];
  if (nRows === 0) notes.push("There are no genes to draw.");
  const colors: CellColors = {
    table: rampTable(plan.scheme, dark),
    low: plan.low,
    high: plan.high,
    missing: hexTriple(inks.missing),
  };
  const layers = nRows && nColumns ? [layerOf(plan, box, colors, inks)] : [];
  if (cellWidth >= 7 && cellHeight >= 7) root.append(cellRules(box, nRows, nColumns, inks));
  if (plan.marks) root.append(markedCells(plan, box, colors));
  if (plan.written) root.append(writtenValues(plan, box, colors));
  root.append(drawRowLabels(plan, rowNames, box, inks, notes));
  const bottom = drawColumnLabels(plan, box, inks, notes);
  root.append(bottom.node);
  if (yLabel)
    root.append(
      textNode(
        ellipsis(yLabel, Math.max(90, box.height), 12),
        {
          transform: `translate(${(box.x + box.width + right - 12).toFixed(1)},${(box.y + box.height / 2).toFixed(1)}) rotate(90)`,
          "text-anchor": "middle",
          "font-size": 12,
          fill: inks.muted,
        },
        yLabel,
      ),
    );
  const xLabel = plan.axes.x.label;
  const below = Math.ceil(box.y + box.height + bottom.height);
  const height = below + (xLabel ? 20 : 0);
  if (xLabel)
    root.append(
      textNode(
        ellipsis(xLabel, width, 12),
        {
          x: box.x + box.width / 2,
          y: below + 12,
          "text-anchor": "middle",
          "font-size": 12,
          fill: inks.muted,
        },
        xLabel,
      ),
    );
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  if (nRows > 2 * box.height)
    notes.push(
      `${formatNumber(nRows)} ${plan.rowsAre} share ${Math.round(box.height)} px: neighbours are averaged in the picture.`,
    );
  if (nColumns > 2 * box.width)
    notes.push(
      `${formatNumber(nColumns)} samples share ${Math.round(box.width)} px: neighbours are averaged in the picture.`,
    );
  if (plan.treeNotes.length) notes.push(sentence(`Trees: ${plan.treeNotes.join("; ")}`));
  if (data.flat)
    notes.push(
      `${data.flat} ${data.flat === 1 ? "gene does" : "genes do"} not vary and ${data.flat === 1 ? "has" : "have"} no z-score.`,
    );
  if (data.missing)
    notes.push(`${data.missing} missing ${data.missing === 1 ? "value" : "values"}.`);
  if (plan.clipped)
    notes.push(
      `Colours end at ${formatNumber(plan.low)} and ${formatNumber(plan.high)}; ${plan.clipped} ${plan.clipped === 1 ? "value lies" : "values lie"} beyond.`,
    );
  const live = svg("g", {});
  root.append(live);
  const hit = (x: number, y: number) => hitOf(plan, box, x, y);
  const trees = { rowWidth: treeRoom, columnTop: legend.height + 6, columnHeight: treeHeight };
  return {
    svg: root,
    layers,
    hover: hit,
    links: heatmapLinks(plan, box, trees, live, inks, view),
    notes,
  };
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
  const main = rampLegend(
    { title, color: ramp(plan.scheme, dark), ticks, ends: plan.ends },
    width,
    inks,
  );
  return flow(
    [
      main,
      ...[...plan.sampleBars, ...plan.geneBars].map((b) => annotationLegend(b, width, dark, inks)),
    ],
    width,
  );
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
    rows: plan.tip?.(row, column) ?? [
      ["sample", data.samples[column]],
      [plan.value, formatNumber(data.values[k])],
      ...(plan.scale === "row" ? ([["z-score", formatNumber(data.shown[k])]] as const) : []),
      ...told(sampleBars, column),
      ...told(geneBars, row),
    ],
  };
}
