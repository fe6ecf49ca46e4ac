/** A figure that the benchmark prints: what was measured, the goal that is held against it, and the runs. */
export interface Figure {
  readonly name: string;
  readonly unit: "ms" | "kB" | "x" | "MB" | "%" | "";
  readonly goal: { readonly atMost?: number; readonly atLeast?: number } | null;
  readonly runs: readonly number[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** One line of the report: median, least and most of the runs, the goal, and whether the median reaches it. */
export function line({ name, unit, goal, runs }: Figure): string {
  if (runs.length === 0) return `${name.padEnd(58)} not measured`;
  const show = (v: number) => `${v >= 100 ? Math.round(v) : Number(v.toPrecision(3))}`;
  const mid = median(runs);
  const range =
    runs.length > 1 ? ` (${show(Math.min(...runs))} to ${show(Math.max(...runs))})` : "";
  let verdict = "";
  if (goal?.atMost !== undefined)
    verdict = `${mid <= goal.atMost ? "ok" : "MISSED"}, at most ${goal.atMost}`;
  if (goal?.atLeast !== undefined)
    verdict = `${mid >= goal.atLeast ? "ok" : "MISSED"}, at least ${goal.atLeast}`;
  return `${name.padEnd(58)} ${`${show(mid)} ${unit}`.padStart(9)}${range.padEnd(18)} ${verdict}`;
}
