import { describe, expect, test } from "vitest";
import { sizeFactors } from "../../../src/engine/analysis/size-factors.ts";
import { transform } from "../../../src/engine/analysis/transform.ts";
import { factor, float64, makeTable, numbers, utf8 } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();
const file = golden<{ counts: GoldenMatrix } & Record<"cpm" | "logcpm" | "logcpmTmm", number[]>>(
  "scaling",
);
const experiment = experimentOf(file.counts);

describe("transform", () => {
  test("cpm and logcpm are edgeR's", async () => {
    const cpm = await transform(experiment, { method: "cpm" }, context);
    expect(cpm.kind).toBe("abundance");
    expectClose(cpm.counts.values, file.cpm);
    const log = await transform(experiment, undefined, context);
    expect(log.kind).toBe("log");
    expectClose(log.counts.values, file.logcpm);
    expect(log.report.at(-1)).toMatchObject({
      code: "transformed",
      message: "Values are log2 counts per million with a prior count of 2, of raw library sizes.",
    });
    expect(log.genes).toBe(experiment.genes);
  });
  test("takes effective library sizes, joined by id", async () => {
    const factors = await sizeFactors(experiment, { method: "tmm" }, context);
    const order = [3, 1, 0, 5, 4, 2];
    const pick = (name: string) => float64(order.map((i) => numbers(factors, name)[i]));
    const shuffled = makeTable({
      sample_id: utf8(order.map((i) => `s${i + 1}`)),
      norm_factor: pick("norm_factor"),
      library_size: pick("library_size"),
    });
    for (const table of [factors, shuffled]) {
      const log = await transform(experiment, { sizeFactors: table }, context);
      expectClose(log.counts.values, file.logcpmTmm);
    }
    const other = experimentOf(matrix([1, 2, 3, 4, 5, 6, 7]));
    expect(await failure(transform(other, { sizeFactors: factors }, context))).toMatchObject({
      message: "transform: no size factor for sample: s7",
    });
    expect(
      await failure(transform(experiment, { sizeFactors: 3 as never }, context)),
    ).toMatchObject({ message: "transform: invalid sizeFactors: 3" });
  });
  test("refuses what is no longer counts", async () => {
    const log = await transform(experiment, undefined, context);
    expect(await failure(transform(log, { method: "cpm" }, context))).toMatchObject({
      message: "transform needs raw counts: this experiment holds log values",
    });
  });
});

describe("variance stabilised", () => {
  type Vst = "parametric" | "local" | "mean" | "design" | "designLocal";
  const vst = golden<
    { counts: GoldenMatrix } & Record<Vst | "rpkm" | "removed" | "removedBoth", number[]>
  >("deseq2-vst");
  const columns = {
    group: factor(["a", "a", "a", "b", "b", "b"], ["a", "b"]),
    batch: factor(["x", "y", "x", "y", "z", "z"], ["x", "y", "z"]),
    age: float64([3, 1, 4, 1, 5, 9]),
  };
  const length = Array.from({ length: 200 }, (_, g) => 500 + 37 * (g + 1));
  const small = experimentOf(vst.counts, "counts", columns, { length: float64(length) });

  for (const fitType of ["parametric", "local", "mean"] as const)
    test(`${fitType}, blind`, async () => {
      const made = await transform(small, { method: "vst", fitType }, context);
      expect(made.kind).toBe("log");
      expectClose(made.counts.values, vst[fitType], 0, 1e-6);
      expect(made.report.at(-1)!.message).toBe(
        `Values are variance stabilised counts (DESeq2's VST, ${fitType} dispersion trend, blind to the design).`,
      );
    });

  test("about a design", async () => {
    const options = { method: "vst", design: "~ group" } as const;
    const made = await transform(small, options, context);
    expectClose(made.counts.values, vst.design, 0, 1e-6);
    const local = await transform(small, { ...options, fitType: "local" }, context);
    expectClose(local.counts.values, vst.designLocal, 0, 1e-6);
  });

  test("with given size factors", async () => {
    const factors = await sizeFactors(small, undefined, context);
    const made = await transform(small, { method: "vst", sizeFactors: factors }, context);
    expectClose(made.counts.values, vst.parametric, 0, 1e-6);
  });

  test("rpkm is edgeR's, tpm add up", async () => {
    const rpkm = await transform(small, { method: "rpkm", length: "length" }, context);
    expectClose(rpkm.counts.values, vst.rpkm, 1e-9);
    const tpm = await transform(small, { method: "tpm", length: "length" }, context);
    const sums = new Float64Array(6);
    tpm.counts.values.forEach((value, i) => (sums[i % 6] += value));
    expectClose(sums, new Float64Array(6).fill(1e6));
    const error = await failure(transform(small, { method: "tpm", length: "width" }, context));
    expect((error as Error).message).toBe("transform: tpm needs a gene column of lengths: width");
  });

  test("batches removed as limma does, and it says so", async () => {
    const kept = { removeBatch: "batch", keep: "~ group" };
    const made = await transform(small, { method: "logcpm", ...kept }, context);
    expectClose(made.counts.values, vst.removed, 0, 1e-8);
    expect(made.report.at(-1)).toMatchObject({
      level: "warning",
      message:
        "Effects of batch were taken away, those of ~ group kept: for pictures only, not for tests.",
    });
    const both = await transform(small, { removeBatch: ["batch", "age"] }, context);
    expectClose(both.counts.values, vst.removedBoth, 0, 1e-8);
    // On what is on a log scale already.
    const log = await transform(small, { method: "logcpm" }, context);
    expectClose((await transform(log, kept, context)).counts.values, vst.removed, 0, 1e-8);
  });

  test("refuses batches that can't be told from what is kept", async () => {
    const same = { removeBatch: "batch", keep: "~ batch" };
    expect(((await failure(transform(small, same, context))) as Error).message).toBe(
      "transform: removeBatch takes away what keep keeps: batch",
    );
    const idle = { method: "cpm", removeBatch: "batch" } as const;
    expect(((await failure(transform(small, idle, context))) as Error).message).toBe(
      'transform: removeBatch has no effect with method "cpm"',
    );
    const options = { method: "logcpm", design: "~ group" } as const;
    expect(((await failure(transform(small, options, context))) as Error).message).toBe(
      'transform: design has no effect with method "logcpm"',
    );
  });
});
