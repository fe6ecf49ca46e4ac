import * as Plot from "@observablehq/plot";
import { axesFrame } from "./axes-frame.ts";
import type { ShownAxis } from "./axis-options.ts";
import type { Inks } from "./colour.ts";
import type { Drawing, Links } from "./drawing.ts";
import { nearestPoint } from "./hover.ts";
import { swatchLegend, type LegendItem } from "./legend.ts";
import { formatNumber } from "./numbers.ts";
import { insideOutline } from "./outline.ts";
import { pointLayer, type PointGroup } from "./point-layer.ts";
import { svg } from "./svg.ts";

/** What is drawn, read and checked; means and dispersions on their drawn scales, NaN where missing or outside. */
export interface DispersionPlan {
  readonly ids: readonly string[];
  label(row: number): string;
  readonly mean: Float64Array;
  /** Within the axis. */
  readonly geneWise: Float64Array;
  /** As given. */
  readonly raw: {
    readonly mean: Float64Array;
    readonly geneWise: Float64Array;
    readonly trend: Float64Array;
    readonly final: Float64Array;
  };
  readonly trend: Float64Array;
  readonly final: Float64Array;
  outlier(row: number): boolean;
  readonly pointing: Uint8Array;
  readonly x: ShownAxis;
  readonly y: ShownAxis;
  /** Whether the trend may end before its axis does. */
  readonly clip: boolean;
  /** From the drawn scale of means and of dispersions to values. */
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
  const curve = {
    x: (i: number) => mean[i],
    y: (i: number) => trend[i],
    // Only a set axis ends before the curve does.
    clip: plan.clip || undefined,
  };
  const inner = plan.height ?? Math.max(280, Math.min(440, Math.round(width * 0.62)));
  const frame = axesFrame(
    {
      width,
      top: legend.height + 6,
      inner,
      most: Math.round(inner * 1.75),
      x: plan.x,
      y: plan.y,
      marks: ({ left, right }) => {
        const [low, high] = plan.x.domain;
        const drawn = thinned(line, mean, (high - low) / (right - left));
        return [
          Plot.line(drawn, { ...curve, stroke: inks.paper, strokeWidth: 4 }),
          Plot.line(drawn, { ...curve, stroke: inks.ink, strokeWidth: 1.75 }),
        ];
      },
      empty: plan.empty,
    },
    inks,
  );
  const { panel, box, height } = frame;
  const px = mean.map(frame.x);
  const py = geneWise.map(frame.y);
  const fy = final.map(frame.y);
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
      ["mean", formatNumber(plan.raw.mean[row])] as const,
      ["gene-wise", formatNumber(plan.raw.geneWise[row])] as const,
      ["trend", formatNumber(plan.raw.trend[row])] as const,
      [
        plan.outlier(row) ? "final (outlier, kept)" : "final",
        formatNumber(plan.raw.final[row]),
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

/** A trend of many genes as one point for each `step` of the axis. */
function thinned(rows: readonly number[], mean: Float64Array, step: number): number[] {
  let last = -Infinity;
  return rows.filter((row, k) => {
    if (mean[row] - last < step && k < rows.length - 1) return false;
    last = mean[row];
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
