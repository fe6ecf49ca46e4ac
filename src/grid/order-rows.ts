import { pause, throwIfAborted } from "../base/progress.ts";
import type { GridColumn } from "./columns.ts";

/** Which rows to show: text to find anywhere, and a condition per column. */
export interface RowFilter {
  readonly search: string;
  readonly conditions: ReadonlyMap<GridColumn, Condition>;
}

/** What a column's value must contain, or the range that it must lie in; missing values meet neither. */
export type Condition =
  { readonly contains: string } | { readonly min: number | null; readonly max: number | null };

export interface RowSort {
  readonly column: GridColumn;
  readonly descending: boolean;
}

const slice = 100_000;

/**
 * The numbers of the rows that pass, in order of the sort: missing last whichever the direction, ties in table order; text in
 * code-point order, factors in level order. Yields to other work every 100,000 rows.
 */
export async function orderRows(
  n: number,
  columns: readonly GridColumn[],
  filter: RowFilter,
  sort: RowSort | null,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const test = testOf(columns, filter);
  let rows = new Int32Array(n);
  let count = 0;
  for (let from = 0; from < n; from += slice) {
    if (from > 0) {
      await pause();
      throwIfAborted(signal);
    }
    const to = Math.min(n, from + slice);
    for (let i = from; i < to; ++i) if (!test || test(i)) rows[count++] = i;
  }
  rows = rows.subarray(0, count);
  return sort ? sorted(rows, sort) : rows;
}

type Test = (row: number) => boolean;

function testOf(columns: readonly GridColumn[], { search, conditions }: RowFilter): Test | null {
  const tests: Test[] = [];
  for (const [column, condition] of conditions) {
    if ("contains" in condition) {
      if (condition.contains !== "") tests.push(containsTest(column, condition.contains));
    } else if (condition.min !== null || condition.max !== null) {
      const keys = column.keys();
      const low = condition.min ?? -Infinity;
      const high = condition.max ?? Infinity;
      if (keys) tests.push((i) => keys[i] >= low && keys[i] <= high);
    }
  }
  if (search !== "") {
    // Numbers are searched only where there is no text to search.
    const texts = columns.filter((column) => !column.numeric);
    const anywhere = (texts.length ? texts : columns).map((column) => containsTest(column, search));
    tests.push((i) => anywhere.some((test) => test(i)));
  }
  if (tests.length === 0) return null;
  return tests.length === 1 ? tests[0] : (i) => tests.every((test) => test(i));
}

function containsTest(column: GridColumn, wanted: string): Test {
  const { codes, texts } = column.words();
  const needle = wanted.toLowerCase();
  if (codes) {
    const hits = Uint8Array.from(texts, (text) => (text?.includes(needle) ? 1 : 0));
    return (i) => codes[i] >= 0 && hits[codes[i]] === 1;
  }
  return (i) => texts[i]?.includes(needle) ?? false;
}

function sorted(rows: Int32Array, { column, descending }: RowSort): Int32Array {
  const keys = column.keys();
  const sign = descending ? -1 : 1;
  if (keys) {
    const present = rows.filter((i) => !Number.isNaN(keys[i]));
    const missing = rows.filter((i) => Number.isNaN(keys[i]));
    present.sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
    return joined(present, missing);
  }
  const texts = textKeys(column, rows);
  const present = rows.filter((i) => texts.get(i) !== null);
  const missing = rows.filter((i) => texts.get(i) === null);
  present.sort((a, b) => {
    const x = texts.get(a)!;
    const y = texts.get(b)!;
    return x < y ? -sign : x > y ? sign : a - b;
  });
  return joined(present, missing);
}

function textKeys(column: GridColumn, rows: Int32Array): { get(row: number): string | null } {
  if (column.kind === "string") {
    const values: (string | null)[] = [];
    for (const i of rows) values[i] = column.value(i) as string | null;
    return { get: (row) => values[row] };
  }
  const texts = new Map<number, string | null>();
  for (const i of rows) texts.set(i, column.text(i));
  return { get: (row) => texts.get(row) ?? null };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  if (second.length === 0) return first;
  const all = new Int32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
