import { within } from "./axis-options.ts";
import { sampleColumns } from "./gene-rows.ts";
import { intervalWords } from "./interval.ts";
import { formatNumber } from "./numbers.ts";
import { shownColumn } from "./source.ts";
import { thinNote } from "./thin-points.ts";
import type { SummedStation, TimeCoursePlan } from "./time-course-plan.ts";

/** What a tip says of a value. */
export function pointTip(plan: TimeCoursePlan, title: string) {
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

/** What a tip says of a mean. */
export function stationTip(
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

/** What stands below the picture. */
export function timeCourseNotes(plan: TimeCoursePlan): string[] {
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
  if (plan.points) notes.push(...thinNote(shown, plan.step, "lines are"));
  const { x, y } = plan.axes;
  if (x.domain || y.domain) {
    const past = plan.courses.reduce((sum, course, g) => {
      const { transform, domain } = plan.scales[g];
      const inside = (row: number) =>
        within(transform(plan.values[row]), domain) &&
        (!x.domain || within(plan.times.at[row], x.domain));
      return sum + course.flat().flatMap(({ rows }) => rows.filter((row) => !inside(row))).length;
    }, 0);
    if (past)
      notes.push(
        `${formatNumber(past)} ${past === 1 ? "value lies" : "values lie"} beyond the axes.`,
      );
  }
  const all = plan.genes.reduce((sum, gene) => sum + gene.rows.length, 0);
  if (shown < all) notes.push(`${all - shown} rows without a value or a time are left out.`);
  return notes;
}
