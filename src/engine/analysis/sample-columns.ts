import type { Counts } from "../experiment/types.ts";

/** Counts of the samples [from, to), one sample after the other. */
export function sampleColumns(
  { nGenes, nSamples, values }: Counts,
  from: number,
  to: number,
): Int32Array | Float64Array {
  const length = (to - from) * nGenes;
  const out = values instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
  for (let g = 0; g < nGenes; ++g)
    for (let s = from; s < to; ++s) out[(s - from) * nGenes + g] = values[g * nSamples + s];
  return out;
}
