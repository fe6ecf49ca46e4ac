import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { readAxes, setValueScale, type AxesOption } from "./axis-options.ts";
import { checkSelection } from "./check-selection.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { geneRows, sampleColumns, valueName } from "./gene-rows.ts";
import { groupBy, missingLabel } from "./groups.ts";
import { intervals, intervalWords, type Interval } from "./interval.ts";
import { nameList } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { pointStep } from "./thin-points.ts";
import { toSource, type ChartData } from "./source.ts";
import { drawTimeCourse } from "./time-course-draw.ts";
import {
  type TimeCoursePlan,
  readTimes,
  arrangeStations,
  timeCourseScales,
  summarizeStations,
} from "./time-course-plan.ts";
import type { ScaleKind } from "./value-scale.ts";

export interface TimeCourseOptions extends FrameOptions, AxesOption {
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
  /** Of samples, and of genes by the titles of their panels. */
  readonly selection?: Selection;
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
  "axes",
  "height",
  "selection",
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
  const times = readTimes(source, x);
  const axes = readAxes("timeCourse", given.axes, {
    x: times.numeric ? ["linear"] : "label",
    y: ["linear", "log"],
  });
  const wanted = given.scale ?? axes.y.type;
  const scaleKind = checkOneOf("timeCourse", "scale", wanted, ["linear", "log"], "linear");
  const interval = checkOneOf("timeCourse", "interval", given.interval, intervals, "ci");
  const values = source.numbers(y);
  const genes = geneRows("timeCourse", source, given.genes);
  const groupName = given.group ?? given.color ?? null;
  const groups = groupBy(source, groupName);
  const courses = genes.map(({ rows }) => arrangeStations(rows, groups, times, values));
  const name = axes.y.label ?? valueName(source, y, given.value);
  const unit = name + (scaleKind === "log" && axes.y.label === undefined ? ", log scale" : "");
  const scales = timeCourseScales(
    scaleKind,
    courses,
    values,
    interval,
    given.points !== false,
    given.share === true,
  );
  const plan: TimeCoursePlan = {
    source,
    values,
    genes,
    groups,
    times,
    courses: courses.map((course, g) => summarizeStations(course, values, scales[g], interval)),
    interval,
    points: given.points !== false,
    unit,
    scales: scales.map((scale) => setValueScale(scale, axes.y)),
    height: given.height ?? (genes.length > 1 ? 190 : 270),
    axes,
    step: pointStep(courses.flat(2).reduce((sum, { rows }) => sum + rows.length, 0)),
  };
  return chartFrame(
    {
      name: "time-course",
      label: `${unit} of ${nameList(genes.map((g) => g.title))} over ${x}${groupName ? ` by ${groupName}` : ""}`,
      description: describe(plan),
      draw: (width, dark) => drawTimeCourse(plan, width, inksOf(dark), dark),
      table: () => summaryTable(plan),
      selecting: source.has("sample_id")
        ? { selection: checkSelection("timeCourse", given.selection), stops: "Points and means" }
        : undefined,
    },
    given,
  );
}

function describe(plan: TimeCoursePlan): string {
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

function summaryTable(plan: TimeCoursePlan) {
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
