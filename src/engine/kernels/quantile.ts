/** The quantile of sorted values by linear interpolation, R's default type 7. NaN for none. */
export function quantile(sorted: Float64Array, probability: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const position = (n - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(n - 1, below + 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
