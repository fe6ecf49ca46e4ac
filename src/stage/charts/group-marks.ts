import * as Plot from "@observablehq/plot";
import type { Inks } from "./colour.ts";
import { density } from "./density.ts";
import { summarizeValues, type Interval } from "./interval.ts";
import { quantile } from "./quantile.ts";

/** What stands behind the points of a group. */
export type GroupMark = "box" | "violin" | "mean" | "none";

/** Plot marks of one group at place `at` with half width `half`, for values on the drawn scale. */
export function groupMarks(
  mark: GroupMark,
  shown: Float64Array,
  at: number,
  half: number,
  fill: string,
  inks: Inks,
  interval: Interval,
): Plot.Markish[] {
  if (mark === "none") return [];
  if (mark === "mean") return meanMarks(shown, at, half, inks, interval);
  const sorted = shown.slice().sort();
  if (mark === "violin") return violinMarks(sorted, at, half, fill, inks);
  return boxMarks(sorted, at, half * 0.94, fill, inks);
}

function boxMarks(
  sorted: Float64Array,
  at: number,
  half: number,
  fill: string,
  inks: Inks,
): Plot.Markish[] {
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => quantile(sorted, p));
  const reach = 1.5 * (q3 - q1);
  const low = sorted.find((v) => v >= q1 - reach) ?? q1;
  const high = sorted.findLast((v) => v <= q3 + reach) ?? q3;
  const stem = { stroke: fill, strokeOpacity: 0.7, strokeWidth: 1 };
  return [
    Plot.link(
      [
        [low, q1],
        [q3, high],
      ],
      { x: at, y1: "0", y2: "1", ...stem },
    ),
    Plot.rect([0], {
      x1: at - half,
      x2: at + half,
      y1: q1,
      y2: q3,
      fill,
      fillOpacity: 0.13,
      stroke: fill,
      strokeOpacity: 0.55,
      rx: 1.5,
    }),
    Plot.link([0], { x1: at - half, x2: at + half, y: median, stroke: inks.ink, strokeWidth: 2 }),
  ];
}

function violinMarks(
  sorted: Float64Array,
  at: number,
  half: number,
  fill: string,
  inks: Inks,
): Plot.Markish[] {
  const found = density(sorted);
  const median = quantile(sorted, 0.5);
  const line = Plot.link([0], {
    x1: at - half * 0.5,
    x2: at + half * 0.5,
    y: median,
    stroke: inks.ink,
    strokeWidth: 2,
  });
  if (!found) return [line];
  const widest = found.density.reduce((a, b) => Math.max(a, b), 0);
  const x = (side: number) => found.density.map((d) => at + (side * half * d) / widest);
  return [
    Plot.areaX(
      { length: found.at.length },
      {
        y: found.at,
        x1: x(-1),
        x2: x(1),
        fill,
        fillOpacity: 0.16,
        stroke: fill,
        strokeOpacity: 0.55,
      },
    ),
    line,
  ];
}

function meanMarks(
  shown: Float64Array,
  at: number,
  half: number,
  inks: Inks,
  interval: Interval,
): Plot.Markish[] {
  const { n, center, low, high } = summarizeValues(shown, interval);
  if (n < 2) return [];
  const bar = Plot.link([0], {
    x1: at - half * 0.62,
    x2: at + half * 0.62,
    y: center,
    stroke: inks.ink,
    strokeWidth: 2,
  });
  if (Number.isNaN(low)) return [bar];
  const cap = half * 0.22;
  return [
    Plot.link(
      [
        [at, at, low, high],
        [at - cap, at + cap, low, low],
        [at - cap, at + cap, high, high],
      ],
      {
        x1: "0",
        x2: "1",
        y1: "2",
        y2: "3",
        stroke: inks.ink,
        strokeOpacity: 0.75,
        strokeWidth: 1.2,
      },
    ),
    bar,
  ];
}
