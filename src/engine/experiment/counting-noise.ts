/** Genes of fewer counts in both samples together tell little. */
const least = 200;
const fewestGenes = 100;

/**
 * Mean squared Poisson residual of splitting each gene's counts between two samples by their library sizes, over genes of
 * 200 counts or more: about 1 where reads were drawn twice from one library, far more for two animals. NaN where fewer than
 * 100 genes tell. Values of gene g stand at `values[g * nSamples + s]`;
 * `genes` says which are looked at (all).
 */
export function countingNoise(
  values: ArrayLike<number>,
  nSamples: number,
  a: number,
  b: number,
  sizeA: number,
  sizeB: number,
  genes?: Int32Array,
): number {
  const share = sizeA / (sizeA + sizeB);
  const n = genes?.length ?? values.length / nSamples;
  let sum = 0;
  let told = 0;
  for (let k = 0; k < n; ++k) {
    const at = (genes === undefined ? k : genes[k]) * nSamples;
    const x = values[at + a];
    const both = x + values[at + b];
    if (both < least) continue;
    sum += (x - share * both) ** 2 / (both * share * (1 - share));
    ++told;
  }
  return told < fewestGenes ? NaN : sum / told;
}
