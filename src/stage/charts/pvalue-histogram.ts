import * as Plot from "@observablehq/plot";
import { checkInteger, checkOptions } from "../../base/check.ts";
import type { Selection } from "../../base/selection.ts";
import { axesFrame } from "./axes-frame.ts";
import { ruleMarks } from "./axes-plot.ts";
import { readAxes, shownAxis, within, type Axes, type AxesOption } from "./axis-options.ts";
import { inksOf, type Inks } from "./colour.ts";
import { checkSelection } from "./check-selection.ts";
import type { Drawing, Links } from "./drawing.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import type { Hit } from "./hover.ts";
import { swatchLegend } from "./legend.ts";
import { sentence } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { reasonWords } from "./reason-words.ts";
import { readResults, type Results } from "./results.ts";
import type { ChartData } from "./source.ts";
import { svg } from "./svg.ts";

export interface PvalueHistogramOptions extends FrameOptions, AxesOption {
  /** Which contrast, where the table holds several. */
  readonly contrast?: string;
  /** How many bins 0..1 is parted into; 40 by default. */
  readonly bins?: number;
  /** Of the whole picture, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

interface Plan {
  readonly results: Results;
  /** The bin of each gene; -1 without a p-value. */
  readonly binOf: Int16Array;
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
    "selection",
    ...frameOptions,
  ]);
  const n = checkInteger("pvalueHistogram", "bins", given.bins, { min: 2, max: 500, fallback: 40 });
  const results = readResults("pvalueHistogram", data, undefined, given.contrast);
  const bins = new Int32Array(n);
  const binOf = new Int16Array(results.n).fill(-1);
  let total = 0;
  const reasons = new Map<string, number>();
  results.pvalue.forEach((p, i) => {
    if (p >= 0 && p <= 1) {
      binOf[i] = Math.min(n - 1, Math.floor(p * n));
      ++bins[binOf[i]];
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
    const why = reasonWords(reasons);
    notes.push(
      `${formatNumber(gone)} ${gone === 1 ? "gene has" : "genes have"} no p-value${why ? ` (${why})` : ""}.`,
    );
  }
  const axes = readAxes("pvalueHistogram", given.axes, { x: ["linear"], y: ["linear"] });
  const plan: Plan = { results, binOf, bins, total, height: given.height, notes, axes };
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
      selecting: {
        selection: checkSelection("pvalueHistogram", given.selection),
        stops: "Bins by p-value",
      },
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
  const live = svg("g", {});
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, panel, live);
  const hitOf = (i: number): Hit => {
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
  };
  const binAt = (x: number, y: number) =>
    x < box.left || x > box.right || y < box.top || y > box.bottom
      ? -1
      : bars.findIndex(({ from, to }) => x >= frame.x(from) && x < frame.x(to));
  return {
    svg: root,
    notes,
    hover(x, y) {
      const i = binAt(x, y);
      return i < 0 ? null : hitOf(i);
    },
    links: binLinks(plan, binAt, hitOf, live, box.bottom, frame.y, inks),
  };
}

/** Lets a bar select its genes, and fills bars as far as what is selected reaches. */
function binLinks(
  { results, binOf, bins }: Plan,
  binAt: (x: number, y: number) => number,
  hitOf: (i: number) => Hit,
  live: SVGGElement,
  bottom: number,
  toY: (count: number) => number,
  inks: Inks,
): Links {
  const genesOf = (i: number) => results.ids.filter((_, row) => binOf[row] === i);
  return {
    show({ genes }) {
      const counts = new Int32Array(bins.length);
      for (const id of genes) {
        const row = results.rowOf(id);
        if (row >= 0 && binOf[row] >= 0) ++counts[binOf[row]];
      }
      const marks = Array.from(counts, (count, i) => {
        const { x, size } = hitOf(i);
        const y = Math.min(bottom - 2, toY(count));
        return count
          ? [
              svg("rect", {
                x: x + 0.5,
                y,
                width: size![0] - 1,
                height: bottom - y,
                fill: inks.ink,
              }),
            ]
          : [];
      });
      live.replaceChildren(...marks.flat());
    },
    at(x, y) {
      const i = binAt(x, y);
      return i < 0 || !bins[i] ? null : { genes: genesOf(i) };
    },
    stops: bins.length,
    stop: (i) => ({ hit: hitOf(i), part: { genes: genesOf(i) } }),
  };
}
