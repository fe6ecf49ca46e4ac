import type { Block } from "./block.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";
import { voomWeights } from "./voom-fit.ts";
import { weightedFit } from "./weighted-fit.ts";
import type { SampleVariance } from "./whitening.ts";

export interface BlockCorrelationArgs {
  /** samples x coefficients, of full rank. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  /** The block of each sample, from 0 up. */
  readonly codes: Int32Array;
  /** Values fitted; null takes them as stored. */
  readonly scale: Scale | null;
  /** voom's trend, where values have its weights; and what it was fitted with. */
  readonly voom: {
    readonly trend: { readonly x: Float64Array; readonly y: Float64Array };
    readonly variance: SampleVariance;
  } | null;
}

/** Values of the correlation tried before the best one is refined. */
const nTried = 16;

/**
 * The correlation within blocks of each gene: the maximum of the residual likelihood of a mixed model with a random effect of
 * blocks (Smyth, Michaud & Scott 2005, Bioinformatics 21:2067), between just above -1 / (largest block - 1) and 0.99. NaN for
 * a gene without residual variance.
 */
export function blockCorrelation(
  block: Block,
  { design, nCoefficients: p, codes, scale, voom }: BlockCorrelationArgs,
): { correlation: Float64Array } {
  const { values, nGenes, nSamples: n } = block;
  const correlation = new Float64Array(nGenes);
  const sizes = new Float64Array(Math.max(...codes) + 1);
  for (const code of codes) ++sizes[code];
  const least = 1 / (1 - sizes.reduce((a, b) => Math.max(a, b), 0)) + 0.01;
  const most = 0.99;
  const zeros = scale && scaledZeros(scale);
  const weigh = voom && scale && voomWeights(design, n, p, scale, voom.trend, voom.variance);
  const y = new Float64Array(n);
  const weights = new Float64Array(n).fill(1);
  const coefficients = new Float64Array(p);
  const unscaled = new Float64Array(p);
  const blocks = { codes, correlation: 0 };
  const fit = weightedFit(design, n, p, blocks);

  function likelihood(r: number): number {
    const { sigma, logDeterminant } = fit.at(r, y, weights, coefficients, unscaled, 0);
    let logSize = 0;
    for (const m of sizes) logSize += (m - 1) * Math.log(1 - r) + Math.log(1 + (m - 1) * r);
    return -(n - p) * Math.log(sigma) - 0.5 * (logSize + logDeterminant);
  }

  for (let g = 0; g < nGenes; ++g) {
    if (scale) scaleGene(block, g, scale, zeros!, y);
    else for (let s = 0; s < n; ++s) y[s] = values[g * n + s];
    weigh?.(y, weights);
    correlation[g] = highest(likelihood, least, most);
  }
  return { correlation };
}

/** Where a function is largest in [low, high]: the best of some points, then golden sections about it. */
function highest(f: (x: number) => number, low: number, high: number): number {
  let best = -1;
  let most = -Infinity;
  for (let i = 0; i <= nTried; ++i) {
    const value = f(low + ((high - low) * i) / nTried);
    if (value > most) [best, most] = [i, value];
  }
  if (best < 0 || most === Infinity) return NaN;
  let a = low + ((high - low) * Math.max(0, best - 1)) / nTried;
  let b = low + ((high - low) * Math.min(nTried, best + 1)) / nTried;
  const golden = (Math.sqrt(5) - 1) / 2;
  let c = b - golden * (b - a);
  let d = a + golden * (b - a);
  let [fc, fd] = [f(c), f(d)];
  while (b - a > 1e-8) {
    if (fc > fd) {
      [b, d, fd] = [d, c, fc];
      c = b - golden * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + golden * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
}
