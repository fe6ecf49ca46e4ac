import { describe, expect, test } from "vitest";
import { collapse } from "../../../src/engine/analysis/collapse.ts";
import { sizeFactors, type SizeFactorMethod } from "../../../src/engine/analysis/size-factors.ts";
import { transform } from "../../../src/engine/analysis/transform.ts";
import {
  columnNames,
  factor,
  float64,
  makeTable,
  numbers,
  strings,
  utf8,
} from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();
const file = golden<
  { counts: GoldenMatrix; sparse: GoldenMatrix } & Record<
    | "cpm"
    | "logcpm"
    | "logcpmTmm"
    | "ratio"
    | "poscounts"
    | "rle"
    | "tmm"
    | "tmmSparse"
    | "upperquartile",
    number[]
  >
>("scaling");
const experiment = experimentOf(file.counts);
const sparse = experimentOf(file.sparse);
const geometric = (x: Float64Array) => Math.exp(x.reduce((s, v) => s + Math.log(v), 0) / x.length);

describe("sizeFactors", () => {
  test("ratio is DESeq2's, its norm_factor edgeR's RLE", async () => {
    const table = await sizeFactors(experiment, undefined, context);
    expect(columnNames(table)).toEqual(["sample_id", "size_factor", "norm_factor", "library_size"]);
    expectClose(numbers(table, "size_factor"), file.ratio);
    expectClose(numbers(table, "norm_factor"), file.rle);
    expect(strings(table, "sample_id")).toEqual(["s1", "s2", "s3", "s4", "s5", "s6"]);
  });
  test("poscounts is DESeq2's where every gene has a zero", async () => {
    const table = await sizeFactors(sparse, { method: "poscounts" }, context);
    expectClose(numbers(table, "size_factor"), file.poscounts);
    expect(await failure(sizeFactors(sparse, { method: "ratio" }, context))).toMatchObject({
      name: "WorkError",
      message: "no size factors: every gene has a zero in some sample",
      details: { help: expect.stringContaining("poscounts") },
    });
  });
  test.each([
    ["tmm", "tmm", experiment, 1e-10],
    ["tmm", "tmmSparse", sparse, 1e-10],
    ["upperquartile", "upperquartile", experiment, 1e-10],
  ] as const)("%s agrees with edgeR: %s", async (method, key, given, gate) => {
    const table = await sizeFactors(given, { method }, context);
    expectClose(numbers(table, "norm_factor"), file[key], gate);
    const size = numbers(table, "size_factor");
    const library = numbers(table, "library_size");
    expect(geometric(size)).toBeCloseTo(1, 12);
    expectClose(
      size,
      numbers(table, "norm_factor").map((f, s) => (f * library[s]) / geometric(library)),
      1e-12,
    );
  });
  test("is the same for any number of samples in a task", async () => {
    const one = await sizeFactors(experiment, { method: "tmm" }, { pool: context.pool });
    const two = await sizeFactors(experiment, { method: "tmm" }, { ...context, onProgress() {} });
    expect(numbers(one, "size_factor")).toEqual(numbers(two, "size_factor"));
  });
  test("refuses other kinds, methods and empty samples", async () => {
    const log = experimentOf(matrix([0.5, -1]), "log");
    expect(await failure(sizeFactors(log, {}, context))).toMatchObject({
      message: "sizeFactors needs raw counts: this experiment holds log values",
    });
    const method = "tmmm" as SizeFactorMethod;
    expect(await failure(sizeFactors(experiment, { method }, context))).toMatchObject({
      message: "sizeFactors: invalid method: tmmm",
    });
    const empty = experimentOf(matrix([1, 0], [2, 0]));
    expect(await failure(sizeFactors(empty, {}, context))).toMatchObject({
      message: "sizeFactors: a sample has no counts: s2",
    });
  });
});

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

describe("collapse", () => {
  const lanes = experimentOf(matrix([1, 2, 3, 4], [0, 5, 0, 6]), "counts", {
    library: factor(["B", "A", "B", "A"], ["B", "A", "C"]),
    tissue: utf8(["liver", "kidney", "liver", "kidney"]),
    lane: float64([1, 2, 3, 4]),
    age: float64([null, 3, null, 3]),
  });
  test("sums technical replicates and keeps what they share", async () => {
    const result = await collapse(lanes, { by: "library" }, context);
    expect(result.counts).toEqual({ nGenes: 2, nSamples: 2, values: Int32Array.of(4, 6, 0, 11) });
    expect(columnNames(result.samples)).toEqual(["sample_id", "library", "tissue", "age"]);
    expect(strings(result.samples, "sample_id")).toEqual(["B", "A"]);
    expect(strings(result.samples, "tissue")).toEqual(["liver", "kidney"]);
    expect(strings(result.samples, "age")).toEqual([null, "3"]);
    expect(result.report.map((line) => [line.code, line.message])).toEqual([
      ["collapsed", "4 samples were summed to 2 by library."],
      ["columns-dropped", "Sample columns that differ within library were dropped: lane."],
    ]);
  });
  test("refuses sums that don't fit, samples without a level, and other kinds", async () => {
    const big = experimentOf(matrix([2e9, 2e9]), "counts", { a: utf8(["x", "x"]) });
    expect(await failure(collapse(big, { by: "a" }, context))).toMatchObject({
      message: "collapse: a sum is too large for a count: 4000000000",
      details: { help: "Gene g1, x; the most is 2147483647." },
    });
    expect(await failure(collapse(lanes, { by: "age" }, context))).toMatchObject({
      message: "collapse: a sample has no age: s1",
    });
    expect(await failure(collapse(lanes, {}, context))).toMatchObject({
      message: "collapse: invalid by: undefined",
    });
    const fpkm = experimentOf(matrix([1, 2]), "abundance", { a: utf8(["x", "x"]) });
    expect(await failure(collapse(fpkm, { by: "a" }, context))).toMatchObject({
      message: "collapse needs raw counts: this experiment holds abundances",
    });
  });
});
