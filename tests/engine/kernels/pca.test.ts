import { expect, test } from "vitest";
import { pca } from "../../../src/engine/kernels/pca.ts";
import { symmetricEigen } from "../../../src/engine/kernels/symmetric-eigen.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { seeded } from "../../support/random.ts";

interface Case {
  values: GoldenMatrix;
  scale: boolean;
  variance: number[];
  scores: number[];
  loadings: number[];
}
const file = golden<Record<"wide" | "wideScaled" | "tall" | "tallScaled", Case>>("pca");

test.each(["wide", "wideScaled", "tall", "tallScaled"] as const)(
  "pca agrees with prcomp: %s",
  (name) => {
    const { values, scale, variance, scores, loadings } = file[name];
    const nGenes = values.nRows;
    const nSamples = values.nColumns;
    const x = Float64Array.from(values.values);
    const result = pca({ values: x, nGenes, nSamples, scale, components: 5 });
    const n = Math.min(nGenes, nSamples - 1);
    expectClose(result.variance, variance.slice(0, n));
    for (let c = 0; c < 5; ++c) {
      const loading = loadings.slice(c * nGenes, (c + 1) * nGenes);
      const largest = loading.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      const sign = Math.sign(largest);
      expectClose(
        result.loadings.subarray(c * nGenes, (c + 1) * nGenes),
        loading.map((v) => v * sign),
        1e-10,
        1e-11,
      );
      expectClose(
        result.scores.subarray(c * nSamples, (c + 1) * nSamples),
        scores.slice(c * nSamples, (c + 1) * nSamples).map((v) => v * sign),
        1e-10,
        1e-11,
      );
    }
  },
);

test("pca of what does not vary has no variance and no NaN", () => {
  const result = pca({
    values: new Float64Array(12).fill(3),
    nGenes: 4,
    nSamples: 3,
    scale: false,
    components: 9,
  });
  expect([...result.variance]).toEqual([0, 0]);
  expect(result.scores.every((v) => v === 0)).toBe(true);
  expect(result.loadings.length).toBe(8);
});

test.each([1, 2, 3, 40])("symmetricEigen rebuilds a matrix of order %i", (n) => {
  const random = seeded(n);
  const m = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j <= i; ++j) m[i * n + j] = m[j * n + i] = random() < 0.2 ? 0 : random() - 0.5;
  const { values, vectors } = symmetricEigen(m, n);
  for (let k = 1; k < n; ++k) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      let rebuilt = 0;
      let product = 0;
      for (let k = 0; k < n; ++k) {
        rebuilt += values[k] * vectors[k * n + i] * vectors[k * n + j];
        product += vectors[i * n + k] * vectors[j * n + k];
      }
      expect(rebuilt).toBeCloseTo(m[i * n + j], 12);
      expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
    }
});

test("symmetricEigen takes a matrix of zeros, and a diagonal one", () => {
  expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  expect([...symmetricEigen(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 3), 3).values]).toEqual([
    5, 3, 1,
  ]);
});
