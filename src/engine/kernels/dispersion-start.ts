import type { DesignRows } from "./design-rows.ts";
import { maxDispersion, minDispersion } from "./dispersion-search.ts";

/**
 * Where the search for a gene's dispersion starts: the smaller of a rough estimate (squared residuals of a linear fit of
 * normalised counts, means floored at 1) and of a moments estimate, clamped to [1e-8, max(10, samples)]. `normalised` is in
 * the design's order; `inverseSize` is the mean of 1 / size factor. Love, Huber & Anders 2014.
 */
export function dispersionStart(
  design: DesignRows,
  normalised: Float64Array,
  mean: number,
  variance: number,
  inverseSize: number,
  fitted: Float64Array,
): number {
  const { nSamples, nCoefficients, nRows, starts } = design;
  linearFit(design, normalised, fitted);
  let sum = 0;
  for (let k = 0; k < nRows; ++k) {
    const m = Math.max(1, fitted[k]);
    for (let i = starts[k]; i < starts[k + 1]; ++i) {
      const d = normalised[i] - m;
      sum += (d * d - m) / (m * m);
    }
  }
  const rough = Math.max(0, sum / (nSamples - nCoefficients));
  const moments = (variance - inverseSize * mean) / (mean * mean);
  return Math.min(Math.max(minDispersion, Math.min(rough, moments)), maxDispersion(nSamples));
}

/** The least-squares fit of `values` at each distinct row of the design, into `fitted`. */
export function linearFit(design: DesignRows, values: Float64Array, fitted: Float64Array): void {
  const { nCoefficients: p, nRows, starts, q, saturated } = design;
  if (saturated) {
    for (let k = 0; k < nRows; ++k) {
      let sum = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) sum += values[i];
      fitted[k] = sum / (starts[k + 1] - starts[k]);
    }
    return;
  }
  fitted.fill(0, 0, nRows);
  for (let a = 0; a < p; ++a) {
    let gamma = 0;
    for (let k = 0; k < nRows; ++k) {
      let sum = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) sum += values[i];
      gamma += q[k * p + a] * sum;
    }
    for (let k = 0; k < nRows; ++k) fitted[k] += q[k * p + a] * gamma;
  }
}
