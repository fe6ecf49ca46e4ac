import { describe, expect, test } from "vitest";
import {
  differentialExpression,
  type DifferentialExpressionOptions,
} from "../../../src/engine/analysis/differential-expression.ts";
import type { ResultsOptions } from "../../../src/engine/analysis/fit.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { factor, float64, numbers, utf8, type Table } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { marioni } from "../../support/marioni.ts";
import { contextForTests, experimentOf } from "./support.ts";

interface Chain {
  lfc: number[];
  se: number[];
  stat: number[];
  p: number[];
  padj: number[];
}
interface File {
  voom: { counts: GoldenMatrix; genotype: string[]; batch: string[] } & Record<
    "sod1" | "between" | "robust" | "treat",
    Chain
  >;
  log: {
    values: GoldenMatrix;
    donor: string[];
    treatment: string[];
    x: number[];
    consensus: number;
  } & Record<"plain" | "trend" | "robust" | "treat" | "block", Chain>;
  marioni: { rows: number[]; table: Chain; significant: number };
}
const file = golden<File>("linear-models");
const context = contextForTests();

async function resultsOf(
  experiment: Experiment,
  options: DifferentialExpressionOptions,
  asked: ResultsOptions,
): Promise<Table> {
  const fit = await differentialExpression(experiment, options, context);
  return fit.results(asked, context);
}

/** t to a relative 1e-8 (of 1 where it is smaller), p to 1e-6. */
function agree(
  table: Table,
  expected: Chain,
  { t = 1e-8, p = 1e-6, rows = null as number[] | null } = {},
) {
  const of = (name: string) => {
    const values = numbers(table, name);
    return rows ? rows.map((i) => values[i]) : values;
  };
  expectClose(of("log2FoldChange"), expected.lfc, t, t);
  expectClose(of("lfcSE"), expected.se, t);
  expectClose(of("stat"), expected.stat, t, t);
  expectClose(of("pvalue"), expected.p, p, 1e-300);
  expectClose(of("padj"), expected.padj, p, 1e-300);
}

describe("limma-voom", () => {
  const { counts, genotype, batch } = file.voom;
  const experiment = experimentOf(counts, "counts", {
    genotype: factor(genotype, ["WT", "SOD1", "HET"]),
    batch: utf8(batch),
  });
  const design = "~ batch + genotype";
  const sod1 = ["genotype", "SOD1", "WT"] as const;

  test("agrees with R from counts to p", async () => {
    const fit = await differentialExpression(experiment, { method: "limma-voom", design }, context);
    agree(await fit.results({ contrast: sod1 }, context), file.voom.sod1);
    agree(await fit.results({ contrast: ["genotype", "SOD1", "HET"] }, context), file.voom.between);
    agree(await fit.results({ contrast: sod1, lfcThreshold: 0.5 }, context), file.voom.treat);
  });

  test("robust", async () => {
    const options = { method: "limma-voom", design, robust: true } as const;
    agree(await resultsOf(experiment, options, { contrast: sod1 }), file.voom.robust, {
      t: 1e-6,
      p: 1e-5,
    });
  });

  test("on the lanes of Marioni 2008", async () => {
    const table = await resultsOf(
      await marioni(),
      { method: "limma-voom", design: "~ tissue" },
      {},
    );
    const { rows, table: expected, significant } = file.marioni;
    agree(table, expected, { rows });
    expect(numbers(table, "padj").filter((p) => p < 0.05)).toHaveLength(significant);
  });
});

describe("limma", () => {
  const { values, donor, treatment, x } = file.log;
  const experiment = experimentOf(values, "log", {
    donor: utf8(donor),
    treatment: utf8(treatment),
    x: float64(x),
  });
  const options = { method: "limma", design: "~ treatment + x" } as const;
  const contrast = "treatmentyes";

  test("agrees with R from values to p", async () => {
    agree(await resultsOf(experiment, options, { contrast }), file.log.plain);
    agree(await resultsOf(experiment, { ...options, trend: true }, { contrast }), file.log.trend);
    agree(await resultsOf(experiment, options, { contrast, lfcThreshold: 0.3 }), file.log.treat);
  });

  test("robust with a trend", async () => {
    const robust = { ...options, robust: true, trend: true };
    agree(await resultsOf(experiment, robust, { contrast }), file.log.robust, { t: 1e-6, p: 1e-5 });
  });

  test("blocks of donors", async () => {
    const table = await resultsOf(experiment, { ...options, block: "donor" }, { contrast });
    agree(table, file.log.block);
    const consensus = Number(
      /correlation (-?[\d.]+)/.exec(table.schema.metadata.get("variant")!)![1],
    );
    expect(consensus).toBeCloseTo(file.log.consensus, 3);
  });
});
