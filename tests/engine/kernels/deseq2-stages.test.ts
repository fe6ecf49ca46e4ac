import { describe, expect, test } from "vitest";
import { deseq2Fit } from "../../../src/engine/kernels/deseq2-fit.ts";
import { deseq2GeneWise } from "../../../src/engine/kernels/deseq2-gene-wise.ts";
import { dispersionPriorVariance } from "../../../src/engine/kernels/dispersion-prior.ts";
import { dispersionTrend } from "../../../src/engine/kernels/dispersion-trend.ts";
import { blockOf, expectClose, golden } from "../../support/golden.ts";
import { floats, modelMatrix, shareWithin, type Stages } from "../../support/deseq2.ts";

const cases = {
  "2 x 2 with batch, means from a fit": "deseq2-two-by-two",
  "6 v 6 with outliers": "deseq2-outliers",
  "8 v 8 with outliers that are replaced": "deseq2-replaced",
  "2 v 2": "deseq2-few",
  "three ages": "deseq2-ages",
};

for (const [title, name] of Object.entries(cases)) {
  const file = golden<Stages>(name);
  const block = blockOf(file.counts);
  const design = modelMatrix(file.design);
  const p = design.nCoefficients;
  const sizeFactors = floats(file.sizeFactors);
  const baseMean = floats(file.baseMean);
  const geneWise = floats(file.geneWise);
  const made = deseq2GeneWise(block, { design, sizeFactors });
  const trend = dispersionTrend({ baseMean, geneWise, fitType: "parametric" });
  const degrees = design.nSamples - p;

  describe(`${title}, each stage fed with R's last`, () => {
    test("mean and gene-wise dispersion", () => {
      expectClose(made.baseMean, baseMean, 1e-9);
      const large = geneWise.map((d) => (d > 1e-6 ? d : NaN));
      expect(shareWithin(made.geneWise, large, 1e-3)).toBeGreaterThanOrEqual(0.99);
      // What the gate leaves open besides: near 1e-8 R's rounding decides.
      expect(shareWithin(made.geneWise, geneWise, 1e-3)).toBeGreaterThanOrEqual(0.995);
    });

    test("trend and prior variance", () => {
      expect(trend.trend.type).toBe("parametric");
      expectClose(trend.values, floats(file.trend), 1e-5);
      expectClose([trend.residualVariance], [file.residualVariance], 1e-8);
      expectClose(
        [dispersionPriorVariance(trend.residualVariance, trend.residuals, degrees)],
        [file.priorVariance],
        1e-6,
      );
    });

    test("posterior dispersion, coefficients, standard errors, Cook's distances", () => {
      const fit = deseq2Fit(block, {
        design,
        reduced: null,
        sizeFactors,
        trend: trend.trend,
        priorVariance: file.priorVariance,
        residualVariance: file.residualVariance,
        geneWise,
        meanBeta: made.meanBeta,
      });
      // R's stages are those before outliers were replaced.
      const kept = (values: ArrayLike<number>, each = 1) =>
        Float64Array.from(values, (v, i) => (fit.refitted[Math.floor(i / each)] ? NaN : v));
      const map = kept(floats(file.map));
      expect(shareWithin(fit.map, map, 1e-3)).toBeGreaterThanOrEqual(0.995);
      expect(shareWithin(fit.map, map, 2e-2)).toBe(1);
      const outlier = kept(floats(file.outlier));
      expect(shareWithin(Float64Array.from(fit.outlier), outlier, 0)).toBe(1);
      const beta = fit.beta.map((b) => b / Math.LN2);
      expect(shareWithin(beta, kept(floats(file.beta), p), 0, 1e-4)).toBeGreaterThanOrEqual(0.999);
      const se = Float64Array.from({ length: block.nGenes * p }, (_, i) => {
        const g = Math.floor(i / p);
        return Math.sqrt(fit.covariance[g * p * p + (i % p) * (p + 1)]) / Math.LN2;
      });
      expect(shareWithin(se, kept(floats(file.se), p), 1e-3)).toBe(1);
      if (name !== "deseq2-replaced")
        expectClose(kept(fit.maxCooks), kept(floats(file.maxCooks)), 1e-6);
    });
  });
}

describe("other trends", () => {
  const file = golden<Stages>("deseq2-two-by-two");
  const args = { baseMean: floats(file.baseMean), geneWise: floats(file.geneWise) };

  for (const fitType of ["local", "mean"] as const)
    test(fitType, () => {
      const trend = dispersionTrend({ ...args, fitType });
      expect(trend.trend.type).toBe(fitType);
      // Means beyond those the trend was fitted to are among them.
      expectClose(trend.values, floats(file[fitType]!.trend), 1e-7);
      expectClose(
        [dispersionPriorVariance(trend.residualVariance, trend.residuals, 6)],
        [file[fitType]!.priorVariance],
        1e-6,
      );
    });

  test("a parametric trend that grows with the mean gives way to a local one, and says so", () => {
    const baseMean = Float64Array.from({ length: 300 }, (_, i) => 2 + i);
    const geneWise = baseMean.map((m) => 0.001 * m);
    const trend = dispersionTrend({ baseMean, geneWise, fitType: "parametric" });
    expect(trend.trend.type).toBe("local");
    expect(trend.fallback).not.toBe("");
    expectClose(trend.values.slice(10, 290), geneWise.slice(10, 290), 0.05);
  });
});

describe("prior variance with few residual degrees of freedom", () => {
  const file = golden<Stages>("deseq2-few");
  for (const [df, key] of [
    [1, "one"],
    [3, "three"],
  ] as const)
    test(`${df}`, () => {
      const { geneWise, trend, priorVariance, residualVariance } = file[key]!;
      const residuals = floats(geneWise)
        .map((d, g) => (d >= 1e-6 ? Math.log(d) - Math.log(floats(trend)[g]) : NaN))
        .filter((r) => !Number.isNaN(r));
      expectClose(
        [dispersionPriorVariance(residualVariance, residuals, df)],
        [priorVariance],
        1e-9,
      );
    });
});
