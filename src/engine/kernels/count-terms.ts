import { digamma } from "./special/digamma.ts";
import { logGamma } from "./special/log-gamma.ts";

/** The part of a negative binomial log-likelihood that means have no share in, of one gene after the other. */
export interface CountTerms {
  /** Takes the counts of a gene. */
  prepare(y: Float64Array): void;
  /** Works out `value` and `slope` at a dispersion alpha > 0. */
  evaluate(alpha: number): void;
  /** Sum over samples of log gamma(y + r) - log gamma(r) - y log r with r = 1 / alpha. */
  readonly value: number;
  /** Sum over samples of digamma(y + r) - digamma(r). */
  readonly slope: number;
  /** Sum over samples of log y! */
  readonly logFactorials: number;
}

/**
 * Sums of log gamma and digamma differences over the counts of a gene, each distinct count once. Small counts go by the rising
 * product r (r + 1) … (r + y - 1); others by Stirling's series of the difference, which keeps its digits where r is
 * large and both log gammas would be of the order 1e9.
 */
export function createCountTerms(nSamples: number): CountTerms {
  const counts = new Float64Array(nSamples);
  const times = new Float64Array(nSamples);
  const rising = new Float64Array(2 * nSamples + 1);
  let nDistinct = 0;
  let nRising = 0;

  const terms = {
    value: 0,
    slope: 0,
    logFactorials: 0,

    prepare(y: Float64Array) {
      nDistinct = 0;
      let most = 0;
      counts.set(y);
      counts.sort();
      let i = 0;
      while (i < nSamples && counts[i] === 0) ++i;
      while (i < nSamples) {
        const count = counts[i];
        const from = i;
        while (i < nSamples && counts[i] === count) ++i;
        counts[nDistinct] = count;
        times[nDistinct++] = i - from;
        most = count;
      }
      terms.logFactorials = 0;
      for (let j = 0; j < nDistinct; ++j) terms.logFactorials += times[j] * logGamma(counts[j] + 1);
      nRising = most <= 2 * nDistinct && Number.isInteger(most) ? most : 0;
      if (nRising === 0) return;
      // rising[k]: number of samples with a count above k.
      rising.fill(0, 0, nRising);
      for (let j = 0; j < nDistinct; ++j) rising[counts[j] - 1] += times[j];
      for (let k = nRising - 2; k >= 0; --k) rising[k] += rising[k + 1];
    },

    evaluate(alpha: number) {
      let value = 0;
      let slope = 0;
      if (nRising > 0) {
        for (let k = 0; k < nRising; ++k) {
          const t = 1 + k * alpha;
          value += rising[k] * Math.log(t);
          slope += rising[k] / t;
        }
        slope *= alpha;
      } else {
        const r = 1 / alpha;
        if (r >= 10) {
          const atR = tail(r);
          const slopeAtR = slopeTail(r);
          for (let j = 0; j < nDistinct; ++j) {
            const y = counts[j];
            const log = Math.log(1 + y * alpha);
            const x = y + r;
            const inverse = 1 / x;
            const z = inverse * inverse;
            value += times[j] * ((x - 0.5) * log - y + inverse * series(z) - atR);
            slope += times[j] * (log - inverse * 0.5 - slopeSeries(z) - slopeAtR);
          }
        } else {
          const atR = logGamma(r);
          const slopeAtR = digamma(r);
          const logR = Math.log(r);
          for (let j = 0; j < nDistinct; ++j) {
            const y = counts[j];
            const x = y + r;
            if (x >= 10) {
              const log = Math.log(x);
              const inverse = 1 / x;
              const z = inverse * inverse;
              value +=
                times[j] *
                ((x - 0.5) * log - x + 0.9189385332046728 + inverse * series(z) - atR - y * logR);
              slope += times[j] * (log - inverse * 0.5 - slopeSeries(z) - slopeAtR);
            } else {
              value += times[j] * (logGamma(x) - atR - y * logR);
              slope += times[j] * (digamma(x) - slopeAtR);
            }
          }
        }
      }
      terms.value = value;
      terms.slope = slope;
    },
  };
  return terms;
}

/** x (log gamma(x) - (x - ½) log x + x - ½ log 2π) as a series in z = 1 / x², x >= 10. */
function series(z: number): number {
  return (
    0.08333333333333333 +
    z *
      (-0.002777777777777778 +
        z *
          (0.0007936507936507937 +
            z *
              (-0.0005952380952380953 +
                z *
                  (0.0008417508417508417 +
                    z * (-0.0019175269175269176 + z * 0.00641025641025641)))))
  );
}

/** log x - 1 / 2x - digamma(x) as a series in z = 1 / x², x >= 10. */
function slopeSeries(z: number): number {
  return (
    z *
    (0.08333333333333333 -
      z *
        (0.008333333333333333 -
          z *
            (0.003968253968253968 -
              z *
                (0.004166666666666667 -
                  z * (0.007575757575757576 - z * (0.021092796092796094 - z / 12))))))
  );
}

function tail(x: number): number {
  return series(1 / (x * x)) / x;
}

/** What is left of digamma(x) - log x, sign turned. */
function slopeTail(x: number): number {
  return -0.5 / x - slopeSeries(1 / (x * x));
}
