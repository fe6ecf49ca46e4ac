import { beforeAll, describe, expect, test } from "vitest";
import {
  differentialExpression,
  type DifferentialExpressionOptions,
} from "../../../src/engine/analysis/differential-expression.ts";
import type { ResultsOptions } from "../../../src/engine/analysis/fit.ts";
import { makeExperiment } from "../../../src/engine/experiment/make-experiment.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { factor, makeTable, numbers, strings, utf8 } from "../../../src/tables/index.ts";
import { expectClose, golden } from "../../support/golden.ts";
import { hasOutsideData, outside, whySkipped } from "../../support/outside-data.ts";
import { contextForTests } from "./support.ts";

interface Chain extends Record<"lfc" | "se" | "stat" | "p" | "padj", number[]> {
  significant: number;
  fdr: number;
}
const file = golden<
  { genes: number; id: string[]; weights: number[] } & Record<
    "plain" | "trend" | "robust" | "treat" | "weighted",
    Chain
  >
>("limma-array");
const context = contextForTests();

describe.skipIf(!hasOutsideData)(`GSE68605, arrays of motor neurons${whySkipped}`, () => {
  let experiment: Experiment;
  beforeAll(async () => {
    const made = await intake(outside("als-array-gse68605/GSE68605_series_matrix.txt.gz"));
    const ids = strings(made.samples, "sample_id") as string[];
    experiment = makeExperiment({
      title: made.title,
      kind: "log",
      counts: made.counts,
      genes: made.genes,
      samples: makeTable({
        sample_id: utf8(ids),
        group: factor(
          ids.map((_, s) => (s < 8 ? "als" : "control")),
          ["control", "als"],
        ),
      }),
    });
    expect(made.kind).toBe("log");
  }, 60_000);

  test.each([
    ["plain", {}, {}, 1e-8, 1e-6],
    ["trend", { trend: true }, {}, 1e-8, 1e-6],
    // R solves for the second degrees of freedom to 1e-8 itself, which leaves 1e-6 in robust variances.
    ["robust", { trend: true, robust: true }, {}, 1e-6, 1e-5],
    ["treat", {}, { lfcThreshold: 0.2 }, 1e-8, 1e-6],
    ["weighted", { sampleWeights: true }, {}, 1e-8, 1e-6],
  ] as [
    "plain" | "trend" | "robust" | "treat" | "weighted",
    Partial<DifferentialExpressionOptions>,
    ResultsOptions,
    number,
    number,
  ][])("%s", { timeout: 60_000 }, async (name, options, asked, t, p) => {
    const expected = file[name];
    const fit = await differentialExpression(
      experiment,
      { method: "limma", design: "~ group", ...options },
      context,
    );
    const table = await fit.results(asked, context);
    expect(table.numRows).toBe(file.genes);
    const index = new Map(strings(table, "gene_id").map((id, i) => [id, i]));
    const rows = file.id.map((id) => index.get(id)!);
    const of = (column: string) => {
      const values = numbers(table, column);
      return rows.map((i) => values[i]);
    };
    expectClose(of("log2FoldChange"), expected.lfc, t, t);
    expectClose(of("lfcSE"), expected.se, t);
    expectClose(of("stat"), expected.stat, t, t);
    expectClose(of("pvalue"), expected.p, p);
    expectClose(of("padj"), expected.padj, p);
    expect(numbers(table, "pvalue").filter((x) => x < 0.01)).toHaveLength(expected.significant);
    expect(numbers(table, "padj").filter((x) => x < 0.1)).toHaveLength(expected.fdr);
    if (name === "weighted") expectClose(numbers(fit.sampleWeights!, "weight"), file.weights, 1e-8);
  });
});
