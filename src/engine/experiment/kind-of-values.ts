import type { Kind } from "./types.ts";

/** Log2 intensities stay far below this, abundances of a whole transcriptome rise far above. */
const logRange = 40;

/** What is known of an experiment's values at large. */
export interface ValueFacts {
  /** How many are not whole numbers, and how many are below 0. */
  readonly fractional: number;
  readonly negative: number;
  readonly max: number;
}

/**
 * What bare values most likely are: integers are "counts", values that go below 0 or never exceed 40 while fractional
 * are "log", other fractional ones are "abundance". `why` says so in words, for the report.
 */
export function kindOfValues({ fractional, negative, max }: ValueFacts): {
  kind: Kind;
  why: string;
} {
  if (negative > 0) return { kind: "log", why: "some values are negative" };
  if (fractional === 0) return { kind: "counts", why: "all values are whole numbers" };
  if (max <= logRange)
    return { kind: "log", why: `values are fractional and none exceeds ${logRange}` };
  return { kind: "abundance", why: "values are fractional" };
}

/** Counts what `kindOfValues` needs in one pass. */
export function factsOfValues(values: Int32Array | Float64Array): ValueFacts {
  let fractional = 0;
  let negative = 0;
  let max = -Infinity;
  const whole = values instanceof Int32Array;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    if (value < 0) ++negative;
    if (value > max) max = value;
    if (!whole && Math.floor(value) !== value) ++fractional;
  }
  return { fractional, negative, max };
}
