/** Ranks from 1, ties sharing their mean rank (R's rank). No value may be NaN. */
export function ranks(values: Float64Array): Float64Array {
  const n = values.length;
  const sorted = values.toSorted();
  const rank = new Float64Array(n);
  for (let i = 0; i < n;) {
    let j = i + 1;
    while (j < n && sorted[j] === sorted[i]) ++j;
    rank.fill((i + 1 + j) / 2, i, j);
    i = j;
  }
  return values.map((value) => rank[firstPlace(sorted, value)]);
}

/** Where the sorted values cease to be smaller than `value`. */
function firstPlace(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
