/** A simulated experiment: genes x samples, gene-major, and the group and batch (0 or 1) of each sample. */
export interface SimulatedCounts {
  readonly nGenes: number;
  readonly nSamples: number;
  readonly counts: Int32Array<ArrayBuffer>;
  readonly group: Int32Array<ArrayBuffer>;
  readonly batch: Int32Array<ArrayBuffer>;
}

/**
 * Negative binomial counts of two groups in two batches, half of the samples each: log-normal means (median 60), dispersions about
 * 0.04 + 2 / mean with a scatter of 0.5 on the log scale, libraries that differ by a third, every tenth gene changed between groups and
 * every gene shifted a little between batches. The same seed gives the same counts.
 */
export function simulateCounts(nGenes: number, nSamples: number, seed: number): SimulatedCounts {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const gamma = (shape: number): number => {
    // Marsaglia & Tsang 2000.
    if (shape < 1) return gamma(shape + 1) * (1 - random()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let n = 0;
    for (let product = 1 - random(); product > limit; product *= 1 - random()) ++n;
    return n;
  };
  const group = Int32Array.from({ length: nSamples }, (_, s) => s & 1);
  const batch = Int32Array.from({ length: nSamples }, (_, s) => (s >> 1) & 1);
  const libraries = Float64Array.from({ length: nSamples }, () => Math.exp(0.3 * normal()));
  const counts = new Int32Array(nGenes * nSamples);
  for (let g = 0, i = 0; g < nGenes; ++g) {
    const mean = Math.exp(Math.log(60) + 1.9 * normal());
    const shape = 1 / ((0.04 + 2 / mean) * Math.exp(0.5 * normal()));
    const change = g % 10 === 0 ? Math.exp(0.7 * normal()) : 1;
    const shift = Math.exp(0.25 * normal());
    for (let s = 0; s < nSamples; ++s) {
      const expected = mean * libraries[s] * (group[s] ? change : 1) * (batch[s] ? shift : 1);
      counts[i++] = Math.min(2 ** 31 - 1, poisson((expected * gamma(shape)) / shape));
    }
  }
  return { nGenes, nSamples, counts, group, batch };
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
