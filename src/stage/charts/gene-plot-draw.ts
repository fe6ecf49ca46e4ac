import * as Plot from "@observablehq/plot";
import { within } from "./axis-options.ts";
import { categoryStyle, type Inks } from "./colour.ts";
import type { GenePlotPlan } from "./gene-plot-plan.ts";
import { sampleColumns } from "./gene-rows.ts";
import { drawGroupAxis, layoutGroupAxis } from "./group-axis.ts";
import { groupMarks } from "./group-marks.ts";
import { nearestPoint } from "./hover.ts";
import { intervalWords } from "./interval.ts";
import { swatchLegend } from "./legend.ts";
import { formatNumber } from "./numbers.ts";
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
import { shownColumn } from "./source.ts";
import { svg } from "./svg.ts";
import { thinNote, thinPoints } from "./thin-points.ts";
import { swarm } from "./swarm.ts";

/** Draws the picture at one width. */
export function drawGenePlot(plan: GenePlotPlan, width: number, inks: Inks, dark: boolean) {
  const { genes, x, color, cells, scales, radius } = plan;
  const subgroups = cells[0]?.[0]?.length ?? 1;
  const left = Math.max(14, ...scales.map((scale) => axisRoom(scale, plan.height)));
  const least = Math.min(
    width,
    Math.max(width < 520 ? 150 : 230, left + 6 + x.levels.length * Math.max(26, subgroups * 18)),
  );
  const most = left + 6 + x.levels.length * Math.max(150, subgroups * 70);
  const grid = panelGrid(Math.max(1, genes.length), width, least, most);
  const band = (grid.panelWidth - left - 6) / x.levels.length;
  const axis = layoutGroupAxis(x.levels, band, true, left);
  const style = (code: number) =>
    color ? categoryStyle(code, dark) : { color: inks.accent, symbol: "circle" as const };
  const legend =
    color && color.name !== x.name
      ? swatchLegend(
          color.name ?? "",
          color.levels.map((label, i) => ({ label, ...style(i) })),
          width,
          inks,
        )
      : null;
  const top = legend ? legend.height + 8 : 0;
  const xs: number[] = [];
  const ys: number[] = [];
  const hits: number[] = [];
  const titles: GenePanel[] = [];
  const root = svg("svg", { width });
  if (legend) root.append(legend.node);
  const panelHeight = panelHead + plan.height + axis.height + 18;
  genes.forEach((gene, g) => {
    const spec: PanelSpec = {
      width: grid.panelWidth,
      height: plan.height,
      left,
      bottom: axis.height + 8,
      title: gene.title,
      secondary: gene.secondary,
      unit: plan.unit,
      xDomain: [-0.5, x.levels.length - 0.5],
      scale: scales[g],
      clip: plan.axes.y.domain !== undefined,
    };
    titles.push({
      gene: gene.id,
      title: gene.title,
      x: (grid.panelWidth + grid.gap) * (g % grid.columns),
      y: top + panelHeight * Math.floor(g / grid.columns),
      width: grid.panelWidth,
      height: 20,
    });
    const inside = insideOf(spec);
    const center = (i: number, j?: number) =>
      i + (j === undefined ? 0 : ((j - (subgroups - 1) / 2) * 0.84) / subgroups);
    const half = subgroups > 1 ? 0.37 / subgroups : 0.36;
    const marks: Plot.Markish[] = [Plot.ruleY([scales[g].domain[0]], { stroke: inks.ruleStrong })];
    const points: Plot.Markish[] = [];
    const front: Plot.Markish[] = [];
    const px = (grid.panelWidth + grid.gap) * (g % grid.columns);
    const py = top + panelHeight * Math.floor(g / grid.columns);
    cells[g].forEach((group, i) =>
      group.forEach((rows, j) => {
        if (!rows.length) return;
        const code = color ? color.codes[rows[0]] : 0;
        const { color: fill, symbol } = style(code);
        const shown = Float64Array.from(rows, (r) => scales[g].transform(plan.values[r]));
        const at = center(i, j);
        const drawn = groupMarks(plan.mark, shown, at, half, fill, inks, plan.interval);
        (plan.mark === "mean" ? front : marks).push(...drawn);
        const unitPx = band;
        const some = thinPoints(rows, plan.values, plan.step).filter((row) =>
          within(scales[g].transform(plan.values[row]), scales[g].domain),
        );
        const dotY = Float64Array.from(some, (r) => scales[g].transform(plan.values[r]));
        const offsets = swarm(dotY.map(inside.y), radius + 0.3, half * unitPx - radius);
        const dotX = offsets.map((offset) => at + offset / unitPx);
        points.push(
          Plot.dot(
            { length: some.length },
            {
              x: dotX,
              y: dotY,
              r: radius,
              symbol,
              fill,
              fillOpacity: rows.length > 40 ? 0.65 : plan.mark === "mean" ? 0.75 : 0.9,
              stroke: rows.length > 40 ? "none" : inks.paper,
              strokeWidth: 0.8,
            },
          ),
        );
        some.forEach((row, k) => {
          xs.push(px + inside.x(dotX[k]));
          ys.push(py + inside.y(dotY[k]));
          hits.push(row);
        });
      }),
    );
    const panel = drawPanel(spec, [...marks, ...points, ...front], inks);
    panel.setAttribute("x", String(px));
    panel.setAttribute("y", String(py));
    panel.append(
      drawGroupAxis(
        axis,
        x.levels.map((label, i) => ({ label, n: cells[g][i].map((rows) => rows.length) })),
        (i, j) => inside.x(center(i, j)),
        inside.bottom,
        band,
        inks,
      ),
    );
    root.append(panel);
  });
  let height = top + panelHeight * Math.ceil(genes.length / grid.columns);
  const below = plan.axes.x.label ?? x.name;
  if (below) {
    root.append(xTitle(below, left, grid, height - 2, inks));
    height += 6;
  }
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const describePoint = pointDescriber(plan);
  const live = svg("g", {});
  root.append(live);
  const ids = plan.source.has("sample_id") ? plan.source.strings("sample_id") : null;
  const points = {
    ids: hits.map((row) => (ids?.[row] ? [ids[row]] : [])),
    px: xs,
    py: ys,
    radius,
    describe: (k: number) => describePoint(hits[k]),
    panels: titles.filter(({ gene }) => gene !== ""),
  };
  return {
    svg: root,
    hover: nearestPoint(xs, ys, points.describe, { radius }),
    links: ids ? sampleLinks(points, live, inks) : undefined,
    notes: notesOf(plan, axis.turned, axis.step),
  };
}

function notesOf(plan: GenePlotPlan, turned: boolean, step: number): string[] {
  const notes: string[] = [];
  const log = plan.scales[0]?.kind === "log";
  if (plan.mark === "box")
    notes.push(
      "Boxes: median and quartiles; whiskers to the last value within 1.5 interquartile ranges.",
    );
  if (plan.mark === "mean") {
    const words = intervalWords[plan.interval];
    notes.push(`${words[0].toUpperCase()}${words.slice(1)}${log ? ", of log(1 + value)" : ""}.`);
  } else if (plan.mark === "violin")
    notes.push(`Violins: kernel density${log ? " of log(1 + value)" : ""}.`);
  const shown = plan.cells.flat(2).reduce((sum, rows) => sum + rows.length, 0);
  notes.push(...thinNote(shown, plan.step, plan.mark === "none" ? "n is" : "the rest is"));
  const past = plan.genes.reduce((sum, gene, g) => sum + outside(plan, gene.rows, g), 0);
  if (past)
    notes.push(
      `${formatNumber(past)} ${past === 1 ? "value lies" : "values lie"} beyond the axis.`,
    );
  const all = plan.genes.reduce((sum, gene) => sum + gene.rows.length, 0);
  if (shown < all) notes.push(`${all - shown} missing values are left out.`);
  if (turned) {
    const sizes = plan.cells.flat(1).map((group) => group.reduce((n, rows) => n + rows.length, 0));
    const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
    notes.push(`n = ${low === high ? low : `${low} to ${high}`} in each group.`);
    if (step > 1) notes.push(`Every ${step}th group is named.`);
  }
  return notes;
}

/** How many values of a panel its axis leaves out. */
function outside({ values, scales }: GenePlotPlan, rows: readonly number[], g: number): number {
  const { transform, domain } = scales[g];
  return rows.filter(
    (row) => Number.isFinite(values[row]) && !within(transform(values[row]), domain),
  ).length;
}

function pointDescriber({ source, values, unit, genes }: GenePlotPlan) {
  const columns = ["sample_id", ...sampleColumns(source, "count")].filter((name) =>
    source.has(name),
  );
  const texts = columns.slice(0, 9).map((name) => [name, shownColumn(source, name)] as const);
  const title = new Map(
    genes.flatMap((gene) => gene.rows.map((row) => [row, gene.title] as const)),
  );
  return (row: number) => ({
    title: title.get(row) ?? "",
    rows: [
      [unit.replace(", log scale", ""), formatNumber(values[row])] as const,
      ...texts.map(([name, text]) => [name, text(row)] as const),
    ],
  });
}
