import { quantile } from "./quantile.ts";

/** What the interval around a mean stands for. */
export const intervals = ["ci", "se", "sd", "quartiles", "none"] as const;
export type Interval = (typeof intervals)[number];

/** In words, for captions. */
export const intervalWords: Record<Interval, string> = {
  ci: "mean and 95 % confidence interval (t)",
  se: "mean and standard error",
  sd: "mean and standard deviation",
  quartiles: "median and quartiles",
  none: "mean",
};

export interface Summary {
  readonly n: number;
  /** The mean, or the median for "quartiles". NaN at n = 0. */
  readonly center: number;
  /** Ends of the interval; NaN where there is none (one value, or "none"). */
  readonly low: number;
  readonly high: number;
}

/** Centre and interval of the values, which hold no NaN. "ci" is mean ± t(0.975, n - 1) s / √n; variance over n - 1. */
export function summarizeValues(values: ArrayLike<number>, interval: Interval): Summary {
  const n = values.length;
  if (n === 0) return { n, center: NaN, low: NaN, high: NaN };
  if (interval === "quartiles") {
    const sorted = Float64Array.from(values).sort();
    return {
      n,
      center: quantile(sorted, 0.5),
      low: n > 1 ? quantile(sorted, 0.25) : NaN,
      high: n > 1 ? quantile(sorted, 0.75) : NaN,
    };
  }
  let mean = 0;
  for (let i = 0; i < n; ++i) mean += values[i];
  mean /= n;
  if (n === 1 || interval === "none") return { n, center: mean, low: NaN, high: NaN };
  let squares = 0;
  for (let i = 0; i < n; ++i) squares += (values[i] - mean) ** 2;
  const sd = Math.sqrt(squares / (n - 1));
  const half =
    interval === "sd" ? sd : (sd / Math.sqrt(n)) * (interval === "ci" ? tQuantile975(n - 1) : 1);
  return { n, center: mean, low: mean - half, high: mean + half };
}

/** The 0.975 quantile of Student's t with `df` whole degrees of freedom, by bisection on the finite series of Abramowitz and Stegun 26.7.3-4. */
export function tQuantile975(df: number): number {
  let low = 1.9;
  let high = 13;
  for (let i = 0; i < 60; ++i) {
    const middle = (low + high) / 2;
    if (twoSided(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function twoSided(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const odd = df % 2 === 1;
  if (df === 1) return (2 * angle) / Math.PI;
  let term = odd ? cos : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= ((k - 1) / k) * cos * cos;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sin * sum) : sin * sum;
}
