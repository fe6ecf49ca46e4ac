/**
 * The smallest and largest value whose rank (ties sharing their mean rank) is at least `lowest` and at most n + 1 - `lowest`;
 * [Infinity, -Infinity] where there is none.
 */
export function trimmedRange(values: Float64Array, lowest: number): [number, number] {
  const sorted = values.toSorted();
  const n = sorted.length;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < n;) {
    let j = i + 1;
    while (j < n && sorted[j] === sorted[i]) ++j;
    const rank = (i + 1 + j) / 2;
    if (rank >= lowest && low === Infinity) low = sorted[i];
    if (rank <= n + 1 - lowest) high = sorted[i];
    i = j;
  }
  return low <= high ? [low, high] : [Infinity, -Infinity];
}
