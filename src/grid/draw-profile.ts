import type { GridColumn } from "./columns.ts";
import { svgElement } from "./element.ts";
import { formatP, isPColumn, numberFormat } from "./format-number.ts";
import type { Profile } from "./profile.ts";

const height = 26;

/** A profile as a small picture, the words below it, and the same for a screen reader. */
export function drawProfile(
  column: GridColumn,
  profile: Profile,
): { picture: SVGElement | null; facts: string; summary: string } {
  const { histogram, bars, others, missing, distinct, atLeast, rows } = profile;
  const whole = (n: number): string => n.toLocaleString("en");
  const parts: string[] = [];
  if (rows === 0) return { picture: null, facts: "", summary: "no rows" };
  if (missing > 0) parts.push(`${missing === rows ? "all" : whole(missing)} missing`);
  if (distinct > 0)
    parts.push(
      distinct === rows - missing && distinct > 1 && !atLeast
        ? "all different"
        : `${whole(distinct)}${atLeast ? "+" : ""} distinct`,
    );
  const range = histogram ? rangeText(column, histogram.min, histogram.max) : null;
  const top = bars ? bars.map(({ label, count }) => `${label}: ${whole(count)}`).join(", ") : null;
  const summary = [
    range && `from ${range[0]} to ${range[1]}`,
    top && `most frequent ${top}`,
    ...parts,
  ]
    .filter(Boolean)
    .join("; ");
  const picture = histogram ? histogramOf(histogram.counts) : bars ? barsOf(bars, others) : null;
  if (picture) {
    const title = svgElement("title", {});
    title.textContent = range ? `${range[0]} … ${range[1]}` : (top ?? "");
    picture.prepend(title);
  }
  return { picture, facts: parts.join(", "), summary };
}

function rangeText(column: GridColumn, min: number, max: number): [string, string] {
  if (column.kind === "date") {
    const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    return [day(min), day(max)];
  }
  const write = isPColumn(column.name) ? formatP : numberFormat([min, max]);
  return [write(min), write(max)];
}

function canvas(): SVGElement {
  return svgElement("svg", {
    viewBox: `0 0 100 ${height}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
}

/** Bars on a linear scale; a bin that holds anything is at least a pixel high. */
function histogramOf(counts: readonly number[]): SVGElement {
  const svg = canvas();
  const most = Math.max(...counts);
  const width = 100 / counts.length;
  counts.forEach((count, k) => {
    if (count === 0) return;
    const h = Math.max(1, (count / most) * (height - 2));
    svg.append(
      svgElement("rect", { x: k * width + 0.4, y: height - 1 - h, width: width - 0.8, height: h }),
    );
  });
  svg.append(svgElement("line", { x1: 0, x2: 100, y1: height - 0.5, y2: height - 0.5 }));
  return svg;
}

/** One bar each for the most frequent values, lengths by count, and a lighter one for the rest. */
function barsOf(bars: readonly { readonly count: number }[], others: number): SVGElement {
  const svg = canvas();
  const all = others > 0 ? [...bars, { count: others }] : bars;
  const most = Math.max(...all.map((bar) => bar.count));
  const step = Math.min(6, height / all.length);
  all.forEach(({ count }, k) => {
    const rect = svgElement("rect", {
      x: 0,
      y: height - (all.length - k) * step + 0.5,
      width: Math.max(1, (count / most) * 100),
      height: step - 1,
    });
    if (k === bars.length) rect.setAttribute("class", "eg-rest");
    svg.append(rect);
  });
  return svg;
}
