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

/** For each sample the upper quartile of count / library size over the genes kept (R's type 7). */
export function upperQuartiles({ columns, nGenes, librarySizes, keep }: UpperQuartilesArgs): {
  quartiles: Float64Array;
} {
  const quartiles = new Float64Array(librarySizes.length);
  const shares = new Float64Array(nGenes);
  for (let s = 0; s < quartiles.length; ++s) {
    let n = 0;
    for (let g = 0; g < nGenes; ++g)
      if (keep[g]) shares[n++] = columns[s * nGenes + g] / librarySizes[s];
    quartiles[s] = quantile(shares.subarray(0, n), 0.75);
  }
  return { quartiles };
}
