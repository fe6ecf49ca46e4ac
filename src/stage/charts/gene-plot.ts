import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { readAxes, setValueScale, type AxesOption } from "./axis-options.ts";
import { checkSelection } from "./check-selection.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { drawGenePlot } from "./gene-plot-draw.ts";
import { type GenePlotPlan, arrangeRows, genePlotScales } from "./gene-plot-plan.ts";
import { geneRows, sampleColumns, valueName, type GeneRows } from "./gene-rows.ts";
import type { GroupMark } from "./group-marks.ts";
import { groupBy } from "./groups.ts";
import { intervals, type Interval } from "./interval.ts";
import { nameList } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { pointStep } from "./thin-points.ts";
import { toSource, type ChartData, type Source } from "./source.ts";
import type { ScaleKind } from "./value-scale.ts";

export interface GenePlotOptions extends FrameOptions, AxesOption {
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
  /** Of samples. */
  readonly selection?: Selection;
}

const names = [
  "x",
  "color",
  "y",
  "value",
  "scale",
  "mark",
  "interval",
  "genes",
  "share",
  "axes",
  "height",
  "selection",
];

/**
 * Every replicate of one or several genes by sample columns: points, with box, violin or mean behind, n under each group, a
 * panel per gene. `data` is an experiment's `.counts()` table, or any long table with a value column. Boxes are quartiles
 * (R's type 7) with whiskers to the last value within 1.5 times their distance; violins R's bw.nrd0. Missing values are left out and counted.
 */
export function genePlot(data: ChartData, options?: GenePlotOptions): ChartElement {
  const given = checkOptions("genePlot", options, [...names, ...frameOptions]);
  const { y = "count" } = given;
  const source = toSource("genePlot", data);
  const axes = readAxes("genePlot", given.axes, { x: "label", y: ["linear", "log"] });
  const wanted = given.scale ?? axes.y.type;
  const scaleKind = checkOneOf("genePlot", "scale", wanted, ["linear", "log"], "linear");
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
  const cells = arrangeRows(genes, x, color, values);
  const largest = Math.max(0, ...cells.flat(2).map((rows) => rows.length));
  const mark = given.mark ?? (largest < 2 ? "none" : largest < 5 ? "mean" : "box");
  const name = axes.y.label ?? valueName(source, y, given.value);
  const unit = name + (scaleKind === "log" && axes.y.label === undefined ? ", log scale" : "");
  const plan: GenePlotPlan = {
    source,
    values,
    genes,
    x,
    color,
    cells,
    mark,
    interval,
    unit,
    scales: genePlotScales(scaleKind, genes, values, given.share === true).map((scale) =>
      setValueScale(scale, axes.y),
    ),
    axes,
    step: pointStep(cells.flat(2).reduce((sum, rows) => sum + rows.length, 0)),
    height: given.height ?? (genes.length > 1 ? 190 : 270),
    radius: largest <= 12 ? 4 : largest <= 40 ? 3 : largest <= 150 ? 2.3 : 1.8,
    label: `${y === "count" ? unit : y} of ${nameList(genes.map((g) => g.title))}${x.name ? ` by ${x.name}` : ""}`,
  };
  return chartFrame(
    {
      name: "gene-plot",
      label: plan.label,
      description: describe(plan),
      draw: (width, dark) => drawGenePlot(plan, width, inksOf(dark), dark),
      table: () => csvTable(source, genes),
      selecting: source.has("sample_id")
        ? { selection: checkSelection("genePlot", given.selection), stops: "Points" }
        : undefined,
    },
    given,
  );
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

function describe({ genes, x, color, cells, values, unit }: GenePlotPlan): string {
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
