import { cubicSpline, splineAt, type CubicSpline } from "./cubic-spline.ts";
import { trendAt, type Trend } from "./dispersion-trend.ts";
import { quantile } from "./quantile.ts";

/** A function of the normalised count on a log2-like scale on which the variance depends little on the mean. */
export type VarianceStabiliser =
  | Exclude<Trend, { type: "local" }>
  | {
      readonly type: "local";
      readonly spline: CubicSpline;
      readonly slope: number;
      readonly intercept: number;
    };

export interface VarianceStabiliserArgs {
  readonly trend: Trend;
  readonly sizeFactors: Float64Array;
  /** Mean normalised count of every gene, and the largest normalised count of all. */
  readonly baseMean: Float64Array;
  readonly largest: number;
}

const nGrid = 1000;

/**
 * The variance stabilising transformation that a dispersion trend asks for. Closed forms for the parametric and the constant trend; for a local
 * one the integral of 1 / sd over 1,000 points evenly spaced in asinh, made to agree with log2 at the .95 and .999
 * quantiles of the means. Anders & Huber 2010, Genome Biology 11:R106; DESeq2's varianceStabilizingTransformation.
 */
export function varianceStabiliser(args: VarianceStabiliserArgs): {
  stabiliser: VarianceStabiliser;
} {
  const { trend, sizeFactors, baseMean, largest } = args;
  if (trend.type !== "local") return { stabiliser: trend };
  const inverseSize = sizeFactors.reduce((sum, s) => sum + 1 / s, 0) / sizeFactors.length;
  const grid = Float64Array.from({ length: nGrid - 1 }, (_, i) =>
    Math.sinh(((i + 1) * Math.asinh(largest)) / (nGrid - 1)),
  );
  const integrand = grid.map((q) => 1 / Math.sqrt(trendAt(trend, q) * q * q + inverseSize * q));
  const x = new Float64Array(nGrid - 2);
  const y = new Float64Array(nGrid - 2);
  let sum = 0;
  for (let i = 0; i < nGrid - 2; ++i) {
    x[i] = Math.asinh((grid[i] + grid[i + 1]) / 2);
    y[i] = sum += ((grid[i + 1] - grid[i]) * (integrand[i + 1] + integrand[i])) / 2;
  }
  const spline = cubicSpline(x, y);
  const means = baseMean.slice();
  const low = quantile(means, 0.95);
  const high = quantile(means, 0.999);
  const atLow = splineAt(spline, Math.asinh(low));
  const slope = Math.log2(high / low) / (splineAt(spline, Math.asinh(high)) - atLow);
  return {
    stabiliser: { type: "local", spline, slope, intercept: Math.log2(low) - slope * atLow },
  };
}

/** The stabilised value of a normalised count. */
export function stabilise(stabiliser: VarianceStabiliser, q: number): number {
  if (stabiliser.type === "parametric") {
    const { asymptotic: a, extraPoisson: b } = stabiliser;
    return Math.log2((1 + b + 2 * a * q + 2 * Math.sqrt(a * q * (1 + b + a * q))) / (4 * a));
  }
  if (stabiliser.type === "mean") {
    const a = stabiliser.value;
    return (2 * Math.asinh(Math.sqrt(a * q)) - Math.log(4 * a)) / Math.LN2;
  }
  const { spline, slope, intercept } = stabiliser;
  return slope * splineAt(spline, Math.asinh(q)) + intercept;
}
