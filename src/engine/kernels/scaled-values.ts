import type { Block } from "./block.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";

export interface ScaledValuesArgs {
  readonly scale: Scale;
}

/**
 * The block's values on another scale, genes x samples: counts per million with divisors of library
 * size / 1e6, edgeR's cpm(log = TRUE) with priors as well.
 */
export function scaledValues(block: Block, { scale }: ScaledValuesArgs): { values: Float64Array } {
  const { nGenes, nSamples } = block;
  const values = new Float64Array(nGenes * nSamples);
  const zeros = scaledZeros(scale);
  for (let g = 0; g < nGenes; ++g) scaleGene(block, g, scale, zeros, values, g * nSamples);
  return { values };
}
