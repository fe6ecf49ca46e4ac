import { select } from "./select.ts";

/**
 * The smallest and largest value whose rank (ties sharing their mean rank) is at least `lowest` and at most n + 1 - `lowest`;
 * [Infinity, -Infinity] where there is none. Reorders `values`, none of which may be NaN.
 */
export function trimmedRange(values: Float64Array, lowest: number): [number, number] {
  const n = values.length;
  const k = Math.ceil(lowest) - 1;
  if (!(k >= 0 && k < n)) return [Infinity, -Infinity];
  let low = select(values, k);
  let below = 0;
  let alike = 0;
  let next = Infinity;
  for (let i = 0; i < n; ++i) {
    const value = values[i];
    if (value < low) ++below;
    else if (value === low) ++alike;
    else if (value < next) next = value;
  }
  if (below + (alike + 1) / 2 < lowest) low = next;
  let high = select(values, n - 1 - k);
  let above = 0;
  alike = 0;
  let previous = -Infinity;
  for (let i = 0; i < n; ++i) {
    const value = values[i];
    if (value > high) ++above;
    else if (value === high) ++alike;
    else if (value > previous) previous = value;
  }
  if (above + (alike + 1) / 2 < lowest) high = previous;
  return low <= high ? [low, high] : [Infinity, -Infinity];
}
