import { median } from "./median.ts";

export interface MedianRatiosArgs {
  /** Counts of some samples, one sample after the other, nGenes each. */
  readonly columns: Int32Array | Float64Array;
  /** The mean log count of each gene; genes where it is not finite are left out. */
  readonly logMeans: Float64Array;
}

/**
 * For each sample exp(median over genes of log count - mean log count), over genes with a count above 0;
 * NaN where there is none. Anders & Huber 2010, Genome Biology 11:R106.
 */
export function medianRatios({ columns, logMeans }: MedianRatiosArgs): { ratios: Float64Array } {
  const nGenes = logMeans.length;
  const nSamples = nGenes ? columns.length / nGenes : 0;
  const ratios = new Float64Array(nSamples);
  const logs = new Float64Array(nGenes);
  for (let s = 0; s < nSamples; ++s) {
    let n = 0;
    for (let g = 0; g < nGenes; ++g) {
      const count = columns[s * nGenes + g];
      if (count > 0 && logMeans[g] > -Infinity) logs[n++] = Math.log(count) - logMeans[g];
    }
    ratios[s] = Math.exp(median(logs.subarray(0, n)));
  }
  return { ratios };
}
