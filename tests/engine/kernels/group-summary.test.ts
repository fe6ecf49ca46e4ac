import { describe, expect, test } from "vitest";
import { groupSummary } from "../../../src/engine/kernels/group-summary.ts";
import { blockOf, expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";

interface Stats {
  mean: number[];
  variance: (number | null)[];
}
const file = golden<{
  counts: GoldenMatrix;
  groups: number[];
  count: Stats;
  cpm: Stats;
  logcpm: Stats;
  detected: number[];
}>("group-summary");
const block = blockOf(file.counts);
const groups = Int32Array.from(file.groups);
const sizes = Float64Array.from({ length: block.nSamples }, (_, s) => {
  let sum = 0;
  for (let g = 0; g < block.nGenes; ++g) sum += block.values[g * block.nSamples + s];
  return sum;
});
const meanSize = sizes.reduce((a, b) => a + b) / sizes.length;
const priors = sizes.map((size) => (2 * size) / meanSize);

describe("groupSummary agrees with R", () => {
  test("on counts", () => {
    const { mean, variance, detected } = groupSummary(block, { groups, nGroups: 3, scale: null });
    expectClose(mean, file.count.mean);
    expectClose(variance, file.count.variance);
    expect([...detected]).toEqual(file.detected);
  });
  test("on counts per million", () => {
    const scale = { divisors: sizes.map((x) => x / 1e6), priors: null };
    const { mean, variance, detected } = groupSummary(block, { groups, nGroups: 3, scale });
    expectClose(mean, file.cpm.mean);
    expectClose(variance, file.cpm.variance);
    expect([...detected]).toEqual(file.detected);
  });
  test("on their logarithms, detected staying that of the counts", () => {
    const scale = { divisors: sizes.map((x, s) => (x + 2 * priors[s]) / 1e6), priors };
    const { mean, variance, detected } = groupSummary(block, { groups, nGroups: 3, scale });
    expectClose(mean, file.logcpm.mean);
    expectClose(variance, file.logcpm.variance, 1e-10, 1e-24);
    expect([...detected]).toEqual(file.detected);
  });
});

describe("groupSummary", () => {
  const small = { nGenes: 1, nSamples: 4, values: Float64Array.of(1e9, 1e9 + 1, 0, 5) };
  test("keeps the variance of large close values", () => {
    const { variance } = groupSummary(small, {
      groups: Int32Array.of(0, 0, -1, -1),
      nGroups: 1,
      scale: null,
    });
    expect(variance[0]).toBe(0.5);
  });
  test("says NaN where a group has too few samples", () => {
    const { mean, variance, detected } = groupSummary(small, {
      groups: Int32Array.of(-1, -1, 0, 2),
      nGroups: 3,
      scale: null,
    });
    expect([...mean]).toEqual([0, NaN, 5]);
    expect([...variance]).toEqual([NaN, NaN, NaN]);
    expect([...detected]).toEqual([0, 0, 1]);
  });
  test("takes a block of no genes", () => {
    const none = { nGenes: 0, nSamples: 2, values: new Int32Array(0) };
    const args = { groups: Int32Array.of(0, 1), nGroups: 2, scale: null };
    expect(groupSummary(none, args).mean.length).toBe(0);
  });
  test("refuses groups that don't fit", () => {
    const args = { groups: Int32Array.of(0), nGroups: 1, scale: null };
    expect(() => groupSummary(small, args)).toThrow("groups for 1 samples, not 4");
    const wrong = { groups: Int32Array.of(0, 0, 0, 7), nGroups: 1, scale: null };
    expect(() => groupSummary(small, wrong)).toThrow("group out of range: 7");
  });
});
