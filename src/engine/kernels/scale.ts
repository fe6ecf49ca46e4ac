import type { Block } from "./block.ts";

/**
 * How stored values become the values worked on: x / divisors[s], or log2((x + priors[s]) / divisors[s])
 * where priors are given. Both hold one number per sample; divisors are above 0, priors at least 0 and
 * above 0 where a stored value is 0.
 */
export interface Scale {
  readonly divisors: Float64Array;
  readonly priors: Float64Array | null;
}

/** What a stored 0 becomes in each sample; kept apart since most values may be 0 and logarithms are slow. */
export function scaledZeros({ divisors, priors }: Scale): Float64Array {
  return divisors.map((divisor, s) => (priors === null ? 0 : Math.log2(priors[s] / divisor)));
}

/** Writes one gene's scaled values into `out[start…start + nSamples)`. */
export function scaleGene(
  block: Block,
  gene: number,
  { divisors, priors }: Scale,
  zeros: Float64Array,
  out: Float64Array,
  start = 0,
): void {
  const { values, nSamples } = block;
  const row = gene * nSamples;
  if (priors === null)
    for (let s = 0; s < nSamples; ++s) out[start + s] = values[row + s] / divisors[s];
  else
    for (let s = 0; s < nSamples; ++s) {
      const x = values[row + s];
      out[start + s] = x === 0 ? zeros[s] : Math.log2((x + priors[s]) / divisors[s]);
    }
}
