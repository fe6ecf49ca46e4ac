import { describe, expect, test } from "vitest";
import { deseq2Shrink } from "../../../src/engine/kernels/deseq2-shrink.ts";
import { cauchyScale, normalPriorVariance } from "../../../src/engine/kernels/shrinkage-priors.ts";
import { expectClose } from "../../support/golden.ts";
import { seeded } from "../../support/random.ts";

const n = 8;
const sizeFactors = Float64Array.from({ length: n }, (_, s) => 0.6 + 0.1 * s);
const group = (s: number) => s % 2;
const design = {
  values: Float64Array.from({ length: n * 2 }, (_, i) => (i % 2 === 0 ? 1 : group(i >> 1))),
  nSamples: n,
  nCoefficients: 2,
};

/** Counts of 40 genes: low and high, with and without an effect, one with a group of zeros, and their dispersions. */
function someGenes() {
  const random = seeded(12);
  const nGenes = 40;
  const values = new Int32Array(nGenes * n);
  const dispersion = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; ++g) {
    dispersion[g] = 0.02 + 0.9 * random() ** 3;
    const base = Math.exp(8 * random());
    const effect = g % 3 === 0 ? Math.exp(4 * (random() - 0.5)) : 1;
    for (let s = 0; s < n; ++s) {
      const noise = Math.exp((random() + random() + random() - 1.5) * Math.sqrt(dispersion[g]) * 2);
      const mean = sizeFactors[s] * base * (group(s) ? effect : 1) * noise;
      values[g * n + s] = g === 5 && group(s) ? 0 : Math.round(mean);
    }
  }
  return { values, nGenes, nSamples: n, dispersion };
}

/** The log posterior as published, less that of means equal to the counts, so that it keeps its digits. */
function logPosterior(y: Int32Array, alpha: number, scale: number, b0: number, b1: number): number {
  let sum = -0.5 * (b0 / 15) ** 2 - Math.log(1 + (b1 / scale) ** 2);
  for (let s = 0; s < n; ++s) {
    const mu = sizeFactors[s] * Math.exp(b0 + b1 * group(s));
    const r = 1 / alpha;
    sum += (y[s] && y[s] * Math.log(mu / y[s])) - (y[s] + r) * Math.log((mu + r) / (y[s] + r));
  }
  return sum;
}

/** The place of the largest value of a function with one peak between two ends. */
function peak(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-9) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (f(a) > f(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** The highest mode by search: the best intercept for each fold change, on a grid and then about its best. */
function bruteForce(y: Int32Array, alpha: number, scale: number): number {
  const best = (b1: number) => {
    const b0 = peak((x) => logPosterior(y, alpha, scale, x, b1), -30, 15);
    return logPosterior(y, alpha, scale, b0, b1);
  };
  let at = 0;
  let most = -Infinity;
  for (let b1 = -12; b1 <= 12; b1 += 0.04) {
    const value = best(b1);
    if (value > most) [most, at] = [value, b1];
  }
  return peak(best, at - 0.04, at + 0.04);
}

describe("apeglm", () => {
  const { dispersion, ...block } = someGenes();
  for (const scale of [0.3, 1, 0.02])
    test(`finds the mode of the published posterior, prior scale ${scale}`, () => {
      const { lfc, deviation } = deseq2Shrink(block, {
        design,
        coefficient: 1,
        sizeFactors,
        dispersion,
        outliers: null,
        prior: { type: "cauchy", scale },
      });
      for (let g = 0; g < block.nGenes; ++g) {
        const y = block.values.subarray(g * n, (g + 1) * n);
        const there = bruteForce(y, dispersion[g], scale);
        const off = Math.abs(lfc[g] - there);
        // Where a group is all zero the top is so flat that the search itself finds it to 1e-5 only.
        expect(off, `gene ${g}: ${lfc[g]}, ${there}`).toBeLessThan(g === 5 ? 1e-5 : 1e-6);
        expect(deviation[g]).toBeGreaterThan(0);
      }
    });

  test("has the curvature of the posterior as its deviation", () => {
    const scale = 0.5;
    const args = { design, coefficient: 1, sizeFactors, dispersion, outliers: null } as const;
    const { lfc, deviation } = deseq2Shrink(block, { ...args, prior: { type: "cauchy", scale } });
    const y = block.values.subarray(0, n);
    const f = (a: number, b: number) => logPosterior(y, dispersion[0], scale, a, b);
    const b1 = lfc[0];
    const b0 = peak((x) => f(x, b1), -30, 15);
    const h = 1e-3;
    const d00 = (f(b0 + h, b1) - 2 * f(b0, b1) + f(b0 - h, b1)) / h ** 2;
    const d11 = (f(b0, b1 + h) - 2 * f(b0, b1) + f(b0, b1 - h)) / h ** 2;
    const d01 =
      (f(b0 + h, b1 + h) - f(b0 + h, b1 - h) - f(b0 - h, b1 + h) + f(b0 - h, b1 - h)) / (4 * h * h);
    expectClose([deviation[0]], [Math.sqrt(-d00 / (d00 * d11 - d01 ** 2))], 1e-3);
  });

  test("leaves genes without a dispersion out", () => {
    const none = dispersion.slice().fill(NaN, 3, 4);
    const { lfc } = deseq2Shrink(block, {
      design,
      coefficient: 1,
      sizeFactors,
      dispersion: none,
      outliers: null,
      prior: { type: "cauchy", scale: 1 },
    });
    expect(lfc[3]).toBeNaN();
    expect(lfc[4]).not.toBeNaN();
  });
});

describe("priors", () => {
  test("the Cauchy scale solves its equation, and stays within its bounds", () => {
    const random = seeded(3);
    const errors = Float64Array.from({ length: 900 }, () => 0.1 + random());
    const normal = () => random() + random() + random() + random() - 2;
    const estimates = errors.map((e) => 0.8 * normal() + e * normal() * Math.sqrt(3));
    estimates[7] = NaN;
    const a = cauchyScale(estimates, errors) ** 2;
    let sum = 0;
    let weights = 0;
    estimates.forEach((b, g) => {
      if (Number.isNaN(b)) return;
      const weight = 1 / (2 * (a + errors[g] ** 2) ** 2);
      sum += (b * b - errors[g] ** 2) * weight;
      weights += weight;
    });
    expectClose([sum / weights], [a], 1e-9);
    expect(
      cauchyScale(
        errors.map(() => 0),
        errors,
      ),
    ).toBe(0.001);
    expect(
      cauchyScale(
        errors.map((_, g) => (g % 2 ? 9 : -9)),
        errors,
      ),
    ).toBe(1);
  });

  test("the normal variance matches the upper quantile", () => {
    const sizes = Float64Array.from({ length: 2001 }, (_, i) => (i - 1000) / 500);
    const weights = sizes.map(() => 1);
    expectClose([normalPriorVariance(sizes, weights)], [(1.9 / 1.959963985) ** 2], 2e-3);
    expect(normalPriorVariance(Float64Array.of(20, NaN), weights)).toBe(1e6);
  });
});
