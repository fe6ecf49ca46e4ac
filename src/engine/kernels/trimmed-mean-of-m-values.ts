import { trimmedRange } from "./trimmed-range.ts";

/** Counts below this have the logarithms of their shares kept. */
export const nKept = 1024;

/** The factor of one sample of this library size against the reference. */
export interface TrimmedMean {
  factor(counts: Int32Array | Float64Array, size: number): number;
  release(): void;
}

/** Makes what `trimmedMean` or its twin is for the reference of these. */
export type MakeTrimmedMean = (args: TmmArgs) => TrimmedMean;

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
export function trimmedMeanOfMValues(
  args: TmmArgs,
  makeMean: MakeTrimmedMean = trimmedMean,
): { factors: Float64Array } {
  const { columns, librarySizes, reference } = args;
  const nGenes = reference.length;
  const factors = new Float64Array(librarySizes.length);
  const mean = makeMean(args);
  try {
    for (let s = 0; s < factors.length; ++s)
      factors[s] = mean.factor(columns.subarray(s * nGenes, (s + 1) * nGenes), librarySizes[s]);
  } finally {
    mean.release();
  }
  return { factors };
}

/** Logarithms to base 2 of the reference's shares. */
export function logShares({ reference, referenceSize }: TmmArgs): Float64Array {
  return Float64Array.from(reference, (r) => Math.log2(r / referenceSize));
}

export function trimmedMean(args: TmmArgs): TrimmedMean {
  const logReference = logShares(args);
  const room = Array.from({ length: 3 }, () => new Float64Array(args.reference.length));
  return {
    factor: (counts, size) => oneFactor(counts, size, args, logReference, room),
    release() {},
  };
}

function oneFactor(
  counts: Int32Array | Float64Array,
  size: number,
  { reference, referenceSize, trimRatios, trimAbundances }: TmmArgs,
  logReference: Float64Array,
  [ratios, abundances, room]: readonly Float64Array[],
): number {
  const nGenes = reference.length;
  const logs = new Float64Array(nKept);
  let n = 0;
  let least = Infinity;
  let most = 0;
  for (let g = 0; g < nGenes; ++g) {
    const x = counts[g];
    const r = reference[g];
    if (!(x > 0 && r > 0)) continue;
    let log = x < nKept ? logs[x] : 0;
    if (!log) {
      log = Math.log2(x / size);
      if (x < nKept) logs[x] = log;
    }
    const ratio = x / size / (r / referenceSize);
    ratios[n] = ratio;
    abundances[n] = (log + logReference[g]) / 2;
    if (ratio > most) most = ratio;
    if (ratio < least) least = ratio;
    ++n;
  }
  if (n === 0 || Math.max(Math.log2(most), -Math.log2(least)) < 1e-6) return 1;
  // Ratios rank as their logarithms do, which only those need that stay.
  const part = room.subarray(0, n);
  part.set(ratios.subarray(0, n));
  const [leastRatio, mostRatio] = trimmedRange(part, Math.floor(n * trimRatios) + 1);
  part.set(abundances.subarray(0, n));
  const [leastAbundance, mostAbundance] = trimmedRange(part, Math.floor(n * trimAbundances) + 1);
  let weighted = 0;
  let weights = 0;
  for (let g = 0, i = -1; g < nGenes; ++g) {
    const x = counts[g];
    const r = reference[g];
    if (!(x > 0 && r > 0)) continue;
    ++i;
    if (ratios[i] < leastRatio || ratios[i] > mostRatio) continue;
    if (abundances[i] < leastAbundance || abundances[i] > mostAbundance) continue;
    const variance = (size - x) / (size * x) + (referenceSize - r) / (referenceSize * r);
    weighted += Math.log2(ratios[i]) / variance;
    weights += 1 / variance;
  }
  const log = weighted / weights;
  return Number.isNaN(log) ? 1 : 2 ** log;
}
