import type { Inks } from "./colour.ts";
import type { Layer } from "./drawing.ts";
import { hexTriple } from "./heatmap-cells.ts";
import { shapeMask, stampPoints, type StampLayer } from "./point-pixels.ts";
import { insideOf, pointings, shapePath, type Pointing } from "./point-shapes.ts";
import { svg } from "./svg.ts";

/** The inside of a picture in its px. */
export interface InsideBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Many points of one look: "faint" ones show how dense they are, "solid" and "ring" stand out. */
export interface PointGroup {
  readonly rows: Int32Array;
  /** In the picture's px, by row. */
  readonly px: Float64Array;
  readonly py: Float64Array;
  /** Index into `pointings`, by row; null where all are round. */
  readonly pointing: Uint8Array | null;
  readonly radius: number;
  readonly look: "faint" | "solid" | "ring";
  readonly color: string;
}

const density = 2;
const faintness = 0.4;
/** Room for half a point around the inside. */
const margin = 8;
/** Up to so many points a saved file has shapes, past it an image. */
const vectorPoints = 25_000;

/** Points as pixels, the first group lowest, and as shapes for a saved file where they are not too many. */
export function pointLayer(groups: readonly PointGroup[], box: InsideBox, inks: Inks): Layer {
  const x = Math.floor(box.left - margin);
  const y = Math.floor(box.top - margin);
  const width = Math.ceil(box.right + margin) - x;
  const height = Math.ceil(box.bottom + margin) - y;
  const canvas = document.createElement("canvas");
  canvas.width = width * density;
  canvas.height = height * density;
  if (typeof CanvasRenderingContext2D !== "undefined") paint(canvas, groups, x, y, inks);
  const few = groups.reduce((sum, { rows }) => sum + rows.length, 0) <= vectorPoints;
  return { canvas, x, y, width, height, vector: few ? () => shapes(groups, inks) : undefined };
}

function paint(
  canvas: HTMLCanvasElement,
  groups: readonly PointGroup[],
  left: number,
  top: number,
  inks: Inks,
): void {
  const { width, height } = canvas;
  const image = new ImageData(width, height);
  for (const group of groups) {
    if (!group.rows.length) continue;
    const some = new Set<number>([0]);
    if (group.pointing) for (const row of group.rows) some.add(group.pointing[row]);
    pointings.forEach((pointing, k) => {
      if (!some.has(k)) return;
      const rows =
        group.pointing && some.size > 1
          ? group.rows.filter((row) => group.pointing![row] === k)
          : group.rows;
      const stamp = stampOf(group, pointing, inks);
      const at = { left, top, density };
      stampPoints(image.data, width, height, group.px, group.py, rows, stamp, at);
    });
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

function stampOf(
  { look, color, radius }: PointGroup,
  pointing: Pointing,
  inks: Inks,
): StampLayer[] {
  const layer = (r: number, fill: string, alpha: number): StampLayer => ({
    mask: shapeMask(insideOf(pointing, r * density), r * density * (pointing ? 1.4 : 1)),
    color: hexTriple(fill),
    alpha,
  });
  if (look === "faint") return [layer(radius, color, faintness)];
  const halo = layer(radius + 0.5, inks.paper, 1);
  if (look === "solid") return [halo, layer(radius, color, 1)];
  return [halo, layer(radius, color, 1), layer(radius - 1.3, inks.paper, 1)];
}

function shapes(groups: readonly PointGroup[], inks: Inks): SVGGElement {
  const node = svg("g");
  for (const { rows, px, py, pointing, radius, look, color } of groups) {
    if (!rows.length) continue;
    const path = (row: number, r: number) =>
      shapePath(pointings[pointing?.[row] ?? 0], px[row], py[row], r);
    if (look === "faint") {
      const d = Array.from(rows, (row) => path(row, radius)).join("");
      node.append(svg("path", { d, fill: color, "fill-opacity": 0.5 }));
      continue;
    }
    const ring = look === "ring";
    const group = svg("g", {
      fill: ring ? inks.paper : color,
      stroke: ring ? color : inks.paper,
      "stroke-width": ring ? 1.3 : 0.5,
    });
    for (const row of rows)
      group.append(svg("path", { d: path(row, ring ? radius - 0.65 : radius) }));
    node.append(group);
  }
  return node;
}
