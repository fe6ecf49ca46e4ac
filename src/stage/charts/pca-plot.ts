import { checkInteger, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { isTable } from "../../tables/index.ts";
import type { Selection } from "../../base/selection.ts";
import { checkSelection } from "./check-selection.ts";
import { readAxes, type AxesOption } from "./axis-options.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { groupBy } from "./groups.ts";
import { nameList } from "./name-list.ts";
import { formatPercent } from "./numbers.ts";
import { drawPca } from "./pca-draw.ts";
import type { PcaPlan, AxisData } from "./pca-plan.ts";
import { toSource, type ChartData, type Source } from "./source.ts";

/** What `pca` returns, as far as the plot reads it. */
export interface PcaLike {
  /** sample_id, PC1, PC2, … and sample columns. */
  readonly scores: ChartData;
  /** Shares of variance per component: a table with a share column in component order, or an array of shares in 0..1. */
  readonly variance?: ChartData | ArrayLike<number>;
  readonly loadings?: unknown;
  /** What was done before, in words; shown below. */
  readonly note?: string;
}

export interface PcaPlotOptions extends FrameOptions, AxesOption {
  /** Components by number: 1 and 2 by default. */
  readonly x?: number;
  readonly y?: number;
  /** Several components against each other: the first so many (2 to 8), or those of a list. */
  readonly pairs?: number | readonly number[];
  /** A sample column: levels as colours and symbols, numbers as a continuous colour. */
  readonly color?: string | null;
  /** A sample column: levels as symbols. */
  readonly shape?: string | null;
  /** true for sample_id, or a sample column: written beside the points where there is room. */
  readonly label?: boolean | string;
  /** Of the whole picture without legends, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

const names = ["x", "y", "pairs", "axes", "color", "shape", "label", "height", "selection"];

/** Samples on two principal components, the share of variance in the axis titles, coloured and shaped by sample columns. */
export function pcaPlot(data: PcaLike, options?: PcaPlotOptions): ChartElement {
  const given = checkOptions("pcaPlot", options, [...names, ...frameOptions]);
  if (typeof data !== "object" || data === null || data.scores === undefined)
    throw argumentError("pcaPlot: not the result of pca", {
      help: "Give it what pca returns: {scores, variance}.",
    });
  const source = toSource("pcaPlot", data.scores);
  const total = source.names.filter((name) => /^PC\d+$/.test(name)).length;
  const chosen = componentsOf(given, Math.max(1, total));
  const axes = readAxes(
    "pcaPlot",
    given.axes,
    given.pairs === undefined ? { x: ["linear"], y: ["linear"] } : {},
  );
  const shares = sharesOf(data.variance);
  const axis = (k: number): AxisData => {
    const share = shares?.[k - 1];
    return {
      name: `PC${k}`,
      title:
        share === undefined || !Number.isFinite(share)
          ? `PC${k}`
          : `PC${k} (${formatPercent(share)})`,
      values: source.numbers(`PC${k}`),
    };
  };
  const color = given.color ?? null;
  const continuous = color !== null && isContinuous(source, color);
  const labelColumn = given.label === true ? idColumn(source) : given.label || null;
  const plan: PcaPlan = {
    source,
    components: chosen.map(axis),
    pairs: given.pairs !== undefined,
    axes,
    color: color === null || continuous ? null : groupBy(source, color),
    shape: given.shape ? groupBy(source, given.shape) : null,
    heat: continuous ? { name: color, values: source.numbers(color) } : null,
    labels: labelColumn ? source.strings(labelColumn) : null,
    height: given.height,
    note: typeof data.note === "string" ? data.note : undefined,
  };
  return chartFrame(
    {
      name: "pca-plot",
      label: `Principal components ${nameList(chosen.map(String))} of ${source.length} samples`,
      description: describe(plan, color, given.shape ?? null),
      draw: (width, dark) => drawPca(plan, width, inksOf(dark), dark),
      table: () => ({
        names: source.names,
        rows: source.rows().map((row) => source.names.map((name) => row[name])),
      }),
      selecting: { selection: checkSelection("pcaPlot", given.selection), stops: "Samples" },
    },
    given,
  );
}

function componentsOf(given: PcaPlotOptions, total: number): readonly number[] {
  const number = (name: string, value: unknown, fallback?: number) =>
    checkInteger("pcaPlot", name, value, { min: 1, max: total, fallback });
  const { pairs } = given;
  if (pairs === undefined)
    return [number("x", given.x, 1), number("y", given.y, Math.min(2, total))];
  if (given.x !== undefined || given.y !== undefined)
    throw argumentError("pcaPlot: both pairs and x or y", { help: "Give one of them." });
  if (typeof pairs === "number") {
    checkInteger("pcaPlot", "pairs", pairs, { min: 2, max: Math.min(8, total) });
    return Array.from({ length: pairs }, (_, k) => k + 1);
  }
  if (!Array.isArray(pairs) || pairs.length < 2 || pairs.length > 8)
    throw argumentError(`pcaPlot: invalid pairs: ${String(pairs)}`, {
      help: "It is a number of components, or a list of 2 to 8 of them.",
    });
  return [...new Set(pairs.map((k) => number("pairs", k)))];
}

/** Shares in 0..1 in component order, whatever of share, per cent or variance the column holds. */
function sharesOf(variance: PcaLike["variance"]): ArrayLike<number> | undefined {
  if (variance === undefined || variance === null) return undefined;
  if (!isTable(variance) && typeof (variance as ArrayLike<unknown>)[0] === "number")
    return variance as ArrayLike<number>;
  const source = toSource("pcaPlot", variance);
  const name = ["share", "proportion", "ratio", "explained", "percent", "variance"].find(
    source.has,
  );
  if (!name) return undefined;
  const values = source.numbers(name);
  const sum = values.reduce((a, b) => a + (b || 0), 0);
  if (name === "percent") return values.map((v) => v / 100);
  return name === "variance" && sum > 0 ? values.map((v) => v / sum) : values;
}

function isContinuous(source: Source, name: string): boolean {
  const kind = source.kind(name);
  if (kind !== "number" && kind !== "integer") return false;
  const values = new Set(source.numbers(name).filter(Number.isFinite));
  return values.size > 6 || [...values].some((v) => !Number.isInteger(v));
}

function idColumn(source: Source): string | null {
  return source.has("sample_id") ? "sample_id" : null;
}

function describe(plan: PcaPlan, color: string | null, shape: string | null): string {
  const [x, y] = plan.components;
  const where = plan.pairs
    ? `each pair of ${nameList(plan.components.map(({ title }) => title))}`
    : `${x.title} across, ${y.title} up`;
  const told = [color && `colour shows ${color}`, shape && `shape shows ${shape}`].filter(Boolean);
  const levels = plan.color
    ? ` ${plan.color.levels.map((level, i) => `${level}: ${plan.color!.codes.filter((c) => c === i).length}`).join(", ")}.`
    : "";
  return `Scatter of ${plan.source.length} samples: ${where}${told.length ? `; ${told.join(", ")}` : ""}.${levels}`;
}
