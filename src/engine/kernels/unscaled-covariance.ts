import { whitenedDesign, whitenWith, type SampleVariance } from "./whitening.ts";

export interface UnscaledCovarianceArgs {
  /** samples x coefficients. */
  readonly design: Float64Array;
  readonly nSamples: number;
  readonly nCoefficients: number;
  readonly variance: SampleVariance;
}

/** The covariance of coefficients over the residual variance, (X' V^-1 X)^-1, coefficients x coefficients. */
export function unscaledCovariance({
  design,
  nSamples,
  nCoefficients: p,
  variance,
}: UnscaledCovarianceArgs): { covariance: Float64Array } {
  const { inverse } = whitenedDesign(design, nSamples, p, whitenWith(variance, nSamples));
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; ++i)
    for (let j = 0; j < p; ++j)
      for (let k = Math.max(i, j); k < p; ++k)
        covariance[i * p + j] += inverse[i * p + k] * inverse[j * p + k];
  return { covariance };
}
