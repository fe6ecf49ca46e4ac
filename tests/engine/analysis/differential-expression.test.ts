import { describe, expect, test } from "vitest";
import {
  differentialExpression,
  type DifferentialExpressionOptions,
} from "../../../src/engine/analysis/differential-expression.ts";
import type { ResultsOptions } from "../../../src/engine/analysis/fit.ts";
import { engrailedVersion } from "../../../src/engine/analysis/versions.ts";
import { columnNames, factor, numbers, strings, utf8 } from "../../../src/tables/index.ts";
import packageFile from "../../../package.json" with { type: "json" };
import { seeded } from "../../support/random.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();
const random = seeded(3);
const genotype = Array.from({ length: 12 }, (_, s) => (s % 2 ? "SOD1" : "WT"));
const cell = Array.from({ length: 12 }, (_, s) => (s < 6 ? "neuron" : "glia"));
const counts = {
  nRows: 80,
  nColumns: 12,
  values: Array.from({ length: 960 }, (_, i) => {
    const gene = Math.floor(i / 12);
    const up = gene < 8 && (i % 12) % 2 ? 4 : 1;
    return Math.floor((20 + gene) * up * (0.6 + 0.8 * random()));
  }),
};
const columns = { genotype: factor(genotype, ["WT", "SOD1"]), cell: utf8(cell) };
const experiment = experimentOf(counts, "counts", columns);
const fitted = (options: DifferentialExpressionOptions, of = experiment) =>
  differentialExpression(of, options, context);
const message = async (options: object, of = experiment) =>
  ((await failure(fitted(options as DifferentialExpressionOptions, of))) as Error).message;

test("results say what they are", async () => {
  const fit = await fitted({ method: "limma-voom", design: "~ cell + genotype" });
  expect(fit.coefficients).toEqual(["(Intercept)", "cellneuron", "genotypeSOD1"]);
  expect(fit.dispersions).toBeNull();
  expect(fit.methods).toContain("limma 3.54");
  const table = await fit.results({ alpha: 0.01 }, context);
  expect(columnNames(table)).toEqual([
    "gene_id",
    "symbol",
    "baseMean",
    "log2FoldChange",
    "lfcSE",
    "stat",
    "pvalue",
    "padj",
    "reason",
  ]);
  expect(Object.fromEntries(table.schema.metadata)).toMatchObject({
    method: "limma-voom",
    variant: "limma 3.54 voom",
    test: "moderated t-test",
    design: "~ cell + genotype",
    contrast: "SOD1 over WT: positive means higher in SOD1",
    samples: "12",
    donors: "not stated",
    alpha: "0.01",
    versions: `Engrailed ${packageFile.version}`,
  });
  expect(engrailedVersion).toBe(packageFile.version);
  const found = numbers(table, "padj").findLastIndex((p) => p < 0.01);
  expect(found).toBe(7);
});

test("a list of contrasts, and a fit of each level", async () => {
  const fit = await fitted({ method: "edger", design: "~ genotype", by: "cell" });
  const table = await fit.results(
    {
      contrast: [
        ["genotype", "SOD1", "WT"],
        ["genotype", "WT", "SOD1"],
      ] as const,
    },
    context,
  );
  expect(columnNames(table).slice(0, 3)).toEqual(["cell", "contrast", "gene_id"]);
  expect(table.numRows).toBe(80 * 4);
  expect(strings(table, "cell")[0]).toBe("glia");
  expect(table.schema.metadata.get("samples")).toBe("6");
  const lfc = numbers(table, "log2FoldChange");
  for (let g = 0; g < 80; ++g) expect(lfc[g]).toBeCloseTo(-lfc[80 + g], 10);
  expect(fit.modelMatrix.numRows).toBe(12);
  expect(fit.dispersions!.numRows).toBe(160);
});

test("a level that can't be fitted is left out with a warning", async () => {
  const lone = experimentOf(counts, "counts", {
    ...columns,
    cell: utf8(cell.map((c, s) => (s === 11 ? "other" : c))),
  });
  const fit = await fitted({ method: "limma-voom", design: "~ genotype", by: "cell" }, lone);
  expect(fit.warnings[0]).toContain("cell other was left out: the design needs two levels");
  expect(await message({ method: "limma-voom", design: "~ cell", by: "cell" })).toBe(
    "differentialExpression: no level of cell could be fitted: glia, neuron",
  );
});

test("the answer does not depend on the number of workers", async () => {
  const { createPool } = await import("../../../src/engine/pool/index.ts");
  const { inProcessWorker } = await import("../../support/in-process-worker.ts");
  const one = createPool({ size: 1, spawn: inProcessWorker });
  for (const method of ["edger", "limma-voom"] as const) {
    const options = { method, design: "~ cell + genotype" };
    const alone = await differentialExpression(experiment, options, { pool: one });
    const p = numbers(await alone.results({}, { pool: one }), "pvalue");
    const fit = await fitted(options);
    expect(numbers(await fit.results({}, context), "pvalue")).toEqual(p);
  }
  one.close();
});

describe("refuses", () => {
  test("what the method can't take", async () => {
    const log = experimentOf(matrix([0.5, 1, 2, 3]), "log");
    expect(await message({ design: "~ genotype" }, log)).toBe(
      'method "deseq2" needs raw counts: this experiment holds log values',
    );
    expect(await message({ method: "limma", design: "~ genotype" })).toBe(
      'method "limma" needs log values: this experiment holds raw counts',
    );
    const abundance = experimentOf(matrix([0.5, 1, 2, 3]), "abundance");
    expect(await message({ method: "edger", design: "~ genotype" }, abundance)).toContain(
      "abundances",
    );
  });

  test("designs without replicates", async () => {
    const two = experimentOf(matrix([5, 6], [7, 9]), "counts", { group: utf8(["a", "b"]) });
    for (const method of ["deseq2", "edger", "limma-voom"])
      expect(await message({ method, design: "~ group" }, two)).toBe(
        "differentialExpression needs replicates: 2 samples for 2 coefficients",
      );
  });

  test("options that are misspelt, missing or another method's", async () => {
    expect(await message({})).toBe("differentialExpression needs a design: undefined");
    expect(await message({ desing: "~ genotype" })).toBe(
      "differentialExpression: unknown option: desing",
    );
    expect(await message({ method: "edger", design: "~ genotype", fitType: "local" })).toBe(
      "differentialExpression: fitType does not belong to edger: local",
    );
    expect(await message({ design: "~ genotype", test: "lrt" })).toBe(
      'differentialExpression: test "lrt" needs a reduced design: undefined',
    );
    expect(await message({ method: "limma-voom", design: "~ cell", block: "cell" })).toBe(
      "differentialExpression: block is in the design too: cell",
    );
    const fit = await fitted({ method: "limma-voom", design: "~ genotype" });
    const asked = async (options: object) =>
      ((await failure(fit.results(options as ResultsOptions, context))) as Error).message;
    expect(await asked({ shrink: "apeglm" })).toBe("results: shrink belongs to deseq2: apeglm");
    expect(await asked({ alpha: 2 })).toBe("results: invalid alpha: 2");
    expect(await asked({ altHypothesis: "lessAbs" })).toBe(
      'results: altHypothesis "lessAbs" needs a threshold: 0',
    );
    expect(await asked({ contrast: ["cell", "glia", "neuron"] })).toBe(
      "the design has no such factor: cell",
    );
  });
});

test("a stop ends a fit", async () => {
  const stop = AbortSignal.abort();
  expect(
    await failure(
      differentialExpression(
        experiment,
        { method: "edger", design: "~ genotype", by: "cell" },
        { ...context, signal: stop },
      ),
    ),
  ).toMatchObject({ name: "AbortError" });
});
