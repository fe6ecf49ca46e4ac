import { ascendingOrder } from "./ascending-order.ts";
import {
  fitFDistribution,
  flooredAtMedian,
  usable,
  type FDistribution,
} from "./fit-f-distribution.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { lowess } from "./lowess.ts";
import { quantile } from "./quantile.ts";
import { ranks } from "./ranks.ts";
import { fQuantile, fQuantileOfLog } from "./special/f-quantile.ts";
import { logBeta } from "./special/log-beta.ts";
import { logFTail } from "./special/log-f-tail.ts";
import { logGamma } from "./special/log-gamma.ts";

export interface RobustFDistribution extends FDistribution {
  /** df2 of each gene: smaller for those that look like outliers. */
  readonly shrunk: Float64Array;
}

/** Shares of log variances drawn in at the lower and the upper end. */
const tails = [0.05, 0.1] as const;

/**
 * Fits x ~ scale F(df1, df2) robustly: by the moments of winsorised log variances about a trend, and gives genes whose variance is
 * larger than the fit explains fewer prior degrees of freedom. Phipson et al. 2016, Annals of Applied Statistics 10:946.
 */
export function fitFRobustly(
  x: Float64Array,
  df1: Float64Array,
  covariate: Float64Array | null,
): RobustFDistribution {
  const n = x.length;
  const used = usable(x, df1);
  const m = used.length;
  if (m < 3) {
    const plain = fitFDistribution(x, df1, covariate);
    return { ...plain, shrunk: new Float64Array(n).fill(plain.df2) };
  }
  const plain = fitFDistribution(x, df1, covariate);
  const df = used.reduce((most, g) => Math.max(most, df1[g]), 0);
  const values = alike(flooredAtMedian(x, used, 1e-12), used, df1, df, plain);
  const z = values.map(Math.log);
  const at = covariate && Float64Array.from(used, (g) => covariate[g]);
  const trend = at ? lowessTrend(at, z) : new Float64Array(m).fill(trimmedMean(z, tails[1]));
  const residuals = z.map((value, i) => value - trend[i]);
  const low = quantile(residuals.slice(), tails[0]);
  const high = quantile(residuals.slice(), 1 - tails[1]);
  const drawn = residuals.map((r) => Math.min(high, Math.max(low, r)));
  const mean = drawn.reduce((a, b) => a + b, 0) / m;
  const variance = drawn.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (m - 1);

  const infinite = winsorisedMoments(df, Infinity);
  let df2 = Infinity;
  let moments = infinite;
  if (variance > infinite.variance) {
    df2 = solveDf2(df, variance, plain.df2);
    moments = winsorisedMoments(df, df2);
  }
  const centre = trend.map((t) => t + mean - moments.mean);
  const f = z.map((value, i) => Math.exp(value - centre[i]));
  const shrunk = shrink(f, df, df2);
  return spread({ n, used, covariate, at, centre, shrunk, df2 });
}

/** Variances of fewer degrees of freedom as if they had the most: the same tail probability under the plain fit. */
function alike(
  values: Float64Array,
  used: Int32Array,
  df1: Float64Array,
  df: number,
  { scale, df2 }: FDistribution,
): Float64Array {
  return values.map((value, i) => {
    const g = used[i];
    if (df1[g] >= df - 1e-14) return value;
    const f = value / scale[g];
    const upper = logFTail(f, df1[g], df2);
    const lower = logFTail(f, df1[g], df2, true);
    return scale[g] * fQuantileOfLog(Math.min(upper, lower), df, df2, lower < upper);
  });
}

function lowessTrend(x: Float64Array, z: Float64Array): Float64Array {
  const order = ascendingOrder(x);
  const sorted = Float64Array.from(order, (i) => x[i]);
  const delta = 0.01 * (sorted[sorted.length - 1] - sorted[0]);
  const curve = lowess(
    sorted,
    Float64Array.from(order, (i) => z[i]),
    { share: 0.4, delta },
  );
  const out = new Float64Array(x.length);
  order.forEach((i, k) => (out[i] = curve[k]));
  return out;
}

function trimmedMean(values: Float64Array, share: number): number {
  const cut = Math.floor(values.length * share);
  const kept = values.toSorted().subarray(cut, values.length - cut);
  return kept.reduce((a, b) => a + b, 0) / kept.length;
}

const nodes = gaussLegendre(128);

/** Mean and variance of the logarithm of an F variable whose tails are drawn in. */
function winsorisedMoments(df1: number, df2: number): { mean: number; variance: number } {
  const ends = [fQuantile(tails[0], df1, df2), fQuantile(1 - tails[1], df1, df2)];
  const [from, to] = ends.map((f) => f / (1 + f));
  const zs = ends.map(Math.log);
  const width = to - from;
  const density = logDensity(df1, df2);
  const z = new Float64Array(nodes.x.length);
  const share = new Float64Array(nodes.x.length);
  nodes.x.forEach((x, i) => {
    const u = from + width * x;
    z[i] = Math.log(u / (1 - u));
    share[i] = (width * nodes.weight[i] * Math.exp(density(u / (1 - u)))) / (1 - u) ** 2;
  });
  let mean = zs[0] * tails[0] + zs[1] * tails[1];
  for (let i = 0; i < z.length; ++i) mean += share[i] * z[i];
  let variance = (zs[0] - mean) ** 2 * tails[0] + (zs[1] - mean) ** 2 * tails[1];
  for (let i = 0; i < z.length; ++i) variance += share[i] * (z[i] - mean) ** 2;
  return { mean, variance };
}

function logDensity(df1: number, df2: number): (f: number) => number {
  const a = df1 / 2;
  if (df2 === Infinity) {
    const constant = a * Math.log(a) - logGamma(a);
    return (f) => constant + (a - 1) * Math.log(f) - a * f;
  }
  const b = df2 / 2;
  const constant = logBeta(a, b);
  return (f) => {
    const ratio = (df1 * f) / df2;
    return a * Math.log(ratio) - (a + b) * Math.log1p(ratio) - Math.log(f) - constant;
  };
}

/** The df2, not below the plain fit's, at which the winsorised variance is this; by bisection on df2 / (1 + df2). */
function solveDf2(df1: number, variance: number, least: number): number {
  const off = (u: number) => Math.log(variance / winsorisedMoments(df1, u / (1 - u)).variance);
  let low = least === Infinity ? 1 : least / (1 + least);
  let high = 1;
  if (low === 1) return Infinity;
  if (off(low) >= 0) return least;
  let [a, b] = [off(low), Math.log(variance / winsorisedMoments(df1, Infinity).variance)];
  let side = 0;
  for (let i = 0; i < 100 && high - low > 1e-13; ++i) {
    let u = (low * b - high * a) / (b - a);
    if (!(u > low && u < high)) u = (low + high) / 2;
    const at = off(u);
    if (at === 0) return u / (1 - u);
    if (at < 0) {
      [low, a] = [u, at];
      if (side === -1) b /= 2;
      side = -1;
    } else {
      [high, b] = [u, at];
      if (side === 1) a /= 2;
      side = 1;
    }
  }
  const u = (low + high) / 2;
  return u / (1 - u);
}

/** Prior degrees of freedom of each gene, fewer the less its F is explained, and never fewer for a smaller F. */
function shrink(f: Float64Array, df1: number, df2: number): Float64Array {
  const n = f.length;
  const logTail = f.map((value) => logFTail(value, df1, df2));
  const rank = ranks(f);
  const explained = logTail.map((p, i) =>
    Math.min(1, Math.exp(p - Math.log((n - rank[i] + 0.5) / n))),
  );
  const shrunk = new Float64Array(n).fill(df2);
  if (explained.every((p) => p >= 1)) return shrunk;
  const order = ascendingOrder(logTail);
  if (df2 === Infinity) {
    explained.forEach((p, i) => {
      if (p < 1) shrunk[i] = p * n * df1;
    });
  } else {
    const extreme = order[0];
    let outlier = (Math.log(0.5) / logTail[extreme]) * df2;
    outlier *= Math.log(0.5) / logFTail(f[extreme], df1, outlier);
    explained.forEach((p, i) => (shrunk[i] = p * df2 + (1 - p) * outlier));
    // The smallest running mean from the most extreme gene on is the least that any gets.
    let sum = 0;
    let least = Infinity;
    let upTo = 0;
    order.forEach((i, k) => {
      sum += shrunk[i];
      if (sum / (k + 1) <= least) {
        least = sum / (k + 1);
        upTo = k;
      }
    });
    for (let k = 0; k <= upTo; ++k) shrunk[order[k]] = least;
  }
  let most = -Infinity;
  for (const i of order) shrunk[i] = most = Math.max(most, shrunk[i]);
  return shrunk;
}

/** The fit of the usable genes as that of all: the others take the trend at their covariate and the full df2. */
function spread({
  n,
  used,
  covariate,
  at,
  centre,
  shrunk,
  df2,
}: {
  n: number;
  used: Int32Array;
  covariate: Float64Array | null;
  at: Float64Array | null;
  centre: Float64Array;
  shrunk: Float64Array;
  df2: number;
}): RobustFDistribution {
  const scale = new Float64Array(n).fill(NaN);
  const all = new Float64Array(n).fill(df2);
  used.forEach((g, i) => {
    scale[g] = Math.exp(centre[i]);
    all[g] = shrunk[i];
  });
  if (used.length < n) {
    const order = at ? ascendingOrder(at) : Uint32Array.from(used, (_, i) => i);
    for (let g = 0; g < n; ++g)
      if (Number.isNaN(scale[g]))
        scale[g] = Math.exp(at ? lineAt(order, at, centre, covariate![g]) : centre[0]);
  }
  return { scale, df2, shrunk: all };
}

/** Straight lines between the points, the ends' values beyond. */
function lineAt(order: Uint32Array, x: Float64Array, y: Float64Array, at: number): number {
  let low = 0;
  let high = order.length - 1;
  if (!(at > x[order[low]])) return y[order[low]];
  if (at >= x[order[high]]) return y[order[high]];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[order[middle]] <= at) low = middle;
    else high = middle;
  }
  const [a, b] = [order[low], order[high]];
  return y[a] + ((at - x[a]) / (x[b] - x[a])) * (y[b] - y[a]);
}
