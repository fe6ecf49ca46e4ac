import type { Inks } from "./colour.ts";
import type { Layer } from "./drawing.ts";
import type { ScatterBox, ScatterPlan, ScatterPoints } from "./gene-scatter-plan.ts";
import { hexTriple } from "./heatmap-cells.ts";
import { shapeMask, stampPoints, type StampLayer } from "./point-pixels.ts";
import { insideOf, pointings, shapePath, type Pointing } from "./point-shapes.ts";
import { svg } from "./svg.ts";

/** Radii in px of the two kinds of points. */
export interface Radii {
  readonly none: number;
  readonly significant: number;
}

export function radiiOf(n: number): Radii {
  if (n <= 2000) return { none: 2.6, significant: 3.4 };
  if (n <= 20000) return { none: 1.8, significant: 2.8 };
  return { none: 1.5, significant: 2.5 };
}

const density = 2;
const faintness = 0.4;
/** Room for half a point around the inside. */
const margin = 8;
/** Up to so many points a saved file has shapes, past it an image. */
const vectorPoints = 25_000;

/** All points as pixels, and as shapes for a saved file where they are not too many. */
export function scatterLayer(
  plan: ScatterPlan,
  points: ScatterPoints,
  box: ScatterBox,
  radii: Radii,
  inks: Inks,
): Layer {
  const x = Math.floor(box.left - margin);
  const y = Math.floor(box.top - margin);
  const width = Math.ceil(box.right + margin) - x;
  const height = Math.ceil(box.bottom + margin) - y;
  const canvas = document.createElement("canvas");
  canvas.width = width * density;
  canvas.height = height * density;
  if (typeof CanvasRenderingContext2D !== "undefined")
    paint(canvas, plan, points, x, y, radii, inks);
  const few = points.all.length <= vectorPoints;
  return {
    canvas,
    x,
    y,
    width,
    height,
    vector: few ? () => shapes(plan, points, radii, inks) : undefined,
  };
}

function paint(
  canvas: HTMLCanvasElement,
  plan: ScatterPlan,
  { px, py, rows }: ScatterPoints,
  left: number,
  top: number,
  radii: Radii,
  inks: Inks,
): void {
  const { width, height } = canvas;
  const image = new ImageData(width, height);
  const xs = px.map((v) => (v - left) * density);
  const ys = py.map((v) => (v - top) * density);
  rows.forEach((list, code) => {
    pointings.forEach((pointing, k) => {
      const some = list.filter((row) => plan.pointing[row] === k);
      if (some.length)
        stampPoints(image.data, width, height, xs, ys, some, stampOf(code, pointing, radii, inks));
    });
  });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

function stampOf(code: number, pointing: Pointing, radii: Radii, inks: Inks): StampLayer[] {
  const layer = (r: number, color: string, alpha: number): StampLayer => ({
    mask: shapeMask(insideOf(pointing, r * density), r * density * 1.4),
    color: hexTriple(color),
    alpha,
  });
  if (code === 0) return [layer(radii.none, inks.faint, faintness)];
  const r = radii.significant;
  if (code === 1) return [layer(r + 0.5, inks.paper, 1), layer(r, inks.up, 1)];
  return [layer(r + 0.5, inks.paper, 1), layer(r, inks.down, 1), layer(r - 1.3, inks.paper, 1)];
}

function shapes(
  plan: ScatterPlan,
  { px, py, rows }: ScatterPoints,
  radii: Radii,
  inks: Inks,
): SVGGElement {
  const node = svg("g");
  const path = (row: number, r: number) =>
    shapePath(pointings[plan.pointing[row]], px[row], py[row], r);
  if (rows[0].length)
    node.append(
      svg("path", {
        d: Array.from(rows[0], (row) => path(row, radii.none)).join(""),
        fill: inks.faint,
        "fill-opacity": 0.5,
      }),
    );
  for (const code of [1, 2] as const) {
    if (!rows[code].length) continue;
    const fill = code === 1 ? inks.up : inks.paper;
    const stroke = code === 1 ? inks.paper : inks.down;
    const group = svg("g", { fill, stroke, "stroke-width": code === 1 ? 0.5 : 1.3 });
    const r = radii.significant - (code === 1 ? 0 : 0.65);
    for (const row of rows[code]) group.append(svg("path", { d: path(row, r) }));
    node.append(group);
  }
  return node;
}
