import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** A matrix of a golden file: values row by row. */
export interface GoldenMatrix {
  readonly nRows: number;
  readonly nColumns: number;
  readonly values: readonly number[];
}

/** What R made: tests/golden/NAME.json, from NAME.R beside it. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8")) as T;
}

/** A golden matrix of counts as a block. */
export function blockOf({ nRows, nColumns, values }: GoldenMatrix) {
  return { nGenes: nRows, nSamples: nColumns, values: Int32Array.from(values) };
}

/** Asserts |a - b| <= relative |b| + absolute, value by value; null stands for NaN. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number | null>,
  relative = 1e-10,
  absolute = 0,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; ++i) {
    const b = expected[i] ?? NaN;
    if (Number.isNaN(b) ? Number.isNaN(actual[i]) : actual[i] === b) continue;
    const off = Math.abs(actual[i] - b);
    if (!(off <= relative * Math.abs(b) + absolute))
      expect.fail(`value ${i}: ${actual[i]}, not ${b}: off by ${off}`);
  }
}
