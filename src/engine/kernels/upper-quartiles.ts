import { quantile } from "./quantile.ts";

export interface UpperQuartilesArgs {
  /** Counts of some samples, one sample after the other, nGenes each. */
  readonly columns: Int32Array | Float64Array;
  readonly nGenes: number;
  /** Total count of each of these samples. */
  readonly librarySizes: Float64Array;
  /** 1 for a gene that takes part, 0 for one that doesn't (zero in every sample). */
  readonly keep: Uint8Array;
}

/** Counts below this are tallied, which is quicker than selecting. */
const nTallied = 4096;

/** For each sample the upper quartile of count / library size over the genes kept (R's type 7). */
export function upperQuartiles({ columns, nGenes, librarySizes, keep }: UpperQuartilesArgs): {
  quartiles: Float64Array;
} {
  const quartiles = new Float64Array(librarySizes.length);
  const shares = new Float64Array(nGenes);
  const tally = new Uint32Array(nTallied);
  const n = keep.reduce((sum, kept) => sum + kept, 0);
  const position = (n - 1) * 0.75;
  const below = Math.floor(position);
  for (let s = 0; s < quartiles.length; ++s) {
    const size = librarySizes[s];
    const counts = columns.subarray(s * nGenes, (s + 1) * nGenes);
    const pair = n > 0 && counts instanceof Int32Array ? tallied(counts) : null;
    if (pair) {
      const low = pair[0] / size;
      quartiles[s] = low + (position - below) * (pair[1] / size - low);
      continue;
    }
    let m = 0;
    for (let g = 0; g < nGenes; ++g) if (keep[g]) shares[m++] = counts[g] / size;
    quartiles[s] = quantile(shares.subarray(0, m), 0.75);
  }
  return { quartiles };

  /** The counts on either side of the quartile; null where either is too large to be tallied. */
  function tallied(counts: Int32Array): [number, number] | null {
    tally.fill(0);
    for (let g = 0; g < nGenes; ++g) {
      const x = counts[g];
      if (x < nTallied && keep[g]) ++tally[x];
    }
    let sum = 0;
    let low = -1;
    for (let x = 0; x < nTallied; ++x) {
      sum += tally[x];
      if (low < 0 && sum > below) low = x;
      if (sum > Math.min(n - 1, below + 1)) return [low, x];
    }
    return null;
  }
}
