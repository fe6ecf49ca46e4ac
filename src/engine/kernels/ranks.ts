/** Ranks from 1, ties sharing their mean rank (R's rank). No value may be NaN. */
export function ranks(values: Float64Array): Float64Array {
  const n = values.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  order.sort((a, b) => values[a] - values[b] || a - b);
  const out = new Float64Array(n);
  for (let i = 0; i < n;) {
    let j = i + 1;
    while (j < n && values[order[j]] === values[order[i]]) ++j;
    const rank = (i + 1 + j) / 2;
    for (let k = i; k < j; ++k) out[order[k]] = rank;
    i = j;
  }
  return out;
}
