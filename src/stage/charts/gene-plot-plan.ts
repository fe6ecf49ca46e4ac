import type { Axes } from "./axis-options.ts";
import type { GeneRows } from "./gene-rows.ts";
import type { GroupMark } from "./group-marks.ts";
import type { Groups } from "./groups.ts";
import type { Interval } from "./interval.ts";
import type { Source } from "./source.ts";
import { valueScale, type ScaleKind, type ValueScale } from "./value-scale.ts";

/** What is drawn, read and checked. */
export interface GenePlotPlan {
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
  readonly axes: Axes;
  /** Every how many-th value is a point. */
  readonly step: number;
  readonly height: number;
  readonly radius: number;
  readonly label: string;
}

/** Rows by gene, group and subgroup. Where no group holds two colours, there is one subgroup. */
export function arrangeRows(
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

/** A value scale for each gene, or one for all. */
export function genePlotScales(
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
