import type { DesignRows } from "./design-rows.ts";
import { cholesky, quadraticForm } from "./small-matrices.ts";
import type { CountTerms } from "./count-terms.ts";

/** Smallest and largest log dispersion a step may reach, the least gain worth going on for, and the value where ascent ends. */
const lowest = -30;
const highest = 10;
const leastGain = 1e-6;
const logTooSmall = Math.log(1e-9);
const sufficient = 1e-4;
const maxRounds = 100;

/** The smallest dispersion that is reported. */
export const minDispersion = 1e-8;

/** The largest: 10, or the number of samples where that is more. */
export function maxDispersion(nSamples: number): number {
  return Math.max(10, nSamples);
}

export interface DispersionSearch {
  /**
   * The dispersion of one gene from `start`, given counts, which `terms` has taken, and their means in the design's order. A `priorVariance` above 0 adds
   * a normal prior on its logarithm about `logPriorMean`. Clamped to what is reported.
   */
  search(
    y: Float64Array,
    mu: Float64Array,
    start: number,
    logPriorMean: number,
    priorVariance: number,
    keepStart: boolean,
  ): number;
}

/**
 * Maximises the negative binomial log-likelihood of a gene plus the Cox-Reid term over log dispersion: ascent with Armijo
 * backtracking (first step 1; 1.1 times the last up to 1 after an accepted step, every fifth of which halves it; half after
 * a refused one; a gain below 1e-6, a dispersion below 1e-9 or 100 rounds end it), then, where that did not converge, a
 * grid of 20 points twice. Love, Huber & Anders 2014; Cox & Reid 1987. Where the ascent stops is part of the
 * answer, and it follows the engine's Math.log in the last bit: near a stop two engines may part by about 1e-6.
 */
export function createDispersionSearch(design: DesignRows, terms: CountTerms): DispersionSearch {
  const { nSamples, nCoefficients: p, nRows, saturated, starts, q, logDetR, logDetRows } = design;
  const weights = new Float64Array(nRows);
  const squares = new Float64Array(nRows);
  const matrix = new Float64Array(p * p);
  const room = new Float64Array(p);
  const max = maxDispersion(nSamples);
  let y: Float64Array;
  let mu: Float64Array;
  let priorMean = 0;
  let priorVariance = 0;
  let slope = 0;

  /** The log posterior at a log dispersion; leaves its derivative in `slope`. */
  function evaluate(logAlpha: number): number {
    const alpha = Math.exp(logAlpha);
    const r = 1 / alpha;
    terms.evaluate(alpha);
    let value = terms.value;
    let bracket = -terms.slope;
    for (let k = 0; k < nRows; ++k) {
      let w1 = 0;
      let w2 = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) {
        const m = mu[i];
        const t = 1 + m * alpha;
        const inverse = 1 / t;
        const w = m * inverse;
        const log = Math.log(t);
        w1 += w;
        w2 += w * w;
        value -= (y[i] + r) * log;
        bracket += log + (y[i] - m) * alpha * inverse;
      }
      weights[k] = w1;
      squares[k] = w2;
    }
    slope = r * bracket;
    // Cox-Reid: -½ log det X'WX, whose weights change by -w² with alpha.
    let logDet = 2 * logDetR;
    let change = 0;
    if (saturated) {
      logDet += 2 * logDetRows;
      let product = 1;
      for (let k = 0; k < nRows; ++k) {
        product *= weights[k];
        change += squares[k] / weights[k];
        if (product > 1e100 || product < 1e-100) {
          logDet += Math.log(product);
          product = 1;
        }
      }
      logDet += Math.log(product);
    } else {
      matrix.fill(0);
      for (let k = 0; k < nRows; ++k)
        for (let a = 0; a < p; ++a) {
          const wq = weights[k] * q[k * p + a];
          for (let b = 0; b <= a; ++b) matrix[a * p + b] += wq * q[k * p + b];
        }
      if (!cholesky(matrix, p)) return NaN;
      for (let a = 0; a < p; ++a) logDet += 2 * Math.log(matrix[a * p + a]);
      for (let k = 0; k < nRows; ++k)
        change += squares[k] * quadraticForm(matrix, p, q, k * p, room);
    }
    value -= 0.5 * logDet;
    slope += 0.5 * alpha * change;
    if (priorVariance > 0) {
      const off = logAlpha - priorMean;
      value -= (0.5 * off * off) / priorVariance;
      slope -= off / priorVariance;
    }
    return value;
  }

  function onGrid(): number {
    let low = Math.log(minDispersion);
    let step = (Math.log(max) - low) / 19;
    let best = bestOf(low, step);
    low = best - step;
    step = (2 * step) / 19;
    best = bestOf(low, step);
    return best;
  }

  function bestOf(low: number, step: number): number {
    let best = low;
    let most = -Infinity;
    for (let i = 0; i < 20; ++i) {
      const value = evaluate(low + i * step);
      if (value > most) {
        most = value;
        best = low + i * step;
      }
    }
    return best;
  }

  return {
    search(counts, means, start, logPriorMean, variance, keepStart) {
      y = counts;
      mu = means;
      priorMean = logPriorMean;
      priorVariance = variance;
      let at = Math.log(start);
      let value = evaluate(at);
      const first = value;
      let step = 1;
      let accepted = 0;
      let rounds = 0;
      while (rounds < maxRounds) {
        ++rounds;
        const from = slope;
        if (at + step * from < lowest) step = (lowest - at) / from;
        if (at + step * from > highest) step = (highest - at) / from;
        const next = at + step * from;
        const there = evaluate(next);
        if (there >= value + step * sufficient * from * from) {
          ++accepted;
          at = next;
          const gain = there - value;
          if (gain < leastGain) {
            value = there;
            break;
          }
          if (at < logTooSmall) break;
          value = there;
          step = Math.min(step * 1.1, 1);
          if (accepted % 5 === 0) step /= 2;
        } else {
          slope = from;
          step /= 2;
        }
      }
      let alpha = Math.exp(at);
      if (keepStart && value < first + Math.abs(first) / 1e6) alpha = start;
      const converged = rounds < maxRounds && !(keepStart && rounds === 1);
      if (!converged && (!keepStart || alpha > minDispersion * 10)) alpha = Math.exp(onGrid());
      return Math.min(Math.max(alpha, minDispersion), max);
    },
  };
}
