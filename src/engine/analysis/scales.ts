import type { Scale } from "../pool/index.ts";

/** Counts per million of the library sizes: edgeR's cpm. */
export function cpmScale(sizes: Float64Array): Scale {
  return { divisors: sizes.map((size) => size / 1e6), priors: null };
}

/**
 * log2 counts per million with a prior count in proportion to the library size: edgeR's cpm(log = TRUE,
 * prior.count = 2).
 */
export function logcpmScale(sizes: Float64Array, priorCount = 2): Scale {
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  const priors = sizes.map((size) => (priorCount * size) / mean);
  return { divisors: sizes.map((size, s) => (size + 2 * priors[s]) / 1e6), priors };
}

/** log2(x + 1). */
export function logPlusOneScale(nSamples: number): Scale {
  return {
    divisors: new Float64Array(nSamples).fill(1),
    priors: new Float64Array(nSamples).fill(1),
  };
}
