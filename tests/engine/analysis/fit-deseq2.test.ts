import { afterAll, describe, expect, test } from "vitest";
import { fitDeseq2 } from "../../../src/engine/analysis/fit-deseq2.ts";
import type { FitOptions, MethodResult, ResultOptions } from "../../../src/engine/analysis/fit.ts";
import { reasons } from "../../../src/engine/analysis/fit.ts";
import {
  makeDesign,
  resolveContrast,
  type ContrastSpec,
} from "../../../src/engine/design/index.ts";
import { createPool } from "../../../src/engine/pool/index.ts";
import { columnNames, factor, float64, numbers, type Column } from "../../../src/tables/index.ts";
import { floats, shareWithin, type ResultsTable, type Stages } from "../../support/deseq2.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { inProcessWorker } from "../../support/in-process-worker.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();

const usual: FitOptions = {
  test: "wald",
  reduced: null,
  fitType: "parametric",
  sfType: "ratio",
  robust: false,
  trend: false,
  block: null,
  sampleWeights: null,
};
const plain: ResultOptions = {
  alpha: 0.1,
  lfcThreshold: 0,
  altHypothesis: "greaterAbs",
  independentFiltering: true,
  cooksCutoff: null,
  shrink: null,
};

/** Fits and tests one contrast. */
async function tested(
  counts: GoldenMatrix,
  columns: Record<string, Column>,
  formula: string,
  contrast: ContrastSpec,
  { fit = {}, results = {} }: { fit?: Partial<FitOptions>; results?: Partial<ResultOptions> } = {},
): Promise<MethodResult> {
  const experiment = experimentOf(counts, "counts", columns);
  const design = makeDesign(experiment.samples, formula);
  const fitted = await fitDeseq2(experiment, design, { ...usual, ...fit }, context);
  return fitted.results(resolveContrast(design, contrast), { ...plain, ...results }, context);
}

/** The gates of the whole chain, and those of LFC and SE; missing values in the same places. */
function expectAgrees(result: MethodResult, table: Partial<ResultsTable>): void {
  const pvalue = floats(table.pvalue!);
  const missing = (values: Float64Array) => Array.from(values, Number.isNaN);
  expect(missing(result.pvalue)).toEqual(missing(pvalue));
  expect(missing(result.padj)).toEqual(missing(floats(table.padj!)));
  expect(shareWithin(result.pvalue, pvalue, 0.01)).toBeGreaterThanOrEqual(0.95);
  const logP = (p: Float64Array) => p.map((v) => Math.log10(Math.max(v, 1e-300)));
  expect(shareWithin(logP(result.pvalue), logP(pvalue), 0, 0.05)).toBeGreaterThanOrEqual(0.999);
  expectClose(result.padj, floats(table.padj!), 1e-2);
  if (table.threshold !== undefined && result.filterThreshold !== null)
    expectClose([result.filterThreshold], [table.threshold], 1e-8);
  if (table.log2FoldChange && table.baseMean) {
    const mean = floats(table.baseMean);
    const lfc = floats(table.log2FoldChange);
    const allowed = mean.map((m) => (m > 10 ? 1e-4 : 2e-3));
    const scaled = (values: Float64Array) => values.map((v, g) => v / allowed[g]);
    const share = shareWithin(scaled(result.log2FoldChange), scaled(lfc), 0, 1);
    expect(share).toBeGreaterThanOrEqual(0.999);
  }
  if (table.lfcSE && result.lfcSE)
    expect(shareWithin(result.lfcSE, floats(table.lfcSE), 1e-3)).toBe(1);
}

const repeated = (levels: readonly string[], each: number) =>
  factor(
    levels.flatMap((level) => Array.from({ length: each }, () => level)),
    levels,
  );

describe("2 x 2 with batch", () => {
  const file = golden<Stages & Record<"interaction" | "sum" | "batch", ResultsTable>>(
    "deseq2-two-by-two",
  );
  const cycle = (levels: readonly string[], each: number) =>
    factor(
      Array.from({ length: 12 }, (_, s) => levels[Math.floor(s / each) % levels.length]),
      levels,
    );
  const columns = {
    genotype: cycle(["WT", "SOD1"], 1),
    treatment: cycle(["none", "drug"], 2),
    batch: cycle(["x", "y", "z"], 4),
  };
  const run = (contrast: ContrastSpec) =>
    tested(file.counts, columns, "~ batch + genotype * treatment", contrast);

  test("an interaction", async () => {
    expectAgrees(await run("genotypeSOD1:treatmentdrug"), file.interaction);
  });
  test("a sum of coefficients", async () => {
    const weights = { genotypeSOD1: 1, "genotypeSOD1:treatmentdrug": 1 };
    expectAgrees(await run(weights), file.sum);
  });
  test("levels that are not the reference, one gene with counts in neither", async () => {
    expectAgrees(await run(["batch", "z", "y"]), file.batch);
  });
});

describe("6 v 6 with outliers", () => {
  type Alternative = ResultOptions["altHypothesis"];
  const file = golden<
    Stages & {
      planted: { genes: number[] };
      results: ResultsTable;
      unfiltered: ResultsTable;
      alternatives: Record<Alternative, Partial<ResultsTable>>;
    }
  >("deseq2-outliers");
  const columns = { group: repeated(["a", "b"], 6) };
  const run = (results: Partial<ResultOptions>) =>
    tested(file.counts, columns, "~ group", ["group", "b", "a"], { results });

  test("planted outliers have no p value, and the reason says so", async () => {
    const result = await run({});
    expectAgrees(result, file.results);
    const flagged = [...result.reason.keys()].filter(
      (g) => reasons[result.reason[g]] === "outlier",
    );
    expect(flagged.filter((g) => file.planted.genes.includes(g)).length).toBeGreaterThan(35);
    expect(reasons[result.reason[4]]).toBe("all zero");
    for (const [g, p] of result.pvalue.entries())
      expect(Number.isNaN(p)).toBe(["all zero", "outlier"].includes(reasons[result.reason[g]]!));
  });

  test("without filtering and cutoff", async () => {
    const result = await run({ independentFiltering: false, cooksCutoff: false });
    expect(result.filterThreshold).toBeNull();
    expectAgrees(result, { ...file.unfiltered, threshold: undefined });
  });

  for (const altHypothesis of ["greaterAbs", "lessAbs", "greater", "less"] as const)
    test(`threshold, ${altHypothesis}`, async () => {
      const result = await run({ lfcThreshold: 0.7, altHypothesis });
      expectAgrees(result, file.alternatives[altHypothesis]);
      expectClose(result.stat, floats(file.alternatives[altHypothesis].stat!), 1e-6);
    });
});

describe("8 v 8, outliers replaced", () => {
  const file = golden<
    Stages & {
      results: ResultsTable;
      lrt: ResultsTable;
      normal: Pick<ResultsTable, "log2FoldChange" | "lfcSE">;
    }
  >("deseq2-replaced");
  const columns = { group: repeated(["a", "b"], 8) };
  const contrast: ContrastSpec = ["group", "b", "a"];

  test("Wald, and a gene whose only count was an outlier", async () => {
    const result = await tested(file.counts, columns, "~ group", contrast);
    expectAgrees(result, file.results);
    expectClose(result.baseMean, floats(file.results.baseMean), 1e-9);
    expect(result.pvalue[10]).toBe(1);
    expect(result.notes.replaced).toMatch(/^Outlying counts of 40 genes/);
  });

  test("likelihood ratio against the intercept", async () => {
    const { samples } = experimentOf(file.counts, "counts", columns);
    const fit = { test: "lrt", reduced: makeDesign(samples, "~ 1") } as const;
    expectAgrees(await tested(file.counts, columns, "~ group", contrast, { fit }), file.lrt);
  });

  test("shrunken by a normal prior", async () => {
    const results = { shrink: "normal" } as const;
    const result = await tested(file.counts, columns, "~ group", contrast, { results });
    expectClose(result.log2FoldChange, floats(file.normal.log2FoldChange), 1e-3, 1e-5);
    expectClose(result.lfcSE!, floats(file.normal.lfcSE), 1e-3);
    expectClose(result.pvalue, floats(file.results.pvalue), 1e-2);
  });
});

test("2 v 2: the prior variance of few degrees of freedom", async () => {
  const file = golden<Stages & { results: ResultsTable }>("deseq2-few");
  const columns = { group: repeated(["a", "b"], 2) };
  expectAgrees(await tested(file.counts, columns, "~ group", "groupb"), file.results);
});

test("covariates as they are measured, and a gene whose coefficients do not settle", async () => {
  type File = { counts: GoldenMatrix; age: number[]; rin: number[] } & Record<
    "results",
    ResultsTable
  >;
  const file = golden<File>("deseq2-covariates");
  const columns = {
    age: float64(file.age),
    rin: float64(file.rin),
    group: repeated(["a", "b"], 10),
  };
  const contrast = ["group", "b", "a"] as const;
  expectAgrees(await tested(file.counts, columns, "~ age + rin + group", contrast), file.results);
});

describe("three ages", () => {
  type Tables = Record<
    "lrt" | "lrtSex" | "wald" | "between" | "reversed" | "numeric",
    ResultsTable
  >;
  const file = golden<Stages & Tables>("deseq2-ages");
  const columns = {
    age: repeated(["P0", "P56", "P112"], 4),
    sex: factor(
      Array.from({ length: 12 }, (_, s) => (s % 2 ? "m" : "f")),
      ["f", "m"],
    ),
  };
  const { samples } = experimentOf(file.counts, "counts", columns);

  test("likelihood ratio", async () => {
    const fit = { test: "lrt", reduced: makeDesign(samples, "~ 1") } as const;
    const result = await tested(file.counts, columns, "~ age", "ageP112", { fit });
    expectAgrees(result, file.lrt);
    expectClose(result.stat, floats(file.lrt.stat), 1e-5, 1e-8);
    expect(result.test).toBe("likelihood ratio test of ~ age against ~ 1");
    expect(result.notes.log2FoldChange).toMatch(/not what was tested/);
  });

  test("likelihood ratio, sex kept", async () => {
    const fit = { test: "lrt", reduced: makeDesign(samples, "~ sex") } as const;
    const result = await tested(file.counts, columns, "~ sex + age", "ageP112", { fit });
    expectAgrees(result, file.lrtSex);
  });

  test("contrasts; groups without counts have a fold change of 0 and p of 1", async () => {
    expectAgrees(await tested(file.counts, columns, "~ age", "ageP112"), file.wald);
    const between = await tested(file.counts, columns, "~ age", ["age", "P112", "P56"]);
    expectAgrees(between, file.between);
    expect(between.log2FoldChange[25]).toBe(0);
    expect(between.pvalue[25]).toBe(1);
    const reversed = await tested(file.counts, columns, "~ age", ["age", "P56", "P112"]);
    expectAgrees(reversed, file.reversed);
    const weights = { ageP56: -1, ageP112: 1 };
    expectAgrees(await tested(file.counts, columns, "~ age", weights), file.numeric);
  });

  test("a contrast shrunken is the same as with its denominator as reference", async () => {
    const results = { shrink: "apeglm" } as const;
    const between = ["age", "P112", "P56"] as const;
    const a = await tested(file.counts, columns, "~ age", between, { results });
    const other = { age: repeatedReference() };
    const b = await tested(file.counts, other, "~ age", between, { results });
    expectClose(a.log2FoldChange, b.log2FoldChange, 1e-5, 1e-6);
    expectClose(a.lfcSE!, b.lfcSE!, 1e-5, 1e-6);

    function repeatedReference() {
      const ages = ["P0", "P56", "P112"].flatMap((age) => Array.from({ length: 4 }, () => age));
      return factor(ages, ["P56", "P0", "P112"]);
    }
  });
});

describe("the fit", () => {
  const file = golden<Stages>("deseq2-two-by-two");
  const columns = { group: repeated(["a", "b"], 6) };
  const experiment = experimentOf(file.counts, "counts", columns);
  const design = makeDesign(experiment.samples, "~ group");

  test("does not depend on the number of workers", async () => {
    const run = async (size: number) => {
      const pool = createPool({ size, spawn: inProcessWorker });
      const fit = await fitDeseq2(experiment, design, usual, { pool });
      const contrast = resolveContrast(design, "groupb");
      const result = await fit.results(contrast, { ...plain, shrink: "apeglm" }, { pool });
      pool.close();
      return result;
    };
    const one = await run(1);
    expect(await run(2)).toEqual(one);
    expect(await run(7)).toEqual(one);
  });

  test("has dispersions, a variant and a paragraph", async () => {
    const fit = await fitDeseq2(experiment, design, { ...usual, fitType: "local" }, context);
    expect(fit.variant).toBe("DESeq2 1.38, local dispersion trend");
    expect(fit.warnings).toEqual([]);
    expect(fit.methods).toMatch(/design ~ group\./);
    const table = fit.dispersions!;
    expect(columnNames(table)).toEqual([
      "gene_id",
      "baseMean",
      "gene_wise",
      "trend",
      "map",
      "outlier",
    ]);
    expect(numbers(table, "map")[4]).toBeNaN();
    expect(table.getChild("outlier")!.get(4)).toBeNull();
  });

  test("tells how far it has come, and stops", async () => {
    const seen: string[] = [];
    const stop = new AbortController();
    const fit = fitDeseq2(experiment, design, usual, {
      ...context,
      signal: stop.signal,
      onProgress: ({ label, done, total }) => {
        seen.push(label);
        expect(total).toBe(420);
        if (label === "model of each gene" && done < total) stop.abort();
      },
    });
    const error = await failure(
      fit.then(() => {
        stop.abort();
        throw stop.signal.reason;
      }),
    );
    expect((error as Error).name).toBe("AbortError");
    expect(seen).toContain("dispersion of each gene");
  });
});

describe("what it refuses", () => {
  const two = { group: repeated(["a", "b"], 2) };
  const pool = createPool({ size: 1, spawn: inProcessWorker });
  afterAll(() => pool.close());
  const fit = (counts: GoldenMatrix, formula: string, columns: Record<string, Column>) => {
    const experiment = experimentOf(counts, "counts", columns);
    return fitDeseq2(experiment, makeDesign(experiment.samples, formula), usual, { pool });
  };

  test("a design without replicates", async () => {
    const columns = { group: repeated(["a", "b"], 1) };
    const error = await failure(fit(matrix([5, 9], [7, 3]), "~ group", columns));
    expect((error as Error).message).toBe("no replicates: 2 samples for 2 coefficients of ~ group");
  });

  test("values that are not counts", async () => {
    const experiment = experimentOf(matrix([0.5, 1, 2, 3]), "log", two);
    const design = makeDesign(experiment.samples, "~ group");
    const error = await failure(fitDeseq2(experiment, design, usual, { pool }));
    expect((error as Error).message).toMatch(/^deseq2 needs raw counts/);
  });

  test("counts that vary no more than by counting", async () => {
    const error = await failure(fit(matrix([9, 9, 9, 9], [7, 7, 7, 7]), "~ group", two));
    expect((error as Error).message).toMatch(/^no dispersion trend/);
  });

  test("one gene: its own trend can't be told", async () => {
    const error = await failure(fit(matrix([9, 90, 900, 2]), "~ group", two));
    expect((error as Error).message).toMatch(/too few genes vary|no gene varies/);
  });

  test("normal shrinkage of an interaction", async () => {
    const columns = { g: repeated(["a", "b"], 6), h: golden6() };
    const file = golden<Stages>("deseq2-two-by-two");
    const run = tested(file.counts, columns, "~ g * h", "gb:hy", { results: { shrink: "normal" } });
    expect(((await failure(run)) as Error).message).toMatch(/interactions/);

    function golden6() {
      return factor(
        Array.from({ length: 12 }, (_, s) => (s % 2 ? "y" : "x")),
        ["x", "y"],
      );
    }
  });
});
