import { residualTables } from "./dispersion-prior-tables.ts";
import { evaluateCurve, localQuadratic } from "./local-regression.ts";
import { trigamma } from "./special/trigamma.ts";

/** The least variance of the prior. */
const least = 0.25;
const nVariances = 200;
const nBins = 40;

/** Where the smoother over the 200 variances has its vertices, beside one 0.04 beyond each end. */
const vertices = [
  6, 12, 18, 24, 31, 37, 43, 49, 56, 62, 68, 74, 81, 87, 93, 99, 106, 112, 118, 124, 131, 137, 143,
  149, 156, 162, 168, 174, 181, 187, 193,
];

/**
 * The variance of the normal prior on log dispersion: what the spread of log gene-wise dispersions about the trend has beyond their
 * sampling variance trigamma(df / 2), at least 0.25. With 3 residual degrees of freedom or fewer the distribution of
 * residuals is matched against simulated ones instead. Love, Huber & Anders 2014.
 */
export function dispersionPriorVariance(
  residualVariance: number,
  residuals: Float64Array,
  degreesOfFreedom: number,
): number {
  const variance =
    degreesOfFreedom <= 3
      ? matchedVariance(residuals, degreesOfFreedom)
      : residualVariance - trigamma(degreesOfFreedom / 2);
  return Math.max(variance, least);
}

/** The variance whose simulated residuals are nearest by Kullback-Leibler divergence, smoothed over variances. */
function matchedVariance(residuals: Float64Array, df: number): number {
  const observed = new Float64Array(nBins);
  let n = 0;
  for (const residual of residuals) {
    if (!(residual > -10 && residual < 10)) continue;
    // Bins are closed on the right.
    ++observed[Math.ceil(residual * 2) + 19];
    ++n;
  }
  if (n === 0) return 0;
  for (let b = 0; b < nBins; ++b) observed[b] /= n * 0.5;
  const counts = decode(residualTables[df - 1]);
  const grid = Float64Array.from({ length: nVariances }, (_, i) => (8 * i) / (nVariances - 1));
  const divergences = grid.map((_, v) =>
    divergence(observed, counts.subarray(v * nBins, (v + 1) * nBins)),
  );
  const knots = Float64Array.from([-0.04, ...vertices.map((i) => grid[i]), 8.04]);
  const fits = Array.from(knots, (t) => {
    const distances = grid.map((x) => Math.abs(x - t)).sort();
    return localQuadratic(grid, divergences, null, t, distances[nVariances * 0.2 - 1]);
  });
  const curve = {
    knots,
    values: Float64Array.from(fits, (f) => f.value),
    slopes: Float64Array.from(fits, (f) => f.slope),
    curvature: 0,
  };
  let best = 0;
  let smallest = Infinity;
  for (let i = 0; i < 1000; ++i) {
    const t = (8 * i) / 999;
    const value = evaluateCurve(curve, t);
    if (value < smallest) {
      smallest = value;
      best = t;
    }
  }
  return best;
}

function divergence(observed: Float64Array, counts: Float64Array): number {
  const n = counts.reduce((sum, c) => sum + c, 0) * 0.5;
  let small = Infinity;
  for (let b = 0; b < nBins; ++b) {
    if (observed[b] > 0) small = Math.min(small, observed[b]);
    if (counts[b] > 0) small = Math.min(small, counts[b] / n);
  }
  let sum = 0;
  for (let b = 0; b < nBins; ++b)
    sum += observed[b] * (Math.log(observed[b] + small) - Math.log(counts[b] / n + small));
  return sum;
}

function decode(text: string): Float64Array {
  const value = (i: number) => {
    const c = text.charCodeAt(i);
    if (c >= 97) return c - 71;
    if (c >= 65) return c - 65;
    if (c >= 48) return c + 4;
    return c === 43 ? 62 : 63;
  };
  return Float64Array.from(
    { length: text.length / 2 },
    (_, i) => value(2 * i) * 64 + value(2 * i + 1),
  );
}
