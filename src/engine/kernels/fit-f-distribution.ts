import { median } from "./median.ts";
import { fitNaturalSpline } from "./natural-spline.ts";
import { digamma } from "./special/digamma.ts";
import { trigamma } from "./special/trigamma.ts";
import { trigammaInverse } from "./special/trigamma-inverse.ts";

/** A prior of variances: scaled F with df1 and df2 degrees of freedom. */
export interface FDistribution {
  /** The prior variance of each gene. */
  readonly scale: Float64Array;
  /** Infinity where variances differ no more than by chance. */
  readonly df2: number;
}

/**
 * Fits x ~ scale F(df1, df2) by the moments of log x (Smyth 2004, SAGMB 3:3, section 6.2); with a covariate log scale
 * follows a natural spline of it of up to 4 degrees of freedom. Genes without degrees of freedom take no part. Variances below
 * 1e-5 of the median count as that.
 */
export function fitFDistribution(
  x: Float64Array,
  df1: Float64Array,
  covariate: Float64Array | null,
): FDistribution {
  const n = x.length;
  const used = usable(x, df1);
  const m = used.length;
  if (m === 0) return { scale: new Float64Array(n).fill(NaN), df2: NaN };
  if (m === 1) return { scale: new Float64Array(n).fill(x[used[0]]), df2: 0 };
  const floored = flooredAtMedian(x, used, 1e-5);
  // Most genes have the same degrees of freedom.
  const byDf = new Map<number, { readonly shift: number; readonly noise: number }>();
  let noise = 0;
  const e = floored.map((value, i) => {
    const half = df1[used[i]] / 2;
    let known = byDf.get(half);
    if (known === undefined)
      byDf.set(half, (known = { shift: Math.log(half) - digamma(half), noise: trigamma(half) }));
    noise += known.noise;
    return Math.log(value) + known.shift;
  });
  noise /= m;
  const at = covariate && Float64Array.from(used, (g) => covariate[g]);
  const df = at ? Math.min(splineDf(m), new Set(at).size) : 1;
  if (at && df > 1) {
    const { variance, predict } = fitNaturalSpline(at, e, df);
    const { df2, shift } = priorOf(variance - noise);
    return { df2, scale: covariate.map((value) => Math.exp(predict(value) + shift)) };
  }
  const mean = e.reduce((a, b) => a + b, 0) / m;
  const squares = e.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const { df2, shift } = priorOf(squares / (m - 1) - noise);
  const scale =
    df2 === Infinity && !at ? floored.reduce((a, b) => a + b, 0) / m : Math.exp(mean + shift);
  return { df2, scale: new Float64Array(n).fill(scale) };
}

/** Genes that have a variance and degrees of freedom. */
export function usable(x: Float64Array, df1: Float64Array): Int32Array {
  const used: number[] = [];
  for (let g = 0; g < x.length; ++g)
    if (df1[g] > 1e-15 && df1[g] < Infinity && x[g] > -1e-15 && x[g] < Infinity) used.push(g);
  return Int32Array.from(used);
}

/** Variances of the usable genes, none below this share of their median. */
export function flooredAtMedian(x: Float64Array, used: Int32Array, share: number): Float64Array {
  const values = Float64Array.from(used, (g) => Math.max(0, x[g]));
  const least = share * (median(values.slice()) || 1);
  return values.map((value) => Math.max(value, least));
}

function splineDf(n: number): number {
  return 1 + (n >= 3 ? 1 : 0) + (n >= 6 ? 1 : 0) + (n >= 30 ? 1 : 0);
}

/** df2, and what it adds to the mean of log variances, from their variance beyond noise. */
function priorOf(variance: number): { df2: number; shift: number } {
  if (!(variance > 0)) return { df2: Infinity, shift: 0 };
  const df2 = 2 * trigammaInverse(variance);
  return { df2, shift: digamma(df2 / 2) - Math.log(df2 / 2) };
}
