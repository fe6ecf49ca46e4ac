import { describe, expect, test } from "vitest";
import {
  differentialExpression,
  type DifferentialExpressionOptions,
} from "../../../src/engine/analysis/differential-expression.ts";
import { factor, float64, numbers, utf8, type Table } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure } from "./support.ts";

interface Chain {
  lfc: number[];
  se: number[];
  stat: number[];
  p: number[];
  padj: number[];
}
interface Weighted {
  weights: number[];
  lone: number[];
  high: Chain;
  between: Chain;
}
interface Blocks {
  high: Chain;
  between: Chain;
}
interface File {
  donor: string[];
  treatment: string[];
  lone: string[];
  given: number[];
  log: Weighted & {
    values: GoldenMatrix;
    given: Chain;
    constant: number[];
    block: Blocks & { correlation: number };
  };
  voom: {
    counts: GoldenMatrix;
    weighted: Weighted;
    given: Chain;
    block: Blocks & { first: number; second: number };
    both: Blocks & { first: number; second: number };
  };
}
const file = golden<File>("sample-weights");
const context = contextForTests();
const columns = {
  donor: utf8(file.donor),
  treatment: factor(file.treatment, ["none", "low", "high"]),
  lone: utf8(file.lone),
  trust: float64(file.given),
};
const log = experimentOf(file.log.values, "log", columns);
const counts = experimentOf(file.voom.counts, "counts", columns);
const high = { contrast: ["treatment", "high", "none"] } as const;
const between = { contrast: ["treatment", "high", "low"] } as const;

/** t to a relative 1e-8 (of 1 where it is smaller), p to 1e-6. */
function agree(table: Table, expected: Chain): void {
  const [t, p] = [1e-8, 1e-6];
  expectClose(numbers(table, "log2FoldChange"), expected.lfc, t, t);
  expectClose(numbers(table, "lfcSE"), expected.se, t);
  expectClose(numbers(table, "stat"), expected.stat, t, t);
  expectClose(numbers(table, "pvalue"), expected.p, p, 1e-300);
  expectClose(numbers(table, "padj"), expected.padj, p, 1e-300);
  const found = (values: ArrayLike<number>) =>
    Array.from(values).flatMap((x, g) => (x < 0.05 ? [g] : []));
  expect(found(numbers(table, "padj"))).toEqual(found(expected.padj));
}
const fitted = (
  method: "limma" | "limma-voom",
  options: Partial<DifferentialExpressionOptions> = {},
) =>
  differentialExpression(
    method === "limma" ? log : counts,
    { method, design: "~ treatment", ...options },
    context,
  );

describe("weights of samples agree with R", () => {
  test.each([
    ["limma", file.log],
    ["limma-voom", file.voom.weighted],
  ] as const)("%s", async (method, expected) => {
    const fit = await fitted(method, { sampleWeights: true });
    expectClose(numbers(fit.sampleWeights!, "weight"), expected.weights, 1e-8);
    agree(await fit.results(high, context), expected.high);
    agree(await fit.results(between, context), expected.between);
    // A sample that is alone in its group says nothing of its weight.
    const alone = await fitted(method, { design: "~ lone", sampleWeights: true });
    expectClose(numbers(alone.sampleWeights!, "weight"), expected.lone, 1e-8);
  });

  test("where a gene does not vary", async () => {
    const { nRows, nColumns, values } = file.log.values;
    const more = { nRows: nRows + 1, nColumns, values: [...values, ...Array<number>(12).fill(5)] };
    const fit = await differentialExpression(
      experimentOf(more, "log", columns),
      { method: "limma", design: "~ treatment", sampleWeights: true },
      context,
    );
    expectClose(numbers(fit.sampleWeights!, "weight"), file.log.constant, 1e-8);
  });

  test("given by a column", async () => {
    const array = await fitted("limma", { sampleWeights: "trust" });
    agree(await array.results(high, context), file.log.given);
    const voom = await fitted("limma-voom", { sampleWeights: "trust" });
    agree(await voom.results(high, context), file.voom.given);
  });
});

describe("blocks agree with R", () => {
  test.each([
    ["limma with weights of samples", "limma", { sampleWeights: true }, file.log.block],
    ["voom", "limma-voom", {}, file.voom.block],
    ["voom with weights of samples", "limma-voom", { sampleWeights: true }, file.voom.both],
  ] as const)("%s", async (_, method, options, expected) => {
    const fit = await fitted(method, { block: "donor", ...options });
    agree(await fit.results(high, context), expected.high);
    agree(await fit.results(between, context), expected.between);
  });
});

test("results and methods say what was weighted", async () => {
  const fit = await fitted("limma-voom", { sampleWeights: true });
  const table = await fit.results(high, context);
  expect(table.schema.metadata.get("variant")).toBe("limma 3.54 voom, sample weights");
  expect(table.schema.metadata.get("sampleWeights")).toMatch(/^s1 \d\.\d+, s2 /);
  expect(fit.methods).toContain("Liu 2015");
  const given = await fitted("limma", { sampleWeights: "trust" });
  expect(given.methods).toContain("weights given for them");
  expect((await fitted("limma")).sampleWeights).toBeNull();
});

test("columns that can't be weights are refused", async () => {
  const asked = (sampleWeights: unknown) =>
    failure(fitted("limma", { sampleWeights } as { sampleWeights: string }));
  expect(await asked("donor")).toMatchObject({
    message: "differentialExpression: sampleWeights is not a column of numbers: donor",
  });
  expect(await asked(3)).toMatchObject({
    message: "differentialExpression: invalid sampleWeights: 3",
  });
  const zero = experimentOf(file.log.values, "log", {
    ...columns,
    trust: float64(file.given.with(2, 0)),
  });
  expect(
    await failure(
      differentialExpression(
        zero,
        { method: "limma", design: "~ treatment", sampleWeights: "trust" },
        context,
      ),
    ),
  ).toMatchObject({
    message: "differentialExpression: the weight of a sample is not above 0: s3",
  });
  expect(
    await failure(
      differentialExpression(
        counts,
        { method: "edger", design: "~ treatment", sampleWeights: true },
        context,
      ),
    ),
  ).toMatchObject({
    message: "differentialExpression: sampleWeights does not belong to edger: true",
  });
});
