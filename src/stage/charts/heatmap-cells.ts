import type { Inks } from "./colour.ts";
import type { Layer } from "./drawing.ts";
import { colorIndex, heatmapPixels, type CellColors } from "./heatmap-pixels.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { svg } from "./svg.ts";

/** Up to so many cells a saved file has rectangles, past it an image. */
const vectorCells = 6000;

/** Where everything stands, in px. */
export interface Layout {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

export function hexTriple(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The cells as pixels on a canvas, and as rectangles for a saved file where there are few. */
export function layerOf(plan: HeatmapPlan, box: Layout, colors: CellColors, inks: Inks): Layer {
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
export function cellRules(
  box: Layout,
  nRows: number,
  nColumns: number,
  inks: Inks,
): SVGPathElement {
  let d = "";
  for (let i = 1; i < nRows; ++i)
    d += `M${box.x},${(box.y + i * box.cellHeight).toFixed(2)}h${box.width}`;
  for (let j = 1; j < nColumns; ++j)
    d += `M${(box.x + j * box.cellWidth).toFixed(2)},${box.y}v${box.height}`;
  return svg("path", { d, stroke: inks.paper, "stroke-width": 1, fill: "none" });
}
