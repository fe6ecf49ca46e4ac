import { describe, expect, test } from "vitest";
import { sizeFactors } from "../../../src/engine/analysis/size-factors.ts";
import { transform } from "../../../src/engine/analysis/transform.ts";
import { float64, makeTable, numbers, utf8 } from "../../../src/tables/index.ts";
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
