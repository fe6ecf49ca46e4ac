/**
 * One correlation of all genes: their mean on Fisher's scale, 15 % trimmed from either end (Smyth, Michaud & Scott 2005; limma's
 * duplicateCorrelation). Genes without one take no part; 0 where none has.
 */
export function consensusCorrelation(correlations: Float64Array): number {
  const scores = correlations
    .filter((r) => !Number.isNaN(r))
    .map((r) => Math.atanh(r))
    .toSorted();
  const n = scores.length;
  if (n === 0) return 0;
  const cut = Math.floor(0.15 * n);
  const kept = scores.subarray(cut, n - cut);
  return Math.tanh(kept.reduce((a, b) => a + b, 0) / kept.length);
}
