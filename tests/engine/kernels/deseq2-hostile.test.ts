import { describe, expect, test } from "vitest";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { seeded } from "../../support/random.ts";

/** Every step on a block of counts in two groups, samples alternating. */
function chain(values: Int32Array, nSamples: number) {
  const block = { values, nGenes: values.length / nSamples, nSamples };
  const design = {
    values: Float64Array.from({ length: nSamples * 2 }, (_, i) => (i % 2 ? (i >> 1) % 2 : 1)),
    nSamples,
    nCoefficients: 2,
  };
  const sizeFactors = new Float64Array(nSamples).fill(1);
  const made = kernels.deseq2GeneWise(block, { design, sizeFactors });
  const degreesOfFreedom = nSamples - 2;
  const { trend, priorVariance, residualVariance } = kernels.deseq2Trend({
    ...made,
    fitType: "parametric",
    degreesOfFreedom,
  });
  const fit = kernels.deseq2Fit(block, {
    ...made,
    design,
    reduced: null,
    sizeFactors,
    trend,
    priorVariance,
    residualVariance,
  });
  return kernels.deseq2Results({
    ...fit,
    nSamples,
    weights: Float64Array.of(0, 1),
    emptyContrast: new Uint8Array(block.nGenes),
    lrtDegrees: 0,
    lfcThreshold: 0,
    alternative: "greaterAbs",
    cooksCutoff: null,
    twoGroups: true,
    alpha: 0.1,
    independentFiltering: true,
  });
}

function usual(nGenes: number, nSamples: number): Int32Array {
  const random = seeded(nSamples);
  return Int32Array.from({ length: nGenes * nSamples }, (_, i) => {
    const mean = 2 + (Math.floor(i / nSamples) % 200);
    return Math.round(mean * -Math.log(random() * random()));
  });
}

describe("hostile counts give numbers or a reason", () => {
  test("up to the largest integer, all zero, and separated without end", () => {
    const values = usual(300, 8);
    values.fill(2 ** 31 - 1, 0, 8);
    values.fill(0, 8, 16);
    for (let s = 0; s < 8; ++s) {
      values[16 + s] = s % 2 ? 2 ** 30 : 0;
      values[24 + s] = s === 3 ? 2 ** 31 - 1 : 0;
      values[32 + s] = s === 3 ? 1 : 0;
    }
    const result = chain(values, 8);
    for (let g = 0; g < 300; ++g) {
      const known = !Number.isNaN(result.pvalue[g]);
      expect(known || result.reason[g] > 0).toBe(true);
      if (g !== 1) expect(Number.isFinite(result.log2FoldChange[g])).toBe(true);
    }
    expect(result.reason[1]).toBe(1);
    expect(result.log2FoldChange[2]).toBeGreaterThan(20);
  });

  test("500 samples", () => {
    const result = chain(usual(40, 500), 500);
    expect(result.pvalue.every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  test("3 samples", () => {
    const result = chain(usual(300, 3), 3);
    expect(result.pvalue.every((p, g) => (p >= 0 && p <= 1) || result.reason[g] > 0)).toBe(true);
  });
});
