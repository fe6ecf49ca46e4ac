import * as Plot from "@observablehq/plot";
import { axesPlot, powerTicks } from "./axes-plot.ts";
import type { Inks } from "./colour.ts";
import type { Drawing, Links } from "./drawing.ts";
import { nearestPoint } from "./hover.ts";
import { swatchLegend, type LegendItem } from "./legend.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { insideOutline } from "./outline.ts";
import { pointLayer, type PointGroup } from "./point-layer.ts";
import { svg } from "./svg.ts";
import { textWidth } from "./text.ts";

/** What is drawn, read and checked; means and dispersions as log10, NaN where missing. */
export interface DispersionPlan {
  readonly ids: readonly string[];
  label(row: number): string;
  readonly mean: Float64Array;
  /** Within the axis. */
  readonly geneWise: Float64Array;
  /** As given. */
  readonly rawGeneWise: Float64Array;
  readonly trend: Float64Array;
  readonly final: Float64Array;
  outlier(row: number): boolean;
  readonly pointing: Uint8Array;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly height: number | undefined;
  readonly notes: readonly string[];
  readonly empty: string | null;
}

/** Draws dispersions at one width. */
export function drawDispersions(plan: DispersionPlan, width: number, inks: Inks): Drawing {
  const { mean, geneWise, final, trend } = plan;
  const n = mean.length;
  const rows = Array.from({ length: n }, (_, i) => i).filter((i) => mean[i] === mean[i]);
  const wise = Int32Array.from(rows.filter((i) => geneWise[i] === geneWise[i]));
  const ends = Int32Array.from(rows.filter((i) => final[i] === final[i] && !plan.outlier(i)));
  const odd = Int32Array.from(wise.filter((i) => plan.outlier(i)));
  const usual = wise.filter((i) => !plan.outlier(i));
  const line = rows.filter((i) => trend[i] === trend[i]).sort((a, b) => mean[a] - mean[b]);

  const items: LegendItem[] = [{ label: "gene-wise", color: inks.faint, symbol: "circle" }];
  if (ends.length) items.push({ label: "final", color: inks.down, symbol: "circle" });
  if (odd.length)
    items.push({
      label: `${formatNumber(odd.length)} outliers, kept`,
      color: inks.up,
      symbol: "ring",
    });
  if (line.length) items.push({ label: "trend", color: inks.ink, symbol: "line" });
  const legend = swatchLegend("", items, width, inks);
  const top = legend.height + 6;
  const inner = plan.height ?? Math.max(280, Math.min(440, Math.round(width * 0.62)));
  const height = top + inner;
  const yTicks = powerTicks(plan.y, inner);
  const format = (shown: number) => formatTick(Number((10 ** shown).toPrecision(6)));
  const left = Math.ceil(Math.max(18, ...yTicks.map((t) => textWidth(format(t), 11)))) + 14;
  const box = {
    left,
    right: Math.min(width, Math.round(inner * 1.75) + left) - 12,
    top: top + 24,
    bottom: height - 40,
  };
  const toX = (v: number) =>
    box.left + ((v - plan.x[0]) / (plan.x[1] - plan.x[0])) * (box.right - box.left);
  const toY = (v: number) =>
    box.bottom - ((v - plan.y[0]) / (plan.y[1] - plan.y[0])) * (box.bottom - box.top);
  const panel = axesPlot(
    {
      width,
      height,
      box,
      x: { domain: plan.x, ticks: powerTicks(plan.x, box.right - box.left), format },
      y: { domain: plan.y, ticks: yTicks, format },
      marks: [
        Plot.line(thinned(line, mean, toX), {
          x: (i: number) => mean[i],
          y: (i: number) => trend[i],
          stroke: inks.paper,
          strokeWidth: 4,
        }),
        Plot.line(thinned(line, mean, toX), {
          x: (i: number) => mean[i],
          y: (i: number) => trend[i],
          stroke: inks.ink,
          strokeWidth: 1.75,
        }),
      ],
    },
    inks,
  );
  const title = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  panel.append(
    svg("text", { x: 0, y: top + 12, "text-anchor": "start", ...title }, "dispersion"),
    svg(
      "text",
      { x: box.right, y: height - 4, "text-anchor": "end", ...title },
      "mean of normalised counts",
    ),
  );
  if (plan.empty)
    panel.append(
      svg(
        "text",
        {
          x: (box.left + box.right) / 2,
          y: (box.top + box.bottom) / 2,
          "text-anchor": "middle",
          "font-size": 13,
          fill: inks.muted,
        },
        plan.empty,
      ),
    );
  const px = mean.map(toX);
  const py = geneWise.map(toY);
  const fy = final.map((v) => toY(v));
  const small = n <= 2000 ? 2.2 : 1.5;
  const groups: PointGroup[] = [
    {
      rows: usual,
      px,
      py,
      pointing: plan.pointing,
      radius: small,
      look: "faint",
      color: inks.faint,
    },
    {
      rows: ends,
      px,
      py: fy,
      pointing: null,
      radius: small * 0.8,
      look: "faint",
      color: inks.down,
    },
    {
      rows: odd,
      px,
      py,
      pointing: plan.pointing,
      radius: small + 1.2,
      look: "ring",
      color: inks.up,
    },
  ];
  const layer = pointLayer(groups, box, inks);
  const live = svg("g", {});
  const root = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    legend.node,
    panel,
    live,
  );
  const tip = (row: number) => ({
    title: plan.label(row),
    rows: [
      ["mean", formatNumber(10 ** mean[row])] as const,
      ["gene-wise", formatNumber(plan.rawGeneWise[row])] as const,
      ["trend", formatNumber(10 ** trend[row])] as const,
      [
        plan.outlier(row) ? "final (outlier, kept)" : "final",
        formatNumber(10 ** final[row]),
      ] as const,
    ],
  });
  const hits = Float64Array.from(wise, (i) => px[i]);
  const hitY = Float64Array.from(wise, (i) => py[i]);
  return {
    svg: root,
    layers: wise.length ? [layer] : [],
    notes: plan.notes,
    hover: nearestPoint(hits, hitY, (k) => tip(wise[k]), { radius: small + 1, reach: 14 }),
    links: links(plan, wise, px, py, fy, live, layer.canvas, tip, inks),
  };
}

/** A trend of many genes as one point for each px. */
function thinned(
  rows: readonly number[],
  mean: Float64Array,
  toX: (v: number) => number,
): number[] {
  let last = -Infinity;
  return rows.filter((row, k) => {
    const x = toX(mean[row]);
    if (x - last < 1 && k < rows.length - 1) return false;
    last = x;
    return true;
  });
}

function links(
  plan: DispersionPlan,
  wise: Int32Array,
  px: Float64Array,
  py: Float64Array,
  fy: Float64Array,
  live: SVGGElement,
  canvas: HTMLCanvasElement,
  tip: (row: number) => { title: string; rows: (readonly [string, string])[] },
  inks: Inks,
): Links {
  const { ids } = plan;
  let rowOf: Map<string, number> | null = null;
  let order: Int32Array | null = null;
  const near = nearestPoint(
    Float64Array.from(wise, (i) => px[i]),
    Float64Array.from(wise, (i) => py[i]),
    (k) => ({ title: String(k), rows: [] }),
    { reach: 8 },
  );
  return {
    show({ genes }) {
      rowOf ??= new Map(Array.from(wise, (row) => [ids[row], row]));
      const rows = genes.flatMap((id) => rowOf!.get(id) ?? []);
      canvas.style.opacity = rows.length ? "0.4" : "";
      if (!rows.length) return live.replaceChildren();
      const stems = rows.map((row) =>
        fy[row] === fy[row]
          ? `M${px[row].toFixed(1)},${py[row].toFixed(1)}V${fy[row].toFixed(1)}`
          : "",
      );
      const dots = (ys: Float64Array) =>
        rows
          .filter((row) => ys[row] === ys[row])
          .map((row) => `M${px[row].toFixed(1)},${ys[row].toFixed(1)}h0`)
          .join("");
      live.replaceChildren(
        svg("path", { d: stems.join(""), stroke: inks.ink, "stroke-width": 1, fill: "none" }),
        svg("path", {
          d: dots(py),
          stroke: inks.ink,
          "stroke-width": 7,
          "stroke-linecap": "round",
        }),
        svg("path", {
          d: dots(py),
          stroke: inks.faint,
          "stroke-width": 4.5,
          "stroke-linecap": "round",
        }),
        svg("path", {
          d: dots(fy),
          stroke: inks.down,
          "stroke-width": 6,
          "stroke-linecap": "round",
        }),
      );
    },
    at(x, y) {
      const hit = near(x, y);
      return hit && { genes: [ids[wise[Number(hit.title)]]] };
    },
    within(outline) {
      const inside = insideOutline(outline);
      return {
        genes: Array.from(
          wise.filter((row) => inside(px[row], py[row])),
          (row) => ids[row],
        ),
      };
    },
    stops: wise.length,
    stop(i) {
      order ??= wise.slice().sort((a, b) => plan.mean[a] - plan.mean[b] || a - b);
      const row = order[i];
      return {
        hit: { x: px[row], y: py[row], radius: 5, ...tip(row) },
        part: { genes: [ids[row]] },
      };
    },
  };
}
