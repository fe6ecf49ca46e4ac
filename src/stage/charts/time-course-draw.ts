import * as Plot from "@observablehq/plot";
import { ticks as niceTicks } from "d3";
import { within } from "./axis-options.ts";
import { categoryStyle, type Inks } from "./colour.ts";
import type { Drawing } from "./drawing.ts";
import { drawGroupAxis, layoutGroupAxis } from "./group-axis.ts";
import { nearestPoint } from "./hover.ts";
import { swatchLegend } from "./legend.ts";
import { formatTick } from "./numbers.ts";
import {
  axisRoom,
  drawPanel,
  insideOf,
  panelGrid,
  panelHead,
  xTitle,
  type PanelSpec,
} from "./panels.ts";
import { sampleLinks, type GenePanel } from "./sample-links.ts";
import { svg } from "./svg.ts";
import { thinPoints } from "./thin-points.ts";
import { type Times, type TimeCoursePlan, leastStep } from "./time-course-plan.ts";

import { pointTip, stationTip, timeCourseNotes } from "./time-course-words.ts";

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
  const set = plan.axes.x;
  const xDomain: readonly [number, number] = set.domain ?? [first - pad, last + pad];
  const inner = grid.panelWidth - left - 6;
  const perUnit = inner / (xDomain[1] - xDomain[0]);
  const band = times.numeric ? gap * perUnit : inner / Math.max(1, times.places.length);
  const shownTimes = thin(times, perUnit).filter(
    (i) => !times.numeric || within(times.places[i], xDomain),
  );
  const ticks = !times.numeric
    ? times.places.map((at, i) => ({ at, label: times.labels[i] }))
    : set.ticks === undefined
      ? shownTimes.map((i) => ({ at: times.places[i], label: times.labels[i] }))
      : (Array.isArray(set.ticks) ? set.ticks : niceTicks(...xDomain, set.ticks as number))
          .filter((at: number) => within(at, xDomain))
          .map((at: number) => ({ at, label: formatTick(at) }));
  const axis = layoutGroupAxis(
    ticks.map(({ label }) => label),
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
  const samples: string[][] = [];
  const titles: GenePanel[] = [];
  const ids = plan.source.has("sample_id") ? plan.source.strings("sample_id") : null;
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
      clip: set.domain !== undefined || plan.axes.y.domain !== undefined,
    };
    const inside = insideOf(spec);
    const px = (grid.panelWidth + grid.gap) * (g % grid.columns);
    const py = top + panelHeight * Math.floor(g / grid.columns);
    titles.push({
      gene: gene.id,
      title: gene.title,
      x: px,
      y: py,
      width: grid.panelWidth,
      height: 20,
    });
    const shift = (j: number) =>
      groups.levels.length > 1 ? (j / (groups.levels.length - 1) - 0.5) * dodge : 0;
    const back: Plot.Markish[] = [Plot.ruleY([scale.domain[0]], { stroke: inks.ruleStrong })];
    const front: Plot.Markish[] = [];
    courses[g].forEach((stations, j) => {
      if (!stations.length) return;
      const { color, symbol } = style(j);
      if (plan.points) {
        const all = stations.flatMap(({ at, rows }) =>
          thinPoints(rows, plan.values, plan.step).map((row, k, some) => ({
            at,
            row,
            k,
            n: some.length,
          })),
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
          if (!within(x[k], xDomain) || !within(shown[k], scale.domain)) return;
          samples.push(ids?.[row] ? [ids[row]] : []);
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
        if (!within(at[k], xDomain) || !within(mean[k], scale.domain)) return;
        samples.push(ids ? station.rows.flatMap((row) => ids[row] ?? []) : []);
        xs.push(px + inside.x(at[k]));
        ys.push(py + inside.y(mean[k]));
        tips.push(stationTip(plan, g, j, station));
      });
    });
    const panel = drawPanel(spec, [...back, ...front], inks);
    panel.setAttribute("x", String(px));
    panel.setAttribute("y", String(py));
    panel.append(
      drawGroupAxis(
        axis,
        ticks.map(({ label }) => ({ label, n: [] })),
        (i) => inside.x(ticks[i].at),
        inside.bottom,
        band,
        inks,
      ),
    );
    root.append(panel);
  });
  const height = top + panelHeight * Math.ceil(genes.length / grid.columns) + 6;
  const below = set.label ?? times.name;
  root.append(xTitle(below, left, grid, height - 8, inks));
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const live = svg("g", {});
  root.append(live);
  const marks = {
    ids: samples,
    px: xs,
    py: ys,
    radius: 3.4,
    describe: (k: number) => tips[k],
    panels: titles.filter(({ gene }) => gene !== ""),
  };
  return {
    svg: root,
    hover: nearestPoint(xs, ys, (i) => tips[i]),
    links: ids ? sampleLinks(marks, live, inks) : undefined,
    notes: timeCourseNotes(plan),
  };
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
