import { throwIfAborted } from "../../base/progress.ts";
import type { Counts } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { sampleColumns } from "./sample-columns.ts";

/** Counts of the samples [from, to), one sample after the other. */
export type ColumnsOf = (from: number, to: number) => Int32Array | Float64Array;

/** Up to this many values are kept turned for more than one use. */
const mostKept = 8_000_000;

/** Samples' counts, turned once for several uses where they are not too many. */
export function columnsOf(counts: Counts): ColumnsOf {
  const kept = new Map<string, Int32Array | Float64Array>();
  return (from, to) => {
    const key = `${from} ${to}`;
    const columns = kept.get(key) ?? sampleColumns(counts, from, to);
    if (counts.values.length <= mostKept) kept.set(key, columns);
    return columns;
  };
}

/** Values in one task: large enough to be worth sending, small enough to stop and to report in between. */
const valuesPerTask = 1_000_000;

/**
 * One number a sample, worked out by `work` on the pool for a few samples at a time: it is given their counts, one
 * sample after the other, and which samples [from, to) they are.
 */
export async function overSamples(
  counts: Counts,
  label: string,
  { pool, signal, onProgress }: AnalysisContext,
  work: (columns: Int32Array | Float64Array, from: number, to: number) => Promise<Float64Array>,
  columns: ColumnsOf = (from, to) => sampleColumns(counts, from, to),
): Promise<Float64Array> {
  const { nGenes, nSamples } = counts;
  const step = Math.max(
    1,
    Math.min(Math.ceil(nSamples / pool.size), Math.floor(valuesPerTask / nGenes)),
  );
  const out = new Float64Array(nSamples);
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < nSamples) {
      throwIfAborted(signal);
      const from = next;
      const to = (next = Math.min(nSamples, from + step));
      out.set(await work(columns(from, to), from, to), from);
      done += to - from;
      onProgress?.({ label, done, total: nSamples });
    }
  };
  await Promise.all(Array.from({ length: pool.size }, worker));
  return out;
}
