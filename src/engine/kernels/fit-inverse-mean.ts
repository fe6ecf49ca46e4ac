/**
 * The coefficients of dispersion = a0 + a1 / mean: a gamma regression with identity link, repeated on the genes whose ratio to the last
 * fit is within (1e-4, 15) from (0.1, 1) until the squared log ratio of coefficients is below 1e-6. In words why where it
 * fails: a coefficient at or below 0, or more than 10 rounds. Love, Huber & Anders 2014.
 */
export function fitInverseMean(
  means: Float64Array,
  dispersions: Float64Array,
): readonly [number, number] | string {
  let a: readonly [number, number] = [0.1, 1];
  for (let round = 0; round <= 10; ++round) {
    const kept: number[] = [];
    for (let g = 0; g < means.length; ++g) {
      const ratio = dispersions[g] / (a[0] + a[1] / means[g]);
      if (ratio > 1e-4 && ratio < 15) kept.push(g);
    }
    const fit = gammaFit(
      Float64Array.from(kept, (g) => 1 / means[g]),
      Float64Array.from(kept, (g) => dispersions[g]),
      a,
    );
    if (fit === null) return "the gamma regression has no fit";
    const { coefficients, converged } = fit;
    if (!(coefficients[0] > 0 && coefficients[1] > 0)) return "a coefficient is not above 0";
    const change = Math.log(coefficients[0] / a[0]) ** 2 + Math.log(coefficients[1] / a[1]) ** 2;
    a = coefficients;
    if (change < 1e-6 && converged) return a;
  }
  return "it did not settle in 10 rounds";
}

/**
 * Gamma regression of y on an intercept and x with identity link, by reweighted least squares from `start` until the deviance
 * changes by less than 1e-8 of itself, at most 25 rounds; steps that leave a mean at or below 0 are halved. Null where there
 * is none. McCullagh & Nelder 1989.
 */
function gammaFit(x: Float64Array, y: Float64Array, start: readonly [number, number]) {
  const n = x.length;
  let a = start;
  let old = deviance(x, y, a);
  if (n < 2 || !Number.isFinite(old)) return null;
  for (let round = 0; round < 25; ++round) {
    let s0 = 0;
    let s1 = 0;
    let sy = 0;
    for (let i = 0; i < n; ++i) {
      const w = (a[0] + a[1] * x[i]) ** -2;
      s0 += w;
      s1 += w * x[i];
      sy += w * y[i];
    }
    const mx = s1 / s0;
    const my = sy / s0;
    let sxx = 0;
    let sxy = 0;
    for (let i = 0; i < n; ++i) {
      const w = (a[0] + a[1] * x[i]) ** -2;
      const d = x[i] - mx;
      sxx += w * d * d;
      sxy += w * d * (y[i] - my);
    }
    if (!(sxx > 0)) return null;
    let next: readonly [number, number] = [my - (sxy / sxx) * mx, sxy / sxx];
    let there = deviance(x, y, next);
    for (let halving = 0; !Number.isFinite(there); ++halving) {
      if (halving === 25) return null;
      next = [(next[0] + a[0]) / 2, (next[1] + a[1]) / 2];
      there = deviance(x, y, next);
    }
    a = next;
    if (Math.abs(there - old) / (Math.abs(there) + 0.1) < 1e-8)
      return { coefficients: a, converged: true };
    old = there;
  }
  return { coefficients: a, converged: false };
}

/** The gamma deviance; NaN where a mean is not above 0. */
function deviance(x: Float64Array, y: Float64Array, [a0, a1]: readonly [number, number]): number {
  let sum = 0;
  for (let i = 0; i < x.length; ++i) {
    const mu = a0 + a1 * x[i];
    if (!(mu > 0)) return NaN;
    sum += (y[i] - mu) / mu - Math.log(y[i] / mu);
  }
  return 2 * sum;
}
