import { describe, expect, test } from "vitest";
import {
  differentialExpression,
  type DifferentialExpressionOptions,
} from "../../../src/engine/analysis/differential-expression.ts";
import { float64, numbers, strings, utf8, type Column } from "../../../src/tables/index.ts";
import { seeded } from "../../support/random.ts";
import { contextForTests, experimentOf, failure } from "./support.ts";

const context = contextForTests();
const methods = ["deseq2", "edger", "limma-voom"] as const;
const random = seeded(8);
const plain = (g: number) => Math.floor((10 + 20 * g) * (0.5 + random()));

function counts(
  nGenes: number,
  n: number,
  value: (g: number, s: number) => number,
  columns: Record<string, Column> = {},
) {
  const values = Array.from({ length: nGenes * n }, (_, i) => value(Math.floor(i / n), i % n));
  return experimentOf({ nRows: nGenes, nColumns: n, values }, "counts", {
    g: utf8(Array.from({ length: n }, (_, s) => (s % 2 ? "b" : "a"))),
    ...columns,
  });
}
const fitted = (
  experiment: ReturnType<typeof counts>,
  options: DifferentialExpressionOptions = {},
) => differentialExpression(experiment, { design: "~ g", ...options }, context);
const message = async (
  experiment: ReturnType<typeof counts>,
  options?: DifferentialExpressionOptions,
) => ((await failure(fitted(experiment, options))) as Error).message;

/** Every p is in [0, 1] or missing with a reason, every fold change finite or missing. */
async function sound(
  experiment: ReturnType<typeof counts>,
  options: DifferentialExpressionOptions,
) {
  const table = await (await fitted(experiment, options)).results({}, context);
  const [p, lfc, reason] = [
    numbers(table, "pvalue"),
    numbers(table, "log2FoldChange"),
    strings(table, "reason"),
  ];
  p.forEach((value, g) => {
    if (Number.isNaN(value)) expect(reason[g]).not.toBeNull();
    else expect(value >= 0 && value <= 1).toBe(true);
    expect(Math.abs(lfc[g])).not.toBe(Infinity);
  });
  return table;
}

describe.each(methods)("%s", (method) => {
  test("genes without counts", async () => {
    const table = await sound(
      counts(30, 6, (g) => (g < 10 ? 0 : plain(g))),
      { method },
    );
    if (method === "deseq2")
      expect(strings(table, "reason").slice(0, 11)).toEqual([
        ...Array<string>(10).fill("all zero"),
        null,
      ]);
    else expect(numbers(table, "pvalue")[0]).toBeGreaterThan(0.05);
  });

  test("a group without counts of some genes", async () => {
    const table = await sound(
      counts(40, 8, (g, s) => (g < 5 && s % 2 ? 0 : plain(g + 5))),
      { method },
    );
    expect(numbers(table, "log2FoldChange")[4]).toBeLessThan(-3);
    expect(numbers(table, "pvalue")[4]).toBeLessThan(0.05);
  });

  test("counts above 2^24, three samples, one sample a group of one, 300 samples", async () => {
    await sound(
      counts(30, 6, (g) => 2e7 + Math.floor((random() * 2e8 * (g + 1)) / 30)),
      { method },
    );
    await sound(counts(30, 3, plain), { method });
    await sound(counts(30, 4, plain, { h: utf8(["x", "y", "z", "z"]) }), { method, design: "~ h" });
    await sound(counts(12, 300, plain), { method });
  });

  test("levels with blanks, colons and umlauts", async () => {
    const names = ["wilder Typ", "Möwe: 2", "wilder Typ", "Möwe: 2", "wilder Typ", "Möwe: 2"];
    const fit = await fitted(counts(30, 6, plain, { "Art der Probe": utf8(names) }), {
      method,
      design: "~ `Art der Probe`",
      reference: { "Art der Probe": "wilder Typ" },
    });
    expect(fit.coefficients).toEqual(["(Intercept)", "`Art der Probe`Möwe: 2"]);
    const table = await fit.results(
      { contrast: ["Art der Probe", "Möwe: 2", "wilder Typ"] },
      context,
    );
    expect(table.schema.metadata.get("contrast")).toBe(
      "Möwe: 2 over wilder Typ: positive means higher in Möwe: 2",
    );
  });

  test("what has no answer is refused, and says why", async () => {
    expect(
      await message(
        counts(30, 6, (g, s) => (s === 2 ? 0 : plain(g))),
        { method },
      ),
    ).toBe("differentialExpression: a sample has no counts: s3");
    expect(await message(counts(30, 2, plain), { method })).toBe(
      "differentialExpression needs replicates: 2 samples for 2 coefficients",
    );
    const x = float64([1, 2, NaN, 4, 5, 6]);
    expect(await message(counts(30, 6, plain, { x }), { method, design: "~ x + g" })).toBe(
      "x is missing for samples of the design: s3",
    );
    const flat = float64([1, 1, 1, 1, 1, 1]);
    expect(await message(counts(30, 6, plain, { x: flat }), { method, design: "~ x + g" })).toBe(
      "the design's columns are not independent: x",
    );
    expect(await message(counts(1, 6, plain), { method })).toBe(
      {
        deseq2: "no dispersion trend: no gene varies more than by counting alone",
        edger: "edger needs two genes of 5 counts or more: 1 of 1",
        "limma-voom": "voom needs two expressed genes at least: 1",
      }[method],
    );
  });
});

test("copies of one sample have no test", async () => {
  const copies = counts(30, 6, (g) => 10 + g);
  expect(await message(copies, { method: "limma-voom" })).toBe(
    "no gene varies between replicates: every residual is 0",
  );
  expect(await message(copies, { method: "deseq2" })).toBe(
    "no dispersion trend: no gene varies more than by counting alone",
  );
  const table = await sound(copies, { method: "edger" });
  numbers(table, "pvalue").forEach((p) => expect(p).toBeGreaterThan(0.99));
});
