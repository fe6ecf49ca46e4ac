import type { ModelMatrix } from "./design-rows.ts";
import { leastRidge } from "./binomial-fit.ts";
import { cauchyScale, normalPriorVariance } from "./shrinkage-priors.ts";
import type { Deseq2ShrinkArgs } from "./deseq2-shrink.ts";
import { invertTriangle } from "./small-matrices.ts";
import { thinQr } from "./thin-qr.ts";

export interface Deseq2PriorArgs {
  readonly type: "cauchy" | "normal";
  /** The design that was fitted, and the one that will be shrunken, in which the fold change is one coefficient. */
  readonly fitted: ModelMatrix;
  readonly design: ModelMatrix;
  readonly coefficient: number;
  /** The intercept's coefficient in `design`, which is left alone; -1 for none. */
  readonly intercept: number;
  /** What deseq2Fit gave for all genes. */
  readonly beta: Float64Array;
  readonly covariance: Float64Array;
  readonly baseMean: Float64Array;
  readonly trend: Float64Array;
}

/** The prior for shrinking, learnt from the unshrunken estimates of all genes. */
export function deseq2Prior(args: Deseq2PriorArgs): { prior: Deseq2ShrinkArgs["prior"] } {
  const { type, coefficient, intercept, beta, covariance, baseMean, trend } = args;
  const p = args.fitted.nCoefficients;
  const n = baseMean.length;
  const weights = changeOfBasis(args.fitted, args.design);
  const combined = (g: number, j: number) => {
    let sum = 0;
    for (let a = 0; a < p; ++a) sum += weights[j * p + a] * beta[g * p + a];
    return baseMean[g] > 0 ? sum : NaN;
  };
  if (type === "cauchy") {
    const estimates = Float64Array.from({ length: n }, (_, g) => combined(g, coefficient));
    const errors = Float64Array.from({ length: n }, (_, g) => {
      let sum = 0;
      for (let a = 0; a < p; ++a)
        for (let b = 0; b < p; ++b)
          sum +=
            weights[coefficient * p + a] *
            covariance[g * p * p + a * p + b] *
            weights[coefficient * p + b];
      return Math.sqrt(sum);
    });
    return { prior: { type, scale: cauchyScale(estimates, errors) } };
  }
  const precision = baseMean.map((mean, g) => 1 / (1 / mean + trend[g]));
  const ridges = Float64Array.from({ length: p }, (_, j) => {
    if (j === intercept) return leastRidge;
    const estimates = Float64Array.from({ length: n }, (_, g) => combined(g, j) / Math.LN2);
    return 1 / (normalPriorVariance(estimates, precision) * Math.LN2 ** 2);
  });
  return { prior: { type, ridges } };
}

/** Rows of weights that give the coefficients of `to` from those of `from`, two codings of one space. */
function changeOfBasis(from: ModelMatrix, to: ModelMatrix): Float64Array {
  const { nSamples: n, nCoefficients: p } = from;
  const { q, r } = thinQr(to.values, n, p);
  const inverse = invertTriangle(r, p);
  const product = new Float64Array(p * p);
  for (let a = 0; a < p; ++a)
    for (let b = 0; b < p; ++b)
      for (let s = 0; s < n; ++s) product[a * p + b] += q[s * p + a] * from.values[s * p + b];
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; ++i)
    for (let j = 0; j < p; ++j)
      for (let k = i; k < p; ++k) out[i * p + j] += inverse[i * p + k] * product[k * p + j];
  // Whole weights come out exact.
  return out.map((w) => (Math.abs(w - Math.round(w)) < 1e-9 ? Math.round(w) : w));
}
