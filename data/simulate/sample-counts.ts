import { exp2 } from "./portable-math.ts";
import { random } from "./random.ts";

/** One library to be counted: what it holds, how much was captured and how deep it was read. */
export interface Library {
  /** Libraries of one pool share its biology and differ by counting alone. */
  readonly pool: number;
  /** Molecules that were caught. */
  readonly molecules: number;
  /** Reads on genes. */
  readonly depth: number;
  /** The share of reads that come from everywhere alike (a spoilt library). */
  readonly ambient?: number;
}

/** What `sampleCounts` needs to know of a gene. */
export interface Source {
  readonly symbol: string;
  /** In bases; 1,000 for all where reads do not grow with length. */
  readonly length: number;
  readonly dispersion: number;
  /** log2 abundance in a pool; -Infinity for none. */
  level(pool: number): number;
}

/**
 * Counts, genes x libraries, gene-major. For each pool and gene the abundance is multiplied by a gamma of the gene's dispersion
 * (so pools are negative binomial); a library catches a Poisson number of molecules of it, and reads each of these a
 * Poisson number of times. So libraries of few molecules miss genes altogether, and dispersion falls with the mean as
 * dispersion + reads per molecule / mean. Every gene has a stream of its own under `name`.
 */
export function sampleCounts(
  name: string,
  genes: readonly Source[],
  nPools: number,
  libraries: readonly Library[],
): Int32Array {
  const all = new Float64Array(nPools);
  const read = new Float64Array(nPools);
  let present = 0;
  for (const gene of genes) {
    let any = false;
    for (let pool = 0; pool < nPools; ++pool) {
      const level = gene.level(pool);
      if (level === -Infinity) continue;
      const amount = exp2(level);
      all[pool] += amount;
      read[pool] += (amount * gene.length) / 1000;
      any = true;
    }
    if (any) ++present;
  }
  const n = libraries.length;
  const values = new Int32Array(genes.length * n);
  const amounts = new Float64Array(nPools);
  genes.forEach((gene, g) => {
    const draw = random(`${name}/${gene.symbol}`);
    for (let pool = 0; pool < nPools; ++pool) {
      const level = gene.level(pool);
      const shape = draw.gamma(1 / gene.dispersion);
      amounts[pool] = level === -Infinity ? 0 : exp2(level) * shape;
    }
    for (let s = 0; s < n; ++s) {
      const { pool, molecules, depth, ambient = 0 } = libraries[s];
      const amount = amounts[pool];
      if (amount === 0) continue;
      const share = 1 - ambient;
      const expected = share * molecules * (amount / all[pool]) + (ambient * molecules) / present;
      const reads =
        share * depth * ((amount * gene.length) / 1000 / read[pool]) + (ambient * depth) / present;
      const caught = draw.poisson(expected);
      if (caught > 0) values[g * n + s] = draw.poisson(reads * (caught / expected));
    }
  });
  return values;
}
