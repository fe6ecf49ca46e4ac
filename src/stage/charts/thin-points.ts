import { formatNumber } from "./numbers.ts";

/** A picture draws at most about so many values as points. */
export const mostPoints = 6000;

/** Every how many-th value is drawn where there are `n`. */
export function pointStep(n: number): number {
  return Math.max(1, Math.ceil(n / mostPoints));
}

/** Every `step`-th of some rows by size, the least and the greatest among them, so that the shape of the group stays; all for 1. */
export function thinPoints(
  rows: readonly number[],
  values: ArrayLike<number>,
  step: number,
): readonly number[] {
  if (step <= 1 || rows.length <= 2) return rows;
  const sorted = [...rows].sort((a, b) => values[a] - values[b] || a - b);
  const kept = sorted.filter((_, k) => k % step === 0);
  if ((sorted.length - 1) % step) kept.push(sorted[sorted.length - 1]);
  return kept;
}

/** What the caption says of that. */
export function thinNote(n: number, step: number, whole: string): string[] {
  if (step <= 1) return [];
  const word = step === 2 ? "second" : step === 3 ? "third" : `${step}th`;
  return [`${formatNumber(n)} values: every ${word} by size is drawn; ${whole} of all.`];
}
