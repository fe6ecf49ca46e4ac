import * as Plot from "@observablehq/plot";
import { checkInteger, checkOptions } from "../../base/check.ts";
import { axesFrame } from "./axes-frame.ts";
import { ruleMarks } from "./axes-plot.ts";
import { readAxes, shownAxis, within, type Axes, type AxesOption } from "./axis-options.ts";
import { inksOf, type Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { swatchLegend } from "./legend.ts";
import { sentence } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { readResults } from "./results.ts";
import type { ChartData } from "./source.ts";
import { svg } from "./svg.ts";

export interface PvalueHistogramOptions extends FrameOptions, AxesOption {
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
  readonly axes: Axes;
}

/**
 * How many genes have which p-value. A flat line stands where all bins would be if no gene changed: a peak at 0 above it are changes, a peak at 1 or a slope
 * upwards says that the model does not fit.
 */
export function pvalueHistogram(data: ChartData, options?: PvalueHistogramOptions): ChartElement {
  const given = checkOptions("pvalueHistogram", options, [
    "contrast",
    "bins",
    "axes",
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
  const axes = readAxes("pvalueHistogram", given.axes, { x: ["linear"], y: ["linear"] });
  const plan: Plan = { bins, total, height: given.height, notes, axes };
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

function draw(plan: Plan, width: number, inks: Inks): Drawing {
  const { bins, total, notes, axes } = plan;
  const n = bins.length;
  const inner = plan.height ?? Math.max(220, Math.min(320, Math.round(width * 0.45)));
  const even = total / n;
  const bars = Array.from(bins, (count, i) => ({ count, from: i / n, to: (i + 1) / n }));
  const counted = shownAxis(
    { title: "genes", domain: [0, Math.max(1, even, ...bins) * 1.04], spacing: 60 },
    axes.y,
  );
  const clip = axes.x.domain || axes.y.domain ? true : undefined;
  const frame = axesFrame(
    {
      width,
      top: 0,
      inner,
      most: 700,
      x: shownAxis({ title: "p-value", domain: [0, 1], spacing: 110 }, axes.x),
      y: { ...counted, ticks: (room) => counted.ticks(room).filter(Number.isInteger) },
      marks: () => [
        Plot.rectY(bars, {
          x1: "from",
          x2: "to",
          y: "count",
          fill: inks.accent,
          fillOpacity: 0.85,
          insetLeft: 0.5,
          insetRight: 0.5,
          clip,
        }),
        ...ruleMarks(
          total && within(even, counted.domain) ? [{ axis: "y", at: even, dashed: true }] : [],
          inks,
        ),
      ],
      empty: total ? null : "No gene has a p-value.",
    },
    inks,
  );
  const { panel, box, height } = frame;
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
    legend.node.setAttribute("text-anchor", "start");
    panel.append(legend.node);
  }
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, panel);
  return {
    svg: root,
    notes,
    hover(x, y) {
      const i = bars.findIndex(({ from, to }) => x >= frame.x(from) && x < frame.x(to));
      if (i < 0 || x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
      const top = Math.max(box.top, frame.y(bins[i]));
      return {
        x: frame.x(i / n),
        y: top,
        size: [frame.x((i + 1) / n) - frame.x(i / n), box.bottom - top],
        title: `${formatNumber(i / n)} to ${formatNumber((i + 1) / n)}`,
        rows: [
          ["genes", formatNumber(bins[i])],
          ["if no gene changed", formatNumber(even)],
        ],
      };
    },
  };
}
