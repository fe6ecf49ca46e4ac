import { select } from "./select.ts";

/** The median, as R's: the mean of the two middle values for an even length. Reorders `values`. NaN for none. */
export function median(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return NaN;
  const half = n >> 1;
  const middle = select(values, half);
  if (n % 2) return middle;
  let below = -Infinity;
  for (let i = 0; i < half; ++i) if (values[i] > below) below = values[i];
  return (below + middle) / 2;
}
