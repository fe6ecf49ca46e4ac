import * as Plot from "@observablehq/plot";
import { argumentError } from "../../base/errors.ts";
import { checkOneOf, checkOptions } from "../../base/check.ts";
import { categoryStyle, inksOf, type Inks } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import type { Drawing } from "./drawing.ts";
import { geneRows, sampleColumns, valueName, type GeneRows } from "./gene-rows.ts";
import { drawGroupAxis, layoutGroupAxis } from "./group-axis.ts";
import { groupBy, missingLabel, type Groups } from "./groups.ts";
import { nearestPoint } from "./hover.ts";
import {
  intervals,
  intervalWords,
  summarizeValues,
  type Interval,
  type Summary,
} from "./interval.ts";
import { swatchLegend } from "./legend.ts";
import { nameList } from "./name-list.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import { axisRoom, drawPanel, insideOf, panelGrid, panelHead, type PanelSpec } from "./panels.ts";
import { toSource, type ChartData, type Source } from "./source.ts";
import { svg, textNode } from "./svg.ts";
import { valueScale, type ScaleKind, type ValueScale } from "./value-scale.ts";

export interface TimeCourseOptions extends FrameOptions {
  /** The sample column along the x axis: numbers (or text that is numbers) stand at their place, other levels evenly in their order. */
  readonly x: string;
  /** A sample column: one line per level, told apart by colour and symbol. */
  readonly group?: string | null;
  /** The same as group. */
  readonly color?: string | null;
  readonly y?: string;
  /** What the values are, on the axis: "counts", "FPKM". */
  readonly value?: string;
  /** "log" places v at log(1 + v); means and intervals are then of log(1 + v). */
  readonly scale?: ScaleKind;
  /** Around the mean; "quartiles" draws median and quartiles. */
  readonly interval?: Interval;
  /** Whether every value is drawn. */
  readonly points?: boolean;
  readonly genes?: readonly string[];
  /** One value axis for all genes; each has its own by default. */
  readonly share?: boolean;
  /** Of one panel's inside, in px. */
  readonly height?: number;
}

const names = [
  "x",
  "group",
  "color",
  "y",
  "value",
  "scale",
  "interval",
  "points",
  "genes",
  "share",
  "height",
];

/**
 * Mean and interval of one or several genes over time by group, with every value as a point, a panel per gene. `data` is an
 * experiment's `.counts()` table, or any long table. Intervals: 95 % by Student's t, standard error, standard deviation, or
 * median and quartiles (R's type 7); a single value has none. Missing values are left out and counted.
 */
export function timeCourse(data: ChartData, options?: TimeCourseOptions): ChartElement {
  const given = checkOptions<Partial<TimeCourseOptions>>("timeCourse", options, [
    ...names,
    ...frameOptions,
  ]);
  const { y = "count", x } = given;
  const source = toSource("timeCourse", data);
  if (typeof x !== "string")
    throw argumentError(`timeCourse: invalid x: ${String(x)}`, {
      help: `It is the column that holds the time: ${sampleColumns(source, y).join(", ") || "there is none"}.`,
    });
  if (given.genes !== undefined && !Array.isArray(given.genes))
    throw argumentError(`timeCourse: invalid genes: ${String(given.genes)}`, {
      help: "It is a list of gene ids or symbols.",
    });
  const scaleKind = checkOneOf("timeCourse", "scale", given.scale, ["linear", "log"], "linear");
  const interval = checkOneOf("timeCourse", "interval", given.interval, intervals, "ci");
  const values = source.numbers(y);
  const genes = geneRows("timeCourse", source, given.genes);
  const times = readTimes(source, x);
  const groupName = given.group ?? given.color ?? null;
  const groups = groupBy(source, groupName);
  const courses = genes.map(({ rows }) => arrange(rows, groups, times, values));
  const unit = valueName(source, y, given.value) + (scaleKind === "log" ? ", log scale" : "");
  const scales = makeScales(
    scaleKind,
    courses,
    values,
    interval,
    given.points !== false,
    given.share === true,
  );
  const plan: Plan = {
    source,
    values,
    genes,
    groups,
    times,
    courses: courses.map((course, g) => summarize(course, values, scales[g], interval)),
    interval,
    points: given.points !== false,
    unit,
    scales,
    height: given.height ?? (genes.length > 1 ? 190 : 270),
  };
  return chartFrame(
    {
      name: "time-course",
      label: `${unit} of ${nameList(genes.map((g) => g.title))} over ${x}${groupName ? ` by ${groupName}` : ""}`,
      description: describe(plan),
      draw: (width, dark) => draw(plan, width, inksOf(dark), dark),
      table: () => summaryTable(plan),
    },
    given,
  );
}

interface Times {
  readonly name: string;
  /** Place of every row; NaN where the time is missing. */
  readonly at: Float64Array;
  readonly places: readonly number[];
  readonly labels: readonly string[];
  readonly numeric: boolean;
}

/** The values of one group at one time. */
interface Station {
  readonly at: number;
  readonly rows: readonly number[];
}

interface SummedStation extends Station {
  /** On the drawn scale. */
  readonly summary: Summary;
}

interface Plan {
  readonly source: Source;
  readonly values: Float64Array;
  readonly genes: readonly GeneRows[];
  readonly groups: Groups;
  readonly times: Times;
  /** By gene and group, in order of time. */
  readonly courses: readonly (readonly (readonly SummedStation[])[])[];
  readonly interval: Interval;
  readonly points: boolean;
  readonly unit: string;
  readonly scales: readonly ValueScale[];
  readonly height: number;
}

function readTimes(source: Source, name: string): Times {
  const { codes, levels } = source.levels(name);
  const parsed = levels.map((level) => (level.trim() === "" ? NaN : Number(level)));
  const numeric = levels.length > 0 && parsed.every(Number.isFinite);
  const used = new Set(codes);
  const kept = levels.flatMap((_, i) => (used.has(i) ? [i] : []));
  if (numeric) kept.sort((a, b) => parsed[a] - parsed[b]);
  const placeOf = new Map(kept.map((level, i) => [level, numeric ? parsed[level] : i]));
  return {
    name,
    at: Float64Array.from(codes, (code) => placeOf.get(code) ?? NaN),
    places: kept.map((level) => placeOf.get(level)!),
    labels: kept.map((level) => (numeric ? formatTick(parsed[level]) : levels[level])),
    numeric,
  };
}

function arrange(
  rows: readonly number[],
  groups: Groups,
  times: Times,
  values: Float64Array,
): Station[][] {
  return groups.levels.map((_, group) => {
    const at = new Map<number, number[]>();
    for (const i of rows) {
      if (groups.codes[i] !== group || !Number.isFinite(values[i]) || Number.isNaN(times.at[i]))
        continue;
      const list = at.get(times.at[i]);
      if (list) list.push(i);
      else at.set(times.at[i], [i]);
    }
    return [...at].sort((a, b) => a[0] - b[0]).map(([place, list]) => ({ at: place, rows: list }));
  });
}

function makeScales(
  kind: ScaleKind,
  courses: readonly (readonly (readonly Station[])[])[],
  values: Float64Array,
  interval: Interval,
  points: boolean,
  share: boolean,
): ValueScale[] {
  const shape = valueScale(kind, 0, 1);
  const extents = courses.map((groups) => {
    const ends: number[] = [];
    for (const { rows } of groups.flat()) {
      const { center, low, high } = summarizeValues(
        rows.map((i) => shape.transform(values[i])),
        interval,
      );
      for (const shown of [center, low, high])
        if (!Number.isNaN(shown)) ends.push(shape.invert(shown));
      if (points) for (const i of rows) ends.push(values[i]);
    }
    return ends.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  });
  if (!share) return extents.map(([low, high]) => valueScale(kind, low, high));
  const one = valueScale(
    kind,
    Math.min(...extents.map((e) => e[0])),
    Math.max(...extents.map((e) => e[1])),
  );
  return extents.map(() => one);
}

function summarize(
  course: readonly (readonly Station[])[],
  values: Float64Array,
  scale: ValueScale,
  interval: Interval,
): SummedStation[][] {
  return course.map((stations) =>
    stations.map((station) => ({
      ...station,
      summary: summarizeValues(
        station.rows.map((i) => scale.transform(values[i])),
        interval,
      ),
    })),
  );
}

/** The smallest distance between two times, 1 where there is one. */
function step({ places }: Times): number {
  let least = Infinity;
  for (let i = 1; i < places.length; ++i) least = Math.min(least, places[i] - places[i - 1]);
  return Number.isFinite(least) ? least : 1;
}

function draw(plan: Plan, width: number, inks: Inks, dark: boolean): Drawing {
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
  const gap = step(times);
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

function pointTip(plan: Plan, title: string) {
  const { source } = plan;
  const columns = ["sample_id", ...sampleColumns(source, "count")].filter((name) =>
    source.has(name),
  );
  const texts = columns.slice(0, 8).map((name) => [name, source.strings(name)] as const);
  return (row: number) => ({
    title,
    rows: [
      [plan.unit.replace(", log scale", ""), formatNumber(plan.values[row])] as const,
      ...texts.map(([name, text]) => [name, text[row] ?? "–"] as const),
    ],
  });
}

function stationTip(plan: Plan, g: number, j: number, { at, summary, rows }: SummedStation) {
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

function notesOf(plan: Plan): string[] {
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

function describe(plan: Plan): string {
  const { genes, groups, times } = plan;
  const lines = genes.slice(0, 12).map((gene, g) => {
    const parts = plan.courses[g].flatMap((stations, j) => {
      const name = groups.name ? `${groups.levels[j]} ` : "";
      const at = stations.map(
        ({ at, summary }) =>
          `${formatNumber(plan.scales[g].invert(summary.center))} at ${times.labels[times.places.indexOf(at)]}`,
      );
      return stations.length ? [`${name}${at.join(", ")}`] : [];
    });
    return `${gene.title}: ${parts.slice(0, 12).join("; ") || "no values"}.`;
  });
  return `${plan.unit} over ${times.name}, ${intervalWords[plan.interval]}. ${lines.join(" ")}`;
}

function summaryTable(plan: Plan) {
  const { genes, groups, times, scales } = plan;
  const center = plan.interval === "quartiles" ? "median" : "mean";
  const rows = plan.courses.flatMap((course, g) =>
    course.flatMap((stations, j) =>
      stations.flatMap(({ at, rows: members, summary }) => {
        const back = (v: number) => (Number.isNaN(v) ? null : scales[g].invert(v));
        return members.map((row) => [
          genes[g].id,
          genes[g].title,
          groups.name === null || groups.levels[j] === missingLabel ? null : groups.levels[j],
          times.labels[times.places.indexOf(at)],
          plan.values[row],
          members.length,
          back(summary.center),
          back(summary.low),
          back(summary.high),
        ]);
      }),
    ),
  );
  return {
    names: [
      "gene_id",
      "symbol",
      groups.name ?? "group",
      times.name,
      "value",
      "n",
      center,
      "low",
      "high",
    ],
    rows,
  };
}
