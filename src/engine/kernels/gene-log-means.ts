import type { Block } from "./block.ts";

export interface GeneLogMeansArgs {
  /** "drop" gives no mean to a gene with a zero; "skip" sums logs over the positive counts only. */
  readonly zeros: "drop" | "skip";
}

/**
 * The mean log count of each gene, i.e. the log of its geometric mean; -Infinity for a gene without one.
 * With zeros "skip" the sum of logs of the positive counts is still divided by all samples (the modified
 * geometric mean of DESeq2's "poscounts"). Anders & Huber 2010, Genome Biology 11:R106.
 */
export function geneLogMeans(
  { values, nGenes, nSamples }: Block,
  { zeros }: GeneLogMeansArgs,
): { logMean: Float64Array } {
  const logMean = new Float64Array(nGenes).fill(-Infinity);
  for (let g = 0; g < nGenes; ++g) {
    let sum = 0;
    let positive = 0;
    for (let i = g * nSamples; i < (g + 1) * nSamples; ++i) {
      if (values[i] > 0) {
        sum += Math.log(values[i]);
        ++positive;
      } else if (zeros === "drop") {
        positive = 0;
        break;
      }
    }
    if (positive > 0) logMean[g] = sum / nSamples;
  }
  return { logMean };
}
