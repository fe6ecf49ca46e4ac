import { levelsOf, type Table } from "../../tables/index.ts";

export interface SampleGroups {
  /** The group of each sample. */
  readonly groups: Int32Array;
  readonly nGroups: number;
  /** A sample of each group, which stands for it in the columns it was grouped by. */
  readonly first: Int32Array;
  /** Number of samples in each group. */
  readonly sizes: Int32Array;
}

/**
 * Samples grouped by the combinations of some columns that occur, in the order of their levels, the first column
 * slowest. Missing is a level of its own, after the others. No column gives one group of all.
 */
export function groupSamples(samples: Table, by: readonly string[]): SampleGroups {
  const n = samples.numRows;
  const codes = by.map((name) => {
    const { codes, levels } = levelsOf(samples, name);
    return codes.map((code) => (code < 0 ? levels.length : code));
  });
  const order = Int32Array.from({ length: n }, (_, s) => s);
  const compare = (a: number, b: number) => {
    for (const c of codes) if (c[a] !== c[b]) return c[a] - c[b];
    return 0;
  };
  order.sort((a, b) => compare(a, b) || a - b);
  const groups = new Int32Array(n);
  const first: number[] = [];
  const sizes: number[] = [];
  order.forEach((s, i) => {
    if (i === 0 || compare(order[i - 1], s) !== 0) {
      first.push(s);
      sizes.push(0);
    }
    groups[s] = first.length - 1;
    ++sizes[first.length - 1];
  });
  return {
    groups,
    nGroups: first.length,
    first: Int32Array.from(first),
    sizes: Int32Array.from(sizes),
  };
}
