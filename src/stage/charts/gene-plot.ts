import * as Plot from "@observablehq/plot";
import { argumentError } from "../../base/errors.ts";
import { checkOneOf, checkOptions } from "../../base/check.ts";
import { categoryStyle, inksOf, type Inks } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { geneRows, sampleColumns, valueName, type GeneRows } from "./gene-rows.ts";
import { drawGroupAxis, layoutGroupAxis } from "./group-axis.ts";
import { groupMarks, type GroupMark } from "./group-marks.ts";
import { groupBy, type Groups } from "./groups.ts";
import { nearestPoint } from "./hover.ts";
import { intervals, intervalWords, type Interval } from "./interval.ts";
import { swatchLegend } from "./legend.ts";
import { nameList } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { axisRoom, drawPanel, insideOf, panelGrid, panelHead, type PanelSpec } from "./panels.ts";
import { toSource, type ChartData, type Source } from "./source.ts";
import { svg, textNode } from "./svg.ts";
import { swarm } from "./swarm.ts";
import { valueScale, type ScaleKind, type ValueScale } from "./value-scale.ts";

export interface GenePlotOptions extends FrameOptions {
  /** The sample column along the x axis; by default the first one of few values; null for one group. */
  readonly x?: string | null;
  /** A sample column that splits each group side by side, told apart by colour and symbol. */
  readonly color?: string | null;
  /** The value column: "count" by default. */
  readonly y?: string;
  /** What the values are, on the axis: "counts", "FPKM". */
  readonly value?: string;
  /** "log" places v at log(1 + v), zeros included; boxes, violins and means are then of log(1 + v). */
  readonly scale?: ScaleKind;
  /** What is drawn with the points; by default "box", "mean" under five values a group, "none" where no group has two. */
  readonly mark?: GroupMark;
  /** Around the mean of mark "mean". */
  readonly interval?: Interval;
  /** Ids or symbols: which genes, in which order. */
  readonly genes?: readonly string[];
  /** One value axis for all genes; each has its own by default. */
  readonly share?: boolean;
  /** Of one panel's inside, in px. */
  readonly height?: number;
}

const names = ["x", "color", "y", "value", "scale", "mark", "interval", "genes", "share", "height"];

/**
 * Every replicate of one or several genes by sample columns: points, with box, violin or mean behind, n under each group, a
 * panel per gene. `data` is an experiment's `.counts()` table, or any long table with a value column. Boxes are quartiles
 * (R's type 7) with whiskers to the last value within 1.5 times their distance; violins R's bw.nrd0. Missing values are left out and counted.
 */
export function genePlot(data: ChartData, options?: GenePlotOptions): ChartElement {
  const given = checkOptions("genePlot", options, [...names, ...frameOptions]);
  const { y = "count" } = given;
  const source = toSource("genePlot", data);
  const scaleKind = checkOneOf("genePlot", "scale", given.scale, ["linear", "log"], "linear");
  const interval = checkOneOf("genePlot", "interval", given.interval, intervals, "ci");
  if (given.mark !== undefined)
    checkOneOf("genePlot", "mark", given.mark, ["box", "violin", "mean", "none"]);
  if (given.genes !== undefined && !Array.isArray(given.genes))
    throw argumentError(`genePlot: invalid genes: ${String(given.genes)}`, {
      help: "It is a list of gene ids or symbols.",
    });
  const values = source.numbers(y);
  const genes = geneRows("genePlot", source, given.genes);
  const xName = given.x === undefined ? defaultColumn(source, y) : given.x;
  const x = groupBy(source, xName);
  const color = given.color ? groupBy(source, given.color) : null;
  const cells = arrange(genes, x, color, values);
  const largest = Math.max(0, ...cells.flat(2).map((rows) => rows.length));
  const mark = given.mark ?? (largest < 2 ? "none" : largest < 5 ? "mean" : "box");
  const unit = valueName(source, y, given.value) + (scaleKind === "log" ? ", log scale" : "");
  const plan: Plan = {
    source,
    values,
    genes,
    x,
    color,
    cells,
    mark,
    interval,
    unit,
    scales: scalesOf(scaleKind, genes, values, given.share === true),
    height: given.height ?? (genes.length > 1 ? 190 : 270),
    radius: largest <= 12 ? 4 : largest <= 40 ? 3 : largest <= 150 ? 2.3 : 1.8,
    label: `${y === "count" ? unit : y} of ${nameList(genes.map((g) => g.title))}${x.name ? ` by ${x.name}` : ""}`,
  };
  return chartFrame(
    {
      name: "gene-plot",
      label: plan.label,
      description: describe(plan),
      draw: (width, dark) => draw(plan, width, inksOf(dark), dark),
      table: () => csvTable(source, genes),
    },
    given,
  );
}

interface Plan {
  readonly source: Source;
  readonly values: Float64Array;
  readonly genes: readonly GeneRows[];
  readonly x: Groups;
  readonly color: Groups | null;
  /** Rows with a value by gene, group and subgroup. */
  readonly cells: readonly (readonly (readonly number[])[])[][];
  readonly mark: GroupMark;
  readonly interval: Interval;
  readonly unit: string;
  readonly scales: readonly ValueScale[];
  readonly height: number;
  readonly radius: number;
  readonly label: string;
}

function defaultColumn(source: Source, y: string): string | null {
  const columns = sampleColumns(source, y);
  const few = (name: string) => {
    const kind = source.kind(name);
    if (kind !== "string" && kind !== "factor" && kind !== "boolean" && kind !== "integer")
      return false;
    const n = source.levels(name).levels.length;
    return n > 1 && n <= 12;
  };
  return columns.find(few) ?? null;
}

/** Rows by gene, group and subgroup. Where no group holds two colours, there is one subgroup. */
function arrange(
  genes: readonly GeneRows[],
  x: Groups,
  color: Groups | null,
  values: Float64Array,
): number[][][][] {
  const nested = color === null || isNested(x, color);
  return genes.map(({ rows }) => {
    const groups = x.levels.map(() =>
      Array.from({ length: nested ? 1 : color.levels.length }, (): number[] => []),
    );
    for (const i of rows)
      if (Number.isFinite(values[i])) groups[x.codes[i]][nested ? 0 : color.codes[i]].push(i);
    return groups;
  });
}

function isNested(x: Groups, color: Groups): boolean {
  const of = new Map<number, number>();
  return x.codes.every((code, i) => {
    if (!of.has(code)) of.set(code, color.codes[i]);
    return of.get(code) === color.codes[i];
  });
}

function scalesOf(
  kind: ScaleKind,
  genes: readonly GeneRows[],
  values: Float64Array,
  share: boolean,
): ValueScale[] {
  const extent = (lists: readonly (readonly number[])[]): [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (const rows of lists)
      for (const i of rows) {
        if (!Number.isFinite(values[i])) continue;
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    return [low, high];
  };
  if (!share) return genes.map(({ rows }) => valueScale(kind, ...extent([rows])));
  const one = valueScale(kind, ...extent(genes.map((gene) => gene.rows)));
  return genes.map(() => one);
}

function draw(plan: Plan, width: number, inks: Inks, dark: boolean) {
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
    };
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
        const offsets = swarm(shown.map(inside.y), radius + 0.3, half * unitPx - radius);
        const dotX = offsets.map((offset) => at + offset / unitPx);
        points.push(
          Plot.dot(
            { length: rows.length },
            {
              x: dotX,
              y: shown,
              r: radius,
              symbol,
              fill,
              fillOpacity: rows.length > 40 ? 0.65 : plan.mark === "mean" ? 0.75 : 0.9,
              stroke: inks.paper,
              strokeWidth: radius > 2.5 ? 0.8 : 0.4,
            },
          ),
        );
        rows.forEach((row, k) => {
          xs.push(px + inside.x(dotX[k]));
          ys.push(py + inside.y(shown[k]));
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
  if (x.name) {
    root.append(
      textNode(
        x.name,
        {
          x: left + (grid.width - left) / 2,
          y: height - 2,
          "text-anchor": "middle",
          "font-size": 12,
          fill: inks.muted,
        },
        x.name,
      ),
    );
    height += 6;
  }
  root.setAttribute("height", String(height));
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const describePoint = pointDescriber(plan);
  return {
    svg: root,
    hover: nearestPoint(xs, ys, (k) => describePoint(hits[k]), { radius }),
    notes: notesOf(plan, axis.turned, axis.step),
  };
}

function notesOf(plan: Plan, turned: boolean, step: number): string[] {
  const notes: string[] = [];
  const log = plan.scales[0]?.kind === "log";
  if (plan.mark === "box")
    notes.push("Boxes: median and quartiles; whiskers reach to 1.5 times their distance.");
  if (plan.mark === "mean") {
    const words = intervalWords[plan.interval];
    notes.push(`${words[0].toUpperCase()}${words.slice(1)}${log ? ", of log(1 + value)" : ""}.`);
  } else if (plan.mark === "violin")
    notes.push(`Violins: kernel density${log ? " of log(1 + value)" : ""}.`);
  const shown = plan.cells.flat(2).reduce((sum, rows) => sum + rows.length, 0);
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

function pointDescriber({ source, values, unit, genes }: Plan) {
  const columns = ["sample_id", ...sampleColumns(source, "count")].filter((name) =>
    source.has(name),
  );
  const texts = columns.slice(0, 9).map((name) => [name, source.strings(name)] as const);
  const title = new Map(
    genes.flatMap((gene) => gene.rows.map((row) => [row, gene.title] as const)),
  );
  return (row: number) => ({
    title: title.get(row) ?? "",
    rows: [
      [unit.replace(", log scale", ""), formatNumber(values[row])] as const,
      ...texts.map(([name, text]) => [name, text[row] ?? "–"] as const),
    ],
  });
}

function describe({ genes, x, color, cells, values, unit }: Plan): string {
  const by = [x.name, color?.name].filter(Boolean).join(" and ");
  const lines = genes.slice(0, 12).map((gene, g) => {
    const parts = x.levels.map((level, i) => {
      const all = cells[g][i].flat().map((row) => values[row]);
      all.sort((a, b) => a - b);
      const median = all.length
        ? formatNumber((all[(all.length - 1) >> 1] + all[all.length >> 1]) / 2)
        : "none";
      return `${level} n ${all.length}, median ${median}`;
    });
    return `${gene.title}: ${parts.slice(0, 20).join("; ")}${parts.length > 20 ? "; …" : ""}.`;
  });
  const more = genes.length > 12 ? ` And ${genes.length - 12} more genes.` : "";
  return `Points of ${unit} for ${genes.length} ${genes.length === 1 ? "gene" : "genes"}${by ? ` by ${by}` : ""}. ${lines.join(" ")}${more}`;
}

function csvTable(source: Source, genes: readonly GeneRows[]) {
  const columns = source.names.map((name) => {
    const kind = source.kind(name);
    return kind === "number" || kind === "integer" ? source.numbers(name) : source.strings(name);
  });
  const rows = genes.flatMap((gene) => gene.rows.map((i) => columns.map((values) => values[i])));
  return { names: source.names, rows };
}
