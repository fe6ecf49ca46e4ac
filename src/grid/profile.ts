import { pause, throwIfAborted } from "../base/progress.ts";
import type { GridColumn } from "./columns.ts";

/** What a column holds, at a glance. Of more than a million rows every k-th was looked at. */
export interface Profile {
  /** Counts of equal bins from min to max (numbers, dates); else null. */
  readonly histogram: {
    readonly min: number;
    readonly max: number;
    readonly counts: number[];
  } | null;
  /** The most frequent values, at most six, most frequent first; factors in level order where they have so few. Else null. */
  readonly bars: readonly { readonly label: string; readonly count: number }[] | null;
  /** Rows in values that `bars` leaves out. */
  readonly others: number;
  readonly missing: number;
  /** How many different values, and whether there may be more. */
  readonly distinct: number;
  readonly atLeast: boolean;
  /** Rows looked at. */
  readonly rows: number;
}

const mostRows = 1_000_000;
const mostDistinct = 100_000;
const bins = 20;
const slice = 20_000;

/** Profiles a column in slices of 20,000 rows with `rest` between them (idle time in the view). */
export async function profileColumn(
  column: GridColumn,
  n: number,
  { signal, rest = pause }: { signal?: AbortSignal; rest?: () => Promise<void> } = {},
): Promise<Profile> {
  const step = Math.ceil(n / mostRows) || 1;
  const rows = Math.ceil(n / step);
  const each = async (visit: (row: number) => void): Promise<void> => {
    for (let k = 0; k < rows; ++k) {
      if (k % slice === slice - 1) {
        await rest();
        throwIfAborted(signal);
      }
      visit(k * step);
    }
  };
  const keys = column.keys();
  if (keys && (column.numeric || column.kind === "date")) return numberProfile(keys, rows, each);
  return categoryProfile(column, rows, each);
}

type Each = (visit: (row: number) => void) => Promise<void>;

async function numberProfile(keys: Float64Array, rows: number, each: Each): Promise<Profile> {
  let min = Infinity;
  let max = -Infinity;
  let missing = 0;
  const seen = new Set<number>();
  await each((i) => {
    const v = keys[i];
    if (v !== v) return void ++missing;
    if (seen.size < mostDistinct) seen.add(v);
    if (!Number.isFinite(v)) return;
    if (v < min) min = v;
    if (v > max) max = v;
  });
  const counts = Array.from({ length: bins }, () => 0);
  const scale = max > min ? bins / (max - min) : 0;
  if (min <= max)
    await each((i) => {
      const v = keys[i];
      if (Number.isFinite(v)) ++counts[Math.min(bins - 1, Math.floor((v - min) * scale))];
    });
  return {
    histogram: min <= max ? { min, max, counts } : null,
    bars: null,
    others: 0,
    missing,
    distinct: seen.size,
    atLeast: seen.size >= mostDistinct,
    rows,
  };
}

async function categoryProfile(column: GridColumn, rows: number, each: Each): Promise<Profile> {
  const { codes, texts } = column.kind === "factor" ? column.words() : { codes: null, texts: [] };
  const byCode = new Float64Array(texts.length);
  const byText = new Map<string, number>();
  let missing = 0;
  let untold = 0;
  const labels = new Map<number, string>();
  await each((i) => {
    if (codes) {
      if (codes[i] < 0) ++missing;
      else if (++byCode[codes[i]] === 1) labels.set(codes[i], column.text(i)!);
      return;
    }
    const text = column.text(i);
    if (text === null) return void ++missing;
    const count = byText.get(text);
    if (count !== undefined || byText.size < mostDistinct) byText.set(text, (count ?? 0) + 1);
    else ++untold;
  });
  const found = codes
    ? [...labels]
        .sort((a, b) => a[0] - b[0])
        .map(([code, label]) => ({ label, count: byCode[code] }))
    : [...byText].map(([label, count]) => ({ label, count }));
  const distinct = found.length;
  const few = codes !== null && distinct <= 6;
  const top = few ? found : found.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const bars = top.slice(0, 6);
  const shown = bars.reduce((sum, bar) => sum + bar.count, 0);
  // Values that are nearly all different have no bars worth a look.
  const telling = bars.length > 0 && (distinct <= 6 || bars[0].count > 1);
  return {
    histogram: null,
    bars: telling ? bars : null,
    others: rows - missing - shown,
    missing,
    distinct,
    atLeast: untold > 0,
    rows,
  };
}
