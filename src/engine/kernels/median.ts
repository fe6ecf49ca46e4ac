/** The median, as R's: the mean of the two middle values for an even length. Sorts `values` in place. NaN for none. */
export function median(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return NaN;
  values.sort();
  const half = n >> 1;
  return n % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}
