import { expect, test } from "vitest";
import { fQuantile } from "../../../../src/engine/kernels/special/f-quantile.ts";
import { logChiSquareTail } from "../../../../src/engine/kernels/special/log-chi-square-tail.ts";
import { logFTail } from "../../../../src/engine/kernels/special/log-f-tail.ts";
import { logIncompleteBeta } from "../../../../src/engine/kernels/special/log-incomplete-beta.ts";
import { logIncompleteGamma } from "../../../../src/engine/kernels/special/log-incomplete-gamma.ts";
import { logTTail } from "../../../../src/engine/kernels/special/log-t-tail.ts";
import { trigammaInverse } from "../../../../src/engine/kernels/special/trigamma-inverse.ts";
import { trigamma } from "../../../../src/engine/kernels/special/trigamma.ts";
import { expectClose, golden } from "../../../support/golden.ts";

/** Rows of arguments and logarithms; null stands for infinite degrees of freedom. */
const file = golden<Record<"t" | "f" | "chi" | "beta", (number | null)[][]>>("tails");
const rows = (name: keyof typeof file) =>
  file[name].map((row) => row.map((value) => value ?? Infinity));
const last = (row: readonly number[]) => row[row.length - 1];

/** To 1e-12 of the probability, or 1e-13 of a large logarithm. */
const logsClose = (actual: number[], expected: number[]) =>
  expectClose(actual, expected, 1e-13, 1e-12);

test("logTTail", () => {
  const cases = rows("t");
  logsClose(
    cases.map(([t, df]) => logTTail(t, df)),
    cases.map(last),
  );
  expect(logTTail(NaN, 3)).toBeNaN();
  expect(logTTail(Infinity, 3)).toBe(-Infinity);
  // Beyond double range of t²: the power law of the tail.
  expect(logTTail(1e200, 2) - logTTail(1e100, 2)).toBeCloseTo(-200 * Math.LN10, 9);
});

test("logFTail, both tails", () => {
  const cases = rows("f");
  logsClose(
    cases.map(([f, df1, df2]) => logFTail(f, df1, df2)),
    cases.map((row) => row[3]),
  );
  logsClose(
    cases.map(([f, df1, df2]) => logFTail(f, df1, df2, true)),
    cases.map((row) => row[4]),
  );
  expect(logFTail(3, 2, 1e7)).toBeCloseTo(logFTail(3, 2, Infinity), 5);
});

test("logChiSquareTail and the incomplete gamma function", () => {
  const cases = rows("chi");
  logsClose(
    cases.map(([x, df]) => logChiSquareTail(x, df)),
    cases.map((row) => row[2]),
  );
  logsClose(
    cases.map(([x, df]) => logIncompleteGamma(df / 2, x / 2).lower),
    cases.map((row) => row[3]),
  );
});

test("logIncompleteBeta", () => {
  const cases = rows("beta");
  logsClose(
    cases.map(([x, a, b]) => logIncompleteBeta(x, 1 - x, a, b)),
    cases.map(last),
  );
});

test("trigammaInverse and fQuantile turn their functions round", () => {
  for (const x of [1e-9, 1e-4, 0.02, 0.3, 1, 1.6449340668, 5, 77, 1e5, 1e9])
    expect(trigamma(trigammaInverse(x)) / x).toBeCloseTo(1, x < 1e-6 || x > 1e7 ? 4 : 9);
  for (const p of [1e-12, 0.001, 0.05, 0.5, 0.9, 0.999])
    for (const df1 of [1, 3, 18])
      for (const df2 of [0.9, 4, 33, 5000, Infinity])
        expect(Math.exp(logFTail(fQuantile(p, df1, df2), df1, df2, true)) / p).toBeCloseTo(1, 12);
});
