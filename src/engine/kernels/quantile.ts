import { select } from "./select.ts";

/** The quantile of `values` by linear interpolation, R's default type 7. Reorders them. NaN for none. */
export function quantile(values: Float64Array, probability: number): number {
  const n = values.length;
  if (n === 0) return NaN;
  const position = (n - 1) * probability;
  const below = Math.floor(position);
  const low = select(values, below);
  if (below === n - 1) return low;
  let high = Infinity;
  for (let i = below + 1; i < n; ++i) if (values[i] < high) high = values[i];
  return low + (position - below) * (high - low);
}
