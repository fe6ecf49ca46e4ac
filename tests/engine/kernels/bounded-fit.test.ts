import { describe, expect, test } from "vitest";
import { createBinomialFitter, leastRidge } from "../../../src/engine/kernels/binomial-fit.ts";
import { boundedFit } from "../../../src/engine/kernels/bounded-fit.ts";
import { createCountTerms } from "../../../src/engine/kernels/count-terms.ts";
import { designRows } from "../../../src/engine/kernels/design-rows.ts";
import { expectClose } from "../../support/golden.ts";

const n = 6;
const design = designRows({
  values: Float64Array.from({ length: n * 2 }, (_, i) => (i % 2 ? (i >> 1) % 3 : 1)),
  nSamples: n,
  nCoefficients: 2,
});
const sizeFactors = Float64Array.from(design.order, (s) => 0.8 + 0.1 * s);
const ridges = new Float64Array(2).fill(leastRidge);

function termsOf(y: Float64Array) {
  const terms = createCountTerms(n);
  terms.prepare(y);
  return terms;
}

describe("bounded maximisation", () => {
  test("finds what reweighted least squares finds", () => {
    const y = Float64Array.of(40, 55, 130, 90, 210, 340);
    const fit = createBinomialFitter(design, sizeFactors, ridges, termsOf(y)).run(y, 0.2);
    expect(fit.converged).toBe(true);
    const beta = Float64Array.of(0, 0);
    const args = { y, alpha: 0.2, sizeFactors, x: design.x, starts: design.starts, ridges };
    expect(boundedFit(args, beta)).toBe(true);
    expectClose(beta, fit.beta, 1e-4);
  });

  test("stays within its bounds where the likelihood rises for ever", () => {
    const y = Float64Array.of(0, 0, 0, 0, 900, 1200);
    const beta = Float64Array.of(NaN, 80);
    const args = { y, alpha: 0.01, sizeFactors, x: design.x, starts: design.starts, ridges };
    boundedFit(args, beta);
    for (const b of beta) expect(Math.abs(b)).toBeLessThanOrEqual(30 * Math.LN2 + 1e-12);
    expect(beta[1]).toBeGreaterThan(5);
  });

  test("takes over where a coefficient passes its limit", () => {
    // A covariate so small that its coefficient must be huge.
    const tiny = designRows({
      values: Float64Array.from({ length: n * 2 }, (_, i) => (i % 2 ? (i >> 1) * 1e-4 : 1)),
      nSamples: n,
      nCoefficients: 2,
    });
    const sizes = new Float64Array(n).fill(1);
    const y = Float64Array.of(10, 100, 1000, 10_000, 100_000, 1_000_000);
    const fit = createBinomialFitter(tiny, sizes, ridges, termsOf(y)).run(y, 0.1);
    expect(Math.abs(fit.beta[1])).toBeLessThanOrEqual(30 * Math.LN2 + 1e-9);
    expect(fit.mu.every(Number.isFinite)).toBe(true);
  });
});
