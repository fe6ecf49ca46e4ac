/** Squares of independent residuals, in groups that share an expectation: `sums` over `counts` of them, each on average a + b x `loads`. */
export interface ResidualSquares {
  readonly loads: Float64Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  /** How many groups there are. */
  readonly n: number;
}

const tolerance = 1e-6;
const maxRounds = 21;
/** Variances below this share of the largest weigh as if they had it. */
const leastShare = 1e-3;

/**
 * The two variances [a, b] of a mixed model with one random effect, from squared residuals whose expectation is a + b x load: a gamma
 * regression with identity link, which is the residual likelihood (Smyth, Michaud & Scott 2005). Fisher scoring with the damping of
 * Levenberg and Marquardt from least squares, until the step promises less than 1e-6 or 21 rounds are done, as
 * statmod's mixedModel2Fit stops within limma's duplicateCorrelation; where that is short of the maximum, so is this.
 */
export function varianceComponents({ loads, counts, sums, n }: ResidualSquares): [number, number] {
  let [a, b] = leastSquares();
  let now = deviance(a, b);
  let damping = 0;
  for (let round = 0; round < maxRounds; ++round) {
    let most = 0;
    for (let k = 0; k < n; ++k) most = Math.max(most, a + b * loads[k]);
    const floor = most * most * leastShare;
    let [slopeA, slopeB, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (let k = 0; k < n; ++k) {
      const mean = a + b * loads[k];
      const v = Math.max(mean * mean, floor);
      const off = (sums[k] - counts[k] * mean) / v;
      const weight = counts[k] / v;
      slopeA += off;
      slopeB += loads[k] * off;
      aa += weight;
      ab += loads[k] * weight;
      bb += loads[k] * loads[k] * weight;
    }
    if (round === 0) damping = (aa + bb) / 4;
    const limit = 1e15 * Math.max(aa, bb);
    let promised = 0;
    let refused = false;
    for (;;) {
      const determinant = (aa + damping) * (bb + damping) - ab * ab;
      const stepA = ((bb + damping) * slopeA - ab * slopeB) / determinant;
      const stepB = ((aa + damping) * slopeB - ab * slopeA) / determinant;
      const next = deviance(a + stepA, b + stepB);
      if (next <= now) {
        [a, b, now] = [a + stepA, b + stepB, next];
        promised = slopeA * stepA + slopeB * stepB;
        break;
      }
      refused = true;
      damping *= 2;
      if (!(damping < limit)) return [a, b];
    }
    if (promised < tolerance) break;
    if (!refused) damping /= 10;
  }
  return [a, b];

  /** The plain regression of squares on loads, or where it is not above 0 everywhere, no dependence. */
  function leastSquares(): [number, number] {
    let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
    for (let k = 0; k < n; ++k) {
      s0 += counts[k];
      s1 += counts[k] * loads[k];
      s2 += counts[k] * loads[k] * loads[k];
      t0 += sums[k];
      t1 += loads[k] * sums[k];
    }
    const slope = (s0 * t1 - s1 * t0) / (s0 * s2 - s1 * s1);
    const level = (t0 - slope * s1) / s0;
    for (let k = 0; k < n; ++k) if (!(level + slope * loads[k] > 0)) return [t0 / s0, 0];
    return [level, slope];
  }

  /** Less the terms of the squares alone; Infinity where an expectation is not above 0. */
  function deviance(level: number, slope: number): number {
    let sum = 0;
    for (let k = 0; k < n; ++k) {
      const mean = level + slope * loads[k];
      if (!(mean > 0)) return Infinity;
      sum += sums[k] / mean + counts[k] * Math.log(mean);
    }
    return 2 * sum;
  }
}
