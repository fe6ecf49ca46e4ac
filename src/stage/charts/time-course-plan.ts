import type { Axes } from "./axis-options.ts";
import type { GeneRows } from "./gene-rows.ts";
import type { Groups } from "./groups.ts";
import { summarizeValues, type Interval, type Summary } from "./interval.ts";
import { formatTick } from "./numbers.ts";
import type { Source } from "./source.ts";
import { valueScale, type ScaleKind, type ValueScale } from "./value-scale.ts";

/** The places along the x axis. */
export interface Times {
  readonly name: string;
  /** Place of every row; NaN where the time is missing. */
  readonly at: Float64Array;
  readonly places: readonly number[];
  readonly labels: readonly string[];
  readonly numeric: boolean;
}

/** The values of one group at one time. */
export interface Station {
  readonly at: number;
  readonly rows: readonly number[];
}

/** With centre and interval. */
export interface SummedStation extends Station {
  /** On the drawn scale. */
  readonly summary: Summary;
}

/** What is drawn, read and checked. */
export interface TimeCoursePlan {
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
  readonly axes: Axes;
  /** Every how many-th value is a point. */
  readonly step: number;
}

/** Reads the times of a column: numbers at their place, other levels at 0, 1, 2, … in their order. */
export function readTimes(source: Source, name: string): Times {
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

/** The values of each group by time, in order; missing ones are left out. */
export function arrangeStations(
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

/** A value scale for each gene, wide enough for intervals and points. */
export function timeCourseScales(
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

/** Adds centre and interval, taken on the drawn scale. */
export function summarizeStations(
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
export function leastStep({ places }: Times): number {
  let least = Infinity;
  for (let i = 1; i < places.length; ++i) least = Math.min(least, places[i] - places[i - 1]);
  return Number.isFinite(least) ? least : 1;
}
