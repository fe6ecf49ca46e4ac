import { lab } from "d3";
import type { Layout } from "./heatmap-cells.ts";
import { colorIndex, type CellColors } from "./heatmap-pixels.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { formatNumber } from "./numbers.ts";
import { svg } from "./svg.ts";

/** A cross in every marked cell. */
export function markedCells(plan: HeatmapPlan, box: Layout, colors: CellColors): SVGGElement {
  const { data, rowOrder, columnOrder, marks } = plan;
  const node = svg("g", { fill: "none", "stroke-width": 1.1, "stroke-linecap": "round" });
  const r = Math.min(3.2, box.cellWidth / 4, box.cellHeight / 4);
  const paths = { dark: "", light: "" };
  rowOrder.forEach((row, i) =>
    columnOrder.forEach((column, j) => {
      const at = row * data.samples.length + column;
      if (!marks![at] || Number.isNaN(data.shown[at])) return;
      const x = (box.x + (j + 0.5) * box.cellWidth - r).toFixed(1);
      const y = (box.y + (i + 0.5) * box.cellHeight - r).toFixed(1);
      const side = (2 * r).toFixed(1);
      const d = `M${x},${y}l${side},${side}m0,-${side}l-${side},${side}`;
      paths[isPale(colors, data.shown[at]) ? "dark" : "light"] += d;
    }),
  );
  if (paths.dark) node.append(svg("path", { d: paths.dark, stroke: "#3a3d45" }));
  if (paths.light) node.append(svg("path", { d: paths.light, stroke: "#ffffff" }));
  return node;
}

function isPale(colors: CellColors, value: number): boolean {
  const k = colorIndex(value, colors) * 3;
  const [r, g, b] = colors.table.subarray(k, k + 3);
  return lab(`rgb(${r},${g},${b})`).l > 58;
}

/** Values in their cells, where all of them have room. */
export function writtenValues(plan: HeatmapPlan, box: Layout, colors: CellColors): SVGGElement {
  const { data, rowOrder, columnOrder } = plan;
  const node = svg("g", { "font-size": 11, "text-anchor": "middle", "pointer-events": "none" });
  if (box.cellWidth < 38 || box.cellHeight < 16) return node;
  const plain = data.shown.every((v) => !(Math.abs(v) > 1));
  rowOrder.forEach((row, i) =>
    columnOrder.forEach((column, j) => {
      const value = data.shown[row * data.samples.length + column];
      if (Number.isNaN(value)) return;
      node.append(
        svg(
          "text",
          {
            x: box.x + (j + 0.5) * box.cellWidth,
            y: box.y + (i + 0.5) * box.cellHeight + 4,
            fill: isPale(colors, value) ? "#111318" : "#ffffff",
          },
          plain ? value.toFixed(3).replace("-", "\u2212") : formatNumber(value),
        ),
      );
    }),
  );
  return node;
}
