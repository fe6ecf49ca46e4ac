import { describe, expect, test } from "vitest";
import { lowess } from "../../../src/engine/kernels/lowess.ts";
import { moderateVariances } from "../../../src/engine/kernels/moderate-variances.ts";
import { expectClose, golden } from "../../support/golden.ts";

interface Squeezed {
  posterior: number[];
  priorVariance: number[];
  priorDf: number[];
}
interface Case {
  variances: number[];
  df: number[];
  plain: Squeezed;
  trend: Squeezed;
  robust: Squeezed;
  both: Squeezed;
}
const file = golden<{
  covariate: number[];
  cases: Record<string, Case>;
  lowess: Record<"x" | "y" | "half" | "fifth", number[]>;
}>("limma-kernels");

describe("moderateVariances agrees with squeezeVar", () => {
  const settings = [
    ["plain", false, false],
    ["trend", true, false],
    ["robust", false, true],
    ["both", true, true],
  ] as const;
  const all = Object.keys(file.cases).flatMap((name) => settings.map((s) => [name, ...s] as const));
  test.each(all)("%s, %s", (name, setting, trend, robust) => {
    const { variances, df, [setting]: expected } = file.cases[name];
    const { posterior, priorVariance, priorDf } = moderateVariances({
      variances: Float64Array.from(variances),
      df: Float64Array.from(df),
      covariate: trend ? Float64Array.from(file.covariate) : null,
      robust,
    });
    // R finds df2 of the robust fit with a tolerance of 1e-8 on df2 / (1 + df2).
    const close = robust ? 2e-6 : 1e-9;
    const dfs = (x: ArrayLike<number>) =>
      Array.from(variances, (_, g) => {
        const value = x[x.length === 1 ? 0 : g];
        return value === Infinity ? -1 : value;
      });
    expectClose(dfs(priorDf), dfs(expected.priorDf), close);
    expectClose(dfs(priorVariance), dfs(expected.priorVariance), close);
    expectClose(posterior, expected.posterior, close);
  });
});

test("lowess is R's", () => {
  const x = Float64Array.from(file.lowess.x);
  const y = Float64Array.from(file.lowess.y);
  const delta = 0.01 * (x[x.length - 1] - x[0]);
  expectClose(lowess(x, y, { share: 0.5, delta }), file.lowess.half, 1e-11, 1e-13);
  expectClose(lowess(x, y, { share: 0.2, delta: 0 }), file.lowess.fifth, 1e-11, 1e-13);
  expect([...lowess(Float64Array.of(1), Float64Array.of(2), { share: 0.5, delta: 0 })]).toEqual([
    2,
  ]);
});
