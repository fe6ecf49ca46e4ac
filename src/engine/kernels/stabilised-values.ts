import type { Block } from "./block.ts";
import { stabilise, type VarianceStabiliser } from "./variance-stabiliser.ts";

export interface StabilisedValuesArgs {
  readonly sizeFactors: Float64Array;
  readonly stabiliser: VarianceStabiliser;
}

/** Every count on the stabilised scale, genes x samples. */
export function stabilisedValues(
  { values, nGenes, nSamples }: Block,
  { sizeFactors, stabiliser }: StabilisedValuesArgs,
): { values: Float64Array } {
  const out = new Float64Array(nGenes * nSamples);
  const atZero = stabilise(stabiliser, 0);
  for (let g = 0, i = 0; g < nGenes; ++g)
    for (let s = 0; s < nSamples; ++s, ++i)
      out[i] = values[i] === 0 ? atZero : stabilise(stabiliser, values[i] / sizeFactors[s]);
  return { values: out };
}
