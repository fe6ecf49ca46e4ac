import { trimmedRange } from "./trimmed-range.ts";

export interface TmmArgs {
  /** Counts of some samples, one sample after the other, nGenes each. */
  readonly columns: Int32Array | Float64Array;
  /** Total count of each of these samples. */
  readonly librarySizes: Float64Array;
  /** Counts of the reference sample. */
  readonly reference: Int32Array | Float64Array;
  readonly referenceSize: number;
  /** Share trimmed from each end of the log ratios, and of the mean log abundances. */
  readonly trimRatios: number;
  readonly trimAbundances: number;
}

/**
 * The trimmed mean of M values of each sample against the reference, on the ratio scale: genes with counts
 * in both, trimmed by log ratio and by mean abundance, weighted by the inverse of the asymptotic variance of
 * the log ratio. 1 where no gene is left or nothing differs. Robinson & Oshlack 2010, Genome Biology 11:R25;
 * agrees with edgeR's calcNormFactors before it scales the factors to multiply to 1.
 */
export function trimmedMeanOfMValues(args: TmmArgs): { factors: Float64Array } {
  const { columns, librarySizes, reference } = args;
  const nGenes = reference.length;
  const factors = new Float64Array(librarySizes.length);
  for (let s = 0; s < factors.length; ++s)
    factors[s] = oneFactor(columns.subarray(s * nGenes, (s + 1) * nGenes), librarySizes[s], args);
  return { factors };
}

function oneFactor(
  counts: Int32Array | Float64Array,
  size: number,
  { reference, referenceSize, trimRatios, trimAbundances }: TmmArgs,
): number {
  const nGenes = reference.length;
  const ratios = new Float64Array(nGenes);
  const abundances = new Float64Array(nGenes);
  const variances = new Float64Array(nGenes);
  let n = 0;
  let largest = 0;
  for (let g = 0; g < nGenes; ++g) {
    const x = counts[g];
    const r = reference[g];
    if (!(x > 0 && r > 0)) continue;
    const a = Math.log2(x / size);
    const b = Math.log2(r / referenceSize);
    ratios[n] = Math.log2(x / size / (r / referenceSize));
    abundances[n] = (a + b) / 2;
    variances[n] = (size - x) / size / x + (referenceSize - r) / referenceSize / r;
    largest = Math.max(largest, Math.abs(ratios[n]));
    ++n;
  }
  if (n === 0 || largest < 1e-6) return 1;
  const [leastRatio, mostRatio] = trimmedRange(
    ratios.subarray(0, n),
    Math.floor(n * trimRatios) + 1,
  );
  const [leastAbundance, mostAbundance] = trimmedRange(
    abundances.subarray(0, n),
    Math.floor(n * trimAbundances) + 1,
  );
  let weighted = 0;
  let weights = 0;
  for (let i = 0; i < n; ++i) {
    if (ratios[i] < leastRatio || ratios[i] > mostRatio) continue;
    if (abundances[i] < leastAbundance || abundances[i] > mostAbundance) continue;
    weighted += ratios[i] / variances[i];
    weights += 1 / variances[i];
  }
  const log = weighted / weights;
  return Number.isNaN(log) ? 1 : 2 ** log;
}
