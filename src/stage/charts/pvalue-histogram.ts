import * as Plot from "@observablehq/plot";
import { ticks as niceTicks } from "d3";
import { checkInteger, checkOptions } from "../../base/check.ts";
import { axesPlot, ruleMarks } from "./axes-plot.ts";
import { inksOf, type Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { swatchLegend } from "./legend.ts";
import { sentence } from "./name-list.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { readResults } from "./results.ts";
import type { ChartData } from "./source.ts";
import { svg } from "./svg.ts";
import { textWidth } from "./text.ts";

export interface PvalueHistogramOptions extends FrameOptions {
  /** Which contrast, where the table holds several. */
  readonly contrast?: string;
  /** How many bins 0..1 is parted into; 40 by default. */
  readonly bins?: number;
  /** Of the whole picture, in px. */
  readonly height?: number;
}

interface Plan {
  /** Genes with a p-value of [i / n, (i + 1) / n); 1 is in the last. */
  readonly bins: Int32Array;
  readonly total: number;
  readonly height: number | undefined;
  readonly notes: readonly string[];
}

/**
 * How many genes have which p-value. A flat line stands where all bins would be if no gene changed: a peak at 0 above it are changes, a peak at 1 or a slope
 * upwards says that the model does not fit.
 */
export function pvalueHistogram(data: ChartData, options?: PvalueHistogramOptions): ChartElement {
  const given = checkOptions("pvalueHistogram", options, [
    "contrast",
    "bins",
    "height",
    ...frameOptions,
  ]);
  const n = checkInteger("pvalueHistogram", "bins", given.bins, { min: 2, max: 500, fallback: 40 });
  const results = readResults("pvalueHistogram", data, undefined, given.contrast);
  const bins = new Int32Array(n);
  let total = 0;
  const reasons = new Map<string, number>();
  results.pvalue.forEach((p, i) => {
    if (p >= 0 && p <= 1) {
      ++bins[Math.min(n - 1, Math.floor(p * n))];
      ++total;
      return;
    }
    const reason = results.reason(i) ?? "";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  });
  const notes: string[] = [];
  if (results.contrast) notes.push(sentence(results.contrast));
  if (total < results.n) {
    const gone = results.n - total;
    const why = [...reasons].flatMap(([reason, k]) =>
      reason ? `${reason} ${formatNumber(k)}` : [],
    );
    notes.push(
      `${formatNumber(gone)} ${gone === 1 ? "gene has" : "genes have"} no p-value${why.length ? ` (${why.join(", ")})` : ""}.`,
    );
  }
  const plan: Plan = { bins, total, height: given.height, notes };
  return chartFrame(
    {
      name: "pvalue-histogram",
      label: `Histogram of ${formatNumber(total)} p-values`,
      description: `Histogram of ${formatNumber(total)} p-values in ${n} bins; ${formatNumber(total / n)} would be in each if no gene changed. ${formatNumber(bins[0])} are below ${formatNumber(1 / n)}, ${formatNumber(bins[n - 1])} above ${formatNumber(1 - 1 / n)}.`,
      draw: (width, dark) => draw(plan, width, inksOf(dark)),
      table: () => ({
        names: ["from", "to", "genes"],
        rows: Array.from(bins, (count, i) => [i / n, (i + 1) / n, count]),
      }),
    },
    given,
  );
}

function draw({ bins, total, height: wanted, notes }: Plan, width: number, inks: Inks): Drawing {
  const n = bins.length;
  const height = wanted ?? Math.max(220, Math.min(320, Math.round(width * 0.45)));
  const even = total / n;
  const most = Math.max(1, even, ...bins) * 1.04;
  const yTicks = niceTicks(0, most, Math.max(2, Math.round(height / 60))).filter(Number.isInteger);
  const left = Math.ceil(Math.max(18, ...yTicks.map((t) => textWidth(formatTick(t), 11)))) + 14;
  const box = { left, right: Math.min(width, 720) - 8, top: 24, bottom: height - 40 };
  const bars = Array.from(bins, (count, i) => ({ count, from: i / n, to: (i + 1) / n }));
  const toX = (v: number) => box.left + v * (box.right - box.left);
  const toY = (v: number) => box.bottom - (v / most) * (box.bottom - box.top);
  const panel = axesPlot(
    {
      width,
      height,
      box,
      x: { domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], format: formatTick },
      y: { domain: [0, most], ticks: yTicks, format: formatTick },
      marks: [
        Plot.rectY(bars, {
          x1: "from",
          x2: "to",
          y: "count",
          fill: inks.accent,
          fillOpacity: 0.85,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        ...ruleMarks(total ? [{ axis: "y", at: even, dashed: true }] : [], inks),
      ],
    },
    inks,
  );
  const title = { "font-size": 12, "font-weight": 600, fill: inks.ink };
  panel.append(
    svg("text", { x: 0, y: 12, "text-anchor": "start", ...title }, "genes"),
    svg("text", { x: box.right, y: height - 4, "text-anchor": "end", ...title }, "p-value"),
  );
  const legend = total
    ? swatchLegend(
        "",
        [{ label: "if no gene changed", color: inks.muted, symbol: "dash" }],
        width,
        inks,
      )
    : null;
  if (legend) {
    legend.node.setAttribute("transform", `translate(${box.right - legend.width},0)`);
    panel.append(legend.node);
  } else
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
        "No gene has a p-value.",
      ),
    );
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, panel);
  return {
    svg: root,
    notes,
    hover(x, y) {
      const i = Math.floor(((x - box.left) / (box.right - box.left)) * n);
      if (i < 0 || i >= n || y < box.top || y > box.bottom) return null;
      const top = toY(bins[i]);
      return {
        x: toX(i / n),
        y: top,
        size: [toX(1 / n) - toX(0), box.bottom - top],
        title: `${formatNumber(i / n)} to ${formatNumber((i + 1) / n)}`,
        rows: [
          ["genes", formatNumber(bins[i])],
          ["if no gene changed", formatNumber(even)],
        ],
      };
    },
  };
}
