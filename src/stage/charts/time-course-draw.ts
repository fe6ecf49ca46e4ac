import * as Plot from "@observablehq/plot";
import { categoryStyle, type Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { sampleColumns } from "./gene-rows.ts";
import { drawGroupAxis, layoutGroupAxis } from "./group-axis.ts";
import { nearestPoint } from "./hover.ts";
import { intervalWords } from "./interval.ts";
import { swatchLegend } from "./legend.ts";
import { formatNumber } from "./numbers.ts";
import { axisRoom, drawPanel, insideOf, panelGrid, panelHead, type PanelSpec } from "./panels.ts";
import { shownColumn } from "./source.ts";
import { svg, textNode } from "./svg.ts";
import {
  type Times,
  type SummedStation,
  type TimeCoursePlan,
  leastStep,
} from "./time-course-plan.ts";

/** Draws the picture at one width. */
export function drawTimeCourse(
  plan: TimeCoursePlan,
  width: number,
  inks: Inks,
  dark: boolean,
): Drawing {
  const { genes, groups, times, courses, scales } = plan;
  const several = groups.name !== null;
  const style = (code: number) =>
    several ? categoryStyle(code, dark) : { color: inks.accent, symbol: "circle" as const };
  const left = Math.max(14, ...scales.map((scale) => axisRoom(scale, plan.height)));
  const grid = panelGrid(
    Math.max(1, genes.length),
    width,
    Math.min(width, width < 520 ? 150 : 230),
    760,
  );
  const gap = leastStep(times);
  const [first, last] = [times.places[0] ?? 0, times.places.at(-1) ?? 0];
  const pad = times.numeric ? Math.max((last - first) * 0.05, gap * 0.25) : 0.4;
  const xDomain: [number, number] = [first - pad, last + pad];
  const inner = grid.panelWidth - left - 6;
  const perUnit = inner / (xDomain[1] - xDomain[0]);
  const band = times.numeric ? gap * perUnit : inner / Math.max(1, times.places.length);
  const shownTimes = thin(times, perUnit);
  const axis = layoutGroupAxis(
    times.numeric ? shownTimes.map((i) => times.labels[i]) : times.labels,
    times.numeric ? Math.max(band, 1000) : band,
    false,
    left,
  );
  const legend = several
    ? swatchLegend(
        groups.name!,
        groups.levels.map((label, i) => ({ label, ...style(i) })),
        width,
        inks,
      )
    : null;
  const top = legend ? legend.height + 8 : 0;
  const root = svg("svg", { width });
  if (legend) root.append(legend.node);
  const xs: number[] = [];
  const ys: number[] = [];
  const tips: { title: string; rows: (readonly [string, string])[] }[] = [];
  const panelHeight = panelHead + plan.height + axis.height + 18;
  const dodge = Math.min(gap * 0.16, 14 / perUnit);
  genes.forEach((gene, g) => {
    const scale = scales[g];
    const spec: PanelSpec = {
      width: grid.panelWidth,
      height: plan.height,
      left,
      bottom: axis.height + 8,
      title: gene.title,
      secondary: gene.secondary,
      unit: plan.unit,
      xDomain,
      scale,
    };
    const inside = insideOf(spec);
    const px = (grid.panelWidth + grid.gap) * (g % grid.columns);
    const py = top + panelHeight * Math.floor(g / grid.columns);
    const shift = (j: number) =>
      groups.levels.length > 1 ? (j / (groups.levels.length - 1) - 0.5) * dodge : 0;
    const back: Plot.Markish[] = [Plot.ruleY([scale.domain[0]], { stroke: inks.ruleStrong })];
    const front: Plot.Markish[] = [];
    courses[g].forEach((stations, j) => {
      if (!stations.length) return;
      const { color, symbol } = style(j);
      if (plan.points) {
        const all = stations.flatMap(({ at, rows }) =>
          rows.map((row, k) => ({ at, row, k, n: rows.length })),
        );
        const radius = all.length > 60 ? 1.8 : 2.6;
        const spread = Math.min(gap * 0.22, 22 / perUnit) / Math.max(1, groups.levels.length);
        const x = all.map(({ at, k, n }) => at + shift(j) + spread * jitter(k, n));
        const shown = all.map(({ row }) => scale.transform(plan.values[row]));
        back.push(
          Plot.dot(
            { length: all.length },
            { x, y: shown, r: radius, symbol, fill: color, fillOpacity: 0.4 },
          ),
        );
        const tell = pointTip(plan, gene.title);
        all.forEach(({ row }, k) => {
          xs.push(px + inside.x(x[k]));
          ys.push(py + inside.y(shown[k]));
          tips.push(tell(row));
        });
      }
      const at = stations.map((s) => s.at + shift(j));
      const low = stations.map((s) => s.summary.low);
      const high = stations.map((s) => s.summary.high);
      const mean = stations.map((s) => s.summary.center);
      const index = { length: stations.length };
      if (plan.interval !== "none")
        front.push(
          Plot.areaY(index, { x: at, y1: low, y2: high, fill: color, fillOpacity: 0.13 }),
          Plot.link(index, { x: at, y1: low, y2: high, stroke: color, strokeWidth: 1.4 }),
        );
      front.push(
        Plot.line(index, { x: at, y: mean, stroke: color, strokeWidth: 2 }),
        Plot.dot(index, {
          x: at,
          y: mean,
          r: 4.6,
          symbol,
          fill: color,
          stroke: inks.paper,
          strokeWidth: 1.2,
        }),
      );
      stations.forEach((station, k) => {
        xs.push(px + inside.x(at[k]));
        ys.push(py + inside.y(mean[k]));
        tips.push(stationTip(plan, g, j, station));
      });
    });
    const panel = drawPanel(spec, [...back, ...front], inks);
    panel.setAttribute("x", String(px));
    panel.setAttribute("y", String(py));
    const shownLabels = times.numeric ? shownTimes : times.labels.map((_, i) => i);
    panel.append(
      drawGroupAxis(
        axis,
        shownLabels.map((i) => ({ label: times.labels[i], n: [] })),
        (i) => inside.x(times.places[shownLabels[i]]),
        inside.bottom,
        band,
        inks,
      ),
    );
    root.append(panel);
  });
  const height = top + panelHeight * Math.ceil(genes.length / grid.columns) + 6;
  root.append(
    textNode(times.name, {
      x: left + (grid.width - left) / 2,
      y: height - 8,
      "text-anchor": "middle",
      "font-size": 12,
      fill: inks.muted,
    }),
  );
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return { svg: root, hover: nearestPoint(xs, ys, (i) => tips[i]), notes: notesOf(plan) };
}

/** The times whose labels fit beside one another. */
function thin({ places, labels }: Times, perUnit: number): number[] {
  const kept: number[] = [];
  let free = -Infinity;
  places.forEach((place, i) => {
    const half = labels[i].length * 3.6 + 4;
    if (place * perUnit - half < free) return;
    kept.push(i);
    free = place * perUnit + half;
  });
  return kept;
}

/** Even places in -1..1 in an order without a trend, so that neighbours in the table are not neighbours in the picture. */
function jitter(k: number, n: number): number {
  return n === 1 ? 0 : 2 * ((k * 0.618033988749895) % 1) - 1;
}

function pointTip(plan: TimeCoursePlan, title: string) {
  const { source } = plan;
  const columns = ["sample_id", ...sampleColumns(source, "count")].filter((name) =>
    source.has(name),
  );
  const texts = columns.slice(0, 8).map((name) => [name, shownColumn(source, name)] as const);
  return (row: number) => ({
    title,
    rows: [
      [plan.unit.replace(", log scale", ""), formatNumber(plan.values[row])] as const,
      ...texts.map(([name, text]) => [name, text(row)] as const),
    ],
  });
}

function stationTip(
  plan: TimeCoursePlan,
  g: number,
  j: number,
  { at, summary, rows }: SummedStation,
) {
  const back = plan.scales[g].invert;
  const label = plan.times.labels[plan.times.places.indexOf(at)];
  const list: (readonly [string, string])[] = [[plan.times.name, label]];
  if (plan.groups.name) list.push([plan.groups.name, plan.groups.levels[j]]);
  list.push([
    plan.interval === "quartiles" ? "median" : "mean",
    formatNumber(back(summary.center)),
  ]);
  if (!Number.isNaN(summary.low))
    list.push([
      "interval",
      `${formatNumber(back(summary.low))} to ${formatNumber(back(summary.high))}`,
    ]);
  list.push(["n", String(rows.length)]);
  return { title: plan.genes[g].title, rows: list };
}

function notesOf(plan: TimeCoursePlan): string[] {
  const words = intervalWords[plan.interval];
  const log = plan.scales[0]?.kind === "log";
  const sizes = plan.courses.flat(2).map((station) => station.rows.length);
  const notes: string[] = [];
  if (sizes.length) {
    const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
    notes.push(
      `Lines: ${words}${log ? " of log(1 + value)" : ""}; n = ${low === high ? low : `${low} to ${high}`} each.`,
    );
  }
  const shown = sizes.reduce((a, b) => a + b, 0);
  const all = plan.genes.reduce((sum, gene) => sum + gene.rows.length, 0);
  if (shown < all) notes.push(`${all - shown} rows without a value or a time are left out.`);
  return notes;
}
