import { describe, expect, test } from "vitest";
import {
  differentialExpression,
  type DifferentialExpressionOptions,
} from "../../../src/engine/analysis/differential-expression.ts";
import { factor, float64, numbers, type Column } from "../../../src/tables/index.ts";
import { shareWithin } from "../../support/deseq2.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure } from "./support.ts";

type Chain = Record<"lfc" | "p" | "padj", (number | null)[]>;
interface Shape extends Record<"edger" | "edgerRobust" | "voom" | "weighted", Chain> {
  counts: GoldenMatrix;
  samples: Record<string, (string | number)[]>;
  design: string;
  coefficient: string;
  deseq2: Chain | { error: string };
}
const names = ["few", "pairs", "covariates", "zeros", "low", "separated", "large"] as const;
const file = golden<Record<(typeof names)[number], Shape>>("shapes");
const context = contextForTests();

describe.each(names)("experiments of awkward shapes agree with R: %s", (name) => {
  const shape = file[name];
  const columns = Object.fromEntries(
    Object.entries(shape.samples).map(([column, values]): [string, Column] => [
      column,
      typeof values[0] === "string" ? factor(values as string[]) : float64(values as number[]),
    ]),
  );
  const experiment = experimentOf(shape.counts, "counts", columns);
  const fitted = (options: DifferentialExpressionOptions) =>
    differentialExpression(experiment, { design: shape.design, ...options }, context);
  const found = (padj: ArrayLike<number | null>) =>
    Array.from(padj).flatMap((p, g) => (p !== null && p < 0.05 ? [g] : []));

  test.each([
    ["edger", { method: "edger" }, 1e-4],
    ["edgerRobust", { method: "edger", robust: true }, 1e-4],
    ["voom", { method: "limma-voom" }, 1e-6],
    ["weighted", { method: "limma-voom", sampleWeights: true }, 1e-6],
  ] as const)("%s", async (method, options, p) => {
    const expected = shape[method];
    const table = await (await fitted(options)).results({ contrast: shape.coefficient }, context);
    expectClose(numbers(table, "pvalue"), expected.p, p, 1e-300);
    expectClose(numbers(table, "padj"), expected.padj, p, 1e-300);
    expect(found(numbers(table, "padj"))).toEqual(found(expected.padj));
  });

  test("deseq2", async () => {
    const expected = shape.deseq2;
    if ("error" in expected) {
      expect(expected.error).toContain("every gene contains at least one zero");
      expect(await failure(fitted({}))).toMatchObject({
        message: "no size factors: every gene has a zero in some sample",
      });
      return;
    }
    const table = await (await fitted({})).results({ contrast: shape.coefficient }, context);
    const [pvalue, padj] = [numbers(table, "pvalue"), numbers(table, "padj")];
    const missing = (values: ArrayLike<number | null>) =>
      Array.from(values, (v) => v === null || Number.isNaN(v));
    expect(missing(pvalue)).toEqual(missing(expected.p));
    expect(missing(padj)).toEqual(missing(expected.padj));
    const theirs = Float64Array.from(expected.p, (v) => v ?? NaN);
    expect(shareWithin(pvalue, theirs, 0.01)).toBeGreaterThanOrEqual(0.99);
    expect(found(padj)).toEqual(found(expected.padj));
  });
});
