import { expect, test } from "vitest";
import { geneLogMeans } from "../../../src/engine/kernels/gene-log-means.ts";
import { median } from "../../../src/engine/kernels/median.ts";
import { medianRatios } from "../../../src/engine/kernels/median-ratios.ts";
import { quantile } from "../../../src/engine/kernels/quantile.ts";
import { trimmedRange } from "../../../src/engine/kernels/trimmed-range.ts";
import { ranks } from "../../../src/engine/kernels/ranks.ts";
import { scaledValues } from "../../../src/engine/kernels/scaled-values.ts";
import { select } from "../../../src/engine/kernels/select.ts";
import { trimmedMeanOfMValues } from "../../../src/engine/kernels/trimmed-mean-of-m-values.ts";
import { blockOf, expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { seeded } from "../../support/random.ts";

const file = golden<{ counts: GoldenMatrix; cpm: number[]; ratio: number[] }>("scaling");
const block = blockOf(file.counts);
const { nGenes, nSamples, values } = block;
const columns = Int32Array.from(
  values,
  (_, i) => values[(i % nGenes) * nSamples + Math.floor(i / nGenes)],
);

test("scaledValues gives edgeR's counts per million", () => {
  const divisors = Float64Array.from({ length: nSamples }, (_, s) => {
    const column = columns.subarray(s * nGenes, (s + 1) * nGenes);
    return column.reduce((a, b) => a + b) / 1e6;
  });
  expectClose(scaledValues(block, { scale: { divisors, priors: null } }).values, file.cpm);
});

test("medianRatios of the geometric means are DESeq2's size factors", () => {
  const { logMean } = geneLogMeans(block, { zeros: "drop" });
  expectClose(medianRatios({ columns, logMeans: logMean }).ratios, file.ratio);
});

test("geneLogMeans drops or skips zeros", () => {
  const two = { nGenes: 2, nSamples: 2, values: Int32Array.of(0, (Math.E ** 2) | 0, 4, 9) };
  expectClose(geneLogMeans(two, { zeros: "drop" }).logMean, [-Infinity, Math.log(6)]);
  expectClose(geneLogMeans(two, { zeros: "skip" }).logMean, [Math.log(7) / 2, Math.log(6)]);
});

test("medianRatios says NaN for a sample without a usable gene", () => {
  const args = { columns: Int32Array.of(0, 3, 2, 4), logMeans: Float64Array.of(1, -Infinity) };
  const { ratios } = medianRatios(args);
  expect(ratios[0]).toBeNaN();
  expect(ratios[1]).toBeCloseTo(2 / Math.E, 14);
});

test("a sample against itself has a factor of 1", () => {
  const reference = columns.subarray(0, nGenes);
  const size = reference.reduce((a, b) => a + b);
  const args = { trimRatios: 0.3, trimAbundances: 0.05, reference, referenceSize: size };
  expect(
    trimmedMeanOfMValues({ ...args, columns: reference, librarySizes: Float64Array.of(size) })
      .factors[0],
  ).toBe(1);
});

test("median, quantile and ranks follow R", () => {
  expect(median(Float64Array.of(10, 9, 100, -1))).toBe(9.5);
  expect(median(new Float64Array(0))).toBeNaN();
  expect(quantile(Float64Array.of(1, 2, 3, 10), 0.75)).toBe(4.75);
  expect(quantile(Float64Array.of(5), 0.75)).toBe(5);
  expect([...ranks(Float64Array.of(10, 2, 2, 7, 2))]).toEqual([5, 2, 2, 4, 2]);
});

test("select and what stands on it agree with sorting", () => {
  const random = seeded(5);
  for (let n = 1; n < 40; ++n) {
    const values = Float64Array.from({ length: n }, () => Math.floor(random() * 12) - 4);
    const sorted = values.toSorted();
    for (let k = 0; k < n; ++k) expect(select(values.slice(), k)).toBe(sorted[k]);
    const half = (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
    expect(median(values.slice())).toBe(half);
    expect(quantile(values.slice(), 0.5)).toBeCloseTo(half, 12);
    expect(quantile(values.slice(), 1)).toBe(sorted[n - 1]);
    const rank = ranks(values);
    for (const lowest of [1, 3, n]) {
      const kept = values.filter((_, i) => rank[i] >= lowest && rank[i] <= n + 1 - lowest);
      const [low, high] = trimmedRange(values.slice(), lowest);
      expect(values.filter((v) => v >= low && v <= high)).toEqual(kept);
    }
  }
});
