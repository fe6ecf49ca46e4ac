import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { differentialExpression } from "../../../src/engine/analysis/differential-expression.ts";
import { filterGenes } from "../../../src/engine/analysis/filter-genes.ts";
import { filterGenes as chooseGenes } from "../../../src/engine/experiment/filter-genes.ts";
import { filterSamples } from "../../../src/engine/experiment/filter-samples.ts";
import { makeExperiment } from "../../../src/engine/experiment/make-experiment.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { makeTable, numbers, strings, utf8, type Table } from "../../../src/tables/index.ts";
import { hasOutsideData, whySkipped } from "../../support/outside-data.ts";
import { contextForTests } from "./support.ts";

const folder = join(import.meta.dirname, "../../../../shared/data");
const context = contextForTests();

function readTsv(path: string): string[][] {
  const bytes = readFileSync(join(folder, path));
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split("\t"));
}

function experimentOf(
  rows: readonly string[][],
  samples: readonly string[],
  columns: Record<string, string[]>,
  firstValue: number,
  kind: "counts" | "log" = "counts",
): Experiment {
  const n = samples.length;
  const values = new Float64Array(rows.length * n);
  rows.forEach((row, g) => {
    for (let s = 0; s < n; ++s) values[g * n + s] = Number(row[firstValue + s]);
  });
  return makeExperiment({
    title: "published",
    kind,
    counts: { nGenes: rows.length, nSamples: n, values },
    genes: makeTable({ gene_id: utf8(rows.map((row) => row[0])) }),
    samples: makeTable([
      ["sample_id", utf8(samples)],
      ...Object.entries(columns).map(([name, v]) => [name, utf8(v)] as const),
    ]),
  });
}

/** How our results stand to R's table, by gene. */
function compare(
  table: Table,
  reference: readonly string[][],
  names: { p: string; stat: string; padj: string },
) {
  const [head, ...rows] = reference;
  const column = (name: string) => head.indexOf(name);
  const ids = strings(table, "gene_id");
  const index = new Map(ids.map((id, i) => [id!, i]));
  const of = {
    p: numbers(table, "pvalue"),
    stat: numbers(table, "stat"),
    padj: numbers(table, "padj"),
  };
  let [p, stat, both, either] = [0, 0, 0, 0];
  for (const row of rows) {
    const i = index.get(row[0])!;
    const off = (ours: number, r: number, floor: number) =>
      Math.abs(ours - r) / (Math.abs(r) + floor);
    p = Math.max(p, off(of.p[i], Number(row[column(names.p)]), 0));
    stat = Math.max(stat, off(of.stat[i], Number(row[column(names.stat)]), 1));
    const [a, b] = [of.padj[i] < 0.05, Number(row[column(names.padj)]) < 0.05];
    if (a && b) ++both;
    if (a || b) ++either;
  }
  return {
    genes: rows.length === ids.length,
    p,
    stat,
    jaccard: either ? both / either : 1,
    significant: either,
  };
}

describe.skipIf(!hasOutsideData)(`published counts${whySkipped}`, () => {
  test(
    "GSE60450: edgeR robust and voom, lactating over pregnant in either cell type",
    { timeout: 90_000 },
    async () => {
      const [head, ...rows] = readTsv("mammary-gse60450/GSE60450_Lactation-GenewiseCounts.txt");
      const sheet = new Map(
        readTsv("mammary-gse60450/sample_sheet_true_design.tsv").map((row) => [row[0], row[4]]),
      );
      const samples = head.slice(2);
      const group = samples.map((id) => sheet.get(id)!);
      const whole = experimentOf(rows, samples, { group }, 2);
      const experiment = await filterGenes(whole, { method: "cpm", minCpm: 0.5, minSamples: 2 });
      const design = "~ 0 + group";
      const edger = await differentialExpression(
        experiment,
        { method: "edger", design, robust: true },
        context,
      );
      const voom = await differentialExpression(
        experiment,
        { method: "limma-voom", design },
        context,
      );
      for (const cell of ["B", "L"]) {
        const contrast = ["group", `${cell}.lactating`, `${cell}.pregnant`] as const;
        const edgerNames = { p: "PValue", stat: "F", padj: "FDR" };
        const e = compare(
          await edger.results({ contrast }, context),
          readTsv(`mammary-gse60450/reference/edgeRQL_${cell}_lact_vs_preg.tsv.gz`),
          edgerNames,
        );
        const v = compare(
          await voom.results({ contrast }, context),
          readTsv(`mammary-gse60450/reference/limmavoom_${cell}_lact_vs_preg.tsv.gz`),
          { p: "P.Value", stat: "t", padj: "adj.P.Val" },
        );
        expect(e).toMatchObject({ genes: true, jaccard: 1 });
        expect(e.p).toBeLessThan(1e-6);
        expect(v).toMatchObject({ genes: true, jaccard: 1 });
        expect(v.stat).toBeLessThan(1e-8);
        expect(v.p).toBeLessThan(1e-6);
      }
    },
  );

  test("GSE124439: voom over 28,000 genes of two regions", { timeout: 60_000 }, async () => {
    const [head, ...rows] = readTsv("als-cortex-gse124439/GSE124439_counts_genes_and_TE.tsv.gz");
    const [names, ...sheet] = readTsv("als-cortex-gse124439/sample_metadata.tsv");
    const at = (id: string, name: string) =>
      sheet.find((row) => row[0] === id)![names.indexOf(name)];
    const samples = head.slice(1);
    const group = samples.map((id) => at(id, "sample_group"));
    const region = samples.map((id) =>
      at(id, "source").includes("Frontal") ? "Frontal" : "Motor",
    );
    const reference = readTsv(
      "als-cortex-gse124439/reference/limmavoom_ALS_vs_Control_adj_region.tsv.gz",
    );
    const short = group.map((g) =>
      g.startsWith("ALS") ? "ALS" : g.includes("Control") ? "Control" : "other",
    );
    const all = experimentOf(rows, samples, { group: short, region }, 1);
    const chosen = filterSamples(all, { group: ["ALS", "Control"] });
    const genes = chooseGenes(
      chosen,
      Int32Array.from(rows.flatMap((row, g) => (row[0].includes(":") ? [] : [g]))),
    );
    const experiment = await filterGenes(genes, { group: "group" });
    const fit = await differentialExpression(
      experiment,
      { method: "limma-voom", design: "~ region + group", reference: { group: "Control" } },
      context,
    );
    const v = compare(
      await fit.results({ contrast: ["group", "ALS", "Control"] }, context),
      reference,
      {
        p: "P.Value",
        stat: "t",
        padj: "adj.P.Val",
      },
    );
    expect(v).toMatchObject({ genes: true, jaccard: 1 });
    expect(v.stat).toBeLessThan(1e-8);
    expect(v.p).toBeLessThan(1e-6);
  });
});
