import type { Counts } from "../experiment/types.ts";
import type { Scale } from "../pool/index.ts";

/** Chosen genes on a scale, genes x samples, in the order of `rows`. */
export function rowsOnScale(
  { nSamples, values }: Counts,
  rows: ArrayLike<number>,
  scale: Scale | null,
): Float64Array {
  const out = new Float64Array(rows.length * nSamples);
  for (let i = 0; i < rows.length; ++i)
    for (let s = 0; s < nSamples; ++s) {
      const x = values[rows[i] * nSamples + s];
      out[i * nSamples + s] =
        scale === null
          ? x
          : scale.priors === null
            ? x / scale.divisors[s]
            : Math.log2((x + scale.priors[s]) / scale.divisors[s]);
    }
  return out;
}
