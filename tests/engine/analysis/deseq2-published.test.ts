import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fitDeseq2 } from "../../../src/engine/analysis/fit-deseq2.ts";
import type { FitType, MethodResult } from "../../../src/engine/analysis/fit.ts";
import { makeDesign, resolveContrast } from "../../../src/engine/design/index.ts";
import { makeExperiment } from "../../../src/engine/experiment/make-experiment.ts";
import { factor, makeTable, utf8 } from "../../../src/tables/index.ts";
import { floats, shareWithin } from "../../support/deseq2.ts";
import { golden } from "../../support/golden.ts";
import { hasOutsideData, outsidePath, whySkipped } from "../../support/outside-data.ts";
import { contextForTests } from "./support.ts";

const context = contextForTests();

interface Given {
  readonly genes: readonly string[];
  readonly samples: readonly string[];
  readonly groups: readonly string[];
  readonly levels: readonly string[];
  readonly values: readonly number[];
}

/** The table of a text file, without quotes. */
function cells(text: string, separator: string): string[][] {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(separator).map((cell) => cell.replace(/^"(.*)"$/, "$1")));
}

async function run(
  { genes, samples, groups, levels, values }: Given,
  contrast: readonly [string, string],
  fitType: FitType = "parametric",
): Promise<MethodResult> {
  const experiment = makeExperiment({
    kind: "counts",
    counts: {
      nGenes: genes.length,
      nSamples: samples.length,
      values: Int32Array.from(values),
    },
    genes: makeTable({ gene_id: utf8(genes) }),
    samples: makeTable({ sample_id: utf8(samples), group: factor(groups, levels) }),
  });
  const design = makeDesign(experiment.samples, "~ group");
  const fit = await fitDeseq2(
    experiment,
    design,
    {
      test: "wald",
      reduced: null,
      fitType,
      sfType: "ratio",
      robust: false,
      trend: false,
      block: null,
      sampleWeights: null,
    },
    context,
  );
  return fit.results(
    resolveContrast(design, ["group", ...contrast]),
    {
      alpha: 0.1,
      lfcThreshold: 0,
      altHypothesis: "greaterAbs",
      independentFiltering: true,
      cooksCutoff: null,
      shrink: null,
    },
    context,
  );
}

/** The gates of counts to results. */
function expectAgrees(
  result: MethodResult,
  { pvalue, padj, log2FoldChange }: Record<"pvalue" | "padj" | "log2FoldChange", Float64Array>,
): void {
  const missing = (values: Float64Array) => values.map((v) => (Number.isNaN(v) ? 1 : 0));
  expect(missing(result.pvalue)).toEqual(missing(pvalue));
  expect(missing(result.padj)).toEqual(missing(padj));
  expect(shareWithin(result.pvalue, pvalue, 0.01)).toBeGreaterThanOrEqual(0.95);
  const log = (p: Float64Array) => p.map((v) => Math.log10(Math.max(v, 1e-300)));
  expect(shareWithin(log(result.pvalue), log(pvalue), 0, 0.05)).toBeGreaterThanOrEqual(0.999);
  let both = 0;
  let either = 0;
  padj.forEach((p, g) => {
    const mine = result.padj[g] < 0.05;
    if (mine && p < 0.05) ++both;
    if (mine || p < 0.05) ++either;
    if (mine && p < 0.05)
      expect(Math.sign(result.log2FoldChange[g])).toBe(Math.sign(log2FoldChange[g]));
  });
  expect(either).toBeGreaterThan(0);
  expect(both / either).toBeGreaterThanOrEqual(0.995);
}

describe("Marioni, kidney against liver", () => {
  type Table = Record<"log2FoldChange" | "pvalue" | "padj", (number | string)[]>;
  const file = golden<{ shuffled: Table; asStored: Pick<Table, "pvalue"> }>("deseq2-marioni");
  const folder = new URL("../../../data/marioni/", import.meta.url);
  const [header, ...rows] = cells(readFileSync(new URL("counts.csv", folder), "utf8"), ",");
  const sheet = cells(readFileSync(new URL("samples.csv", folder), "utf8"), ",").slice(1);
  const columns = sheet.map(([id]) => header.indexOf(id));
  const given: Given = {
    genes: rows.map((row) => row[0]),
    samples: sheet.map(([id]) => id),
    groups: sheet.map(([, tissue]) => tissue),
    levels: ["Kidney", "Liver"],
    // Counts come last; some of what comes before holds commas.
    values: rows.flatMap((row) => columns.map((j) => Number(row.at(j - header.length)))),
  };

  // Lanes of two libraries: the parametric trend gives way to a local one, and R itself has two answers (see the golden's script).
  test("is one of R's two answers, which the order of samples decides between", async () => {
    const { shuffled, asStored } = file;
    const expected = {
      pvalue: floats(shuffled.pvalue),
      padj: floats(shuffled.padj),
      log2FoldChange: floats(shuffled.log2FoldChange),
    };
    const result = await run(given, ["Liver", "Kidney"]);
    expectAgrees(result, expected);
    const other = floats(asStored.pvalue);
    const apart = shareWithin(result.pvalue, other, 0.01);
    expect(apart).toBeCloseTo(shareWithin(expected.pvalue, other, 0.01), 2);
  });
});

describe.skipIf(!hasOutsideData)(`published experiments${whySkipped}`, () => {
  const text = (path: string) => readFileSync(outsidePath(path), "utf8");

  function reference(path: string, genes: readonly string[]) {
    const file = gunzipSync(readFileSync(outsidePath(path))).toString();
    const [header, ...rows] = cells(file, "\t");
    const row = new Map(rows.map((cells) => [cells[0], cells]));
    const column = (name: string) =>
      Float64Array.from(genes, (gene) => {
        const cell = row.get(gene)![header.indexOf(name)];
        return cell === "NA" || cell === "" ? NaN : Number(cell);
      });
    return {
      pvalue: column("pvalue"),
      padj: column("padj"),
      log2FoldChange: column("log2FoldChange"),
    };
  }

  test("GSE76220, sporadic ALS against control", async () => {
    const folder = "als-lcm-gse76220";
    const [header, ...rows] = cells(text(`${folder}/GSE76220_counts_filtered.tsv`), "\t");
    const sheet = cells(text(`${folder}/sample_sheet.tsv`), "\t")
      .slice(1)
      .filter(([id]) => id !== "ravits_control8");
    const genes = rows.map((row) => row[0]);
    const result = await run(
      {
        genes,
        samples: sheet.map(([id]) => id),
        groups: sheet.map(([, group]) => group),
        levels: ["control", ...new Set(sheet.map(([, g]) => g).filter((g) => g !== "control"))],
        values: rows.flatMap((row) => sheet.map(([id]) => Number(row[header.indexOf(id)]))),
      },
      [sheet.find(([, g]) => g !== "control")![1], "control"],
    );
    expectAgrees(
      result,
      reference(`${folder}/reference/sALS_vs_control_noDup_DESeq2.tsv.gz`, genes),
    );
  });

  for (const denominator of ["ChAT_input", "SNAP25_TRAP"])
    test(`GSE93412, ChAT TRAP against ${denominator}`, async () => {
      const folder = "motor-neuron-trap-gse93412";
      const [header, ...rows] = cells(text(`${folder}/GSE93412_gene_counts.csv`), ",");
      const sheet = cells(text(`${folder}/GSE93412_sample_sheet.tsv`), "\t").slice(1);
      const seen = new Set<string>();
      const first = rows.filter(([id]) => !seen.has(id) && seen.add(id));
      const genes = first.map((row) => row[0]);
      const groups = sheet.map((row) => row[3]);
      const result = await run(
        {
          genes,
          samples: sheet.map(([id]) => id),
          groups,
          levels: [...new Set(groups)].sort(),
          values: first.flatMap((row) => sheet.map(([id]) => Number(row[header.indexOf(id)]))),
        },
        ["ChAT_TRAP", denominator],
      );
      const path = `${folder}/reference/ChAT_TRAP_vs_${denominator}_DESeq2.tsv.gz`;
      expectAgrees(result, reference(path, genes));
      const slc5a7 = first.findIndex((row) => row[1] === "Slc5a7");
      if (denominator === "SNAP25_TRAP") expect(result.log2FoldChange[slc5a7]).toBeCloseTo(2.75, 1);
    });
});
