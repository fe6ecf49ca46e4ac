import { describe, expect, test } from "vitest";
import { sizeFactors, type SizeFactorMethod } from "../../../src/engine/analysis/size-factors.ts";
import { columnNames, numbers, strings } from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { contextForTests, experimentOf, failure, matrix } from "./support.ts";

const context = contextForTests();
const file = golden<
  { counts: GoldenMatrix; sparse: GoldenMatrix } & Record<
    "ratio" | "poscounts" | "rle" | "tmm" | "tmmSparse" | "upperquartile",
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
