/**
 * The samples of each group in one list: those of group k are `order[starts[k]…starts[k + 1])`, ascending.
 * `groups` holds the group of each sample, 0-based; a negative one leaves the sample out.
 */
export function groupOrder(
  groups: Int32Array,
  nGroups: number,
): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(nGroups + 1);
  for (let s = 0; s < groups.length; ++s) {
    const k = groups[s];
    if (k >= nGroups) throw new RangeError(`group out of range: ${k}`);
    if (k >= 0) ++starts[k + 1];
  }
  for (let k = 0; k < nGroups; ++k) starts[k + 1] += starts[k];
  const next = starts.slice(0, nGroups);
  const order = new Int32Array(starts[nGroups]);
  for (let s = 0; s < groups.length; ++s) if (groups[s] >= 0) order[next[groups[s]]++] = s;
  return { order, starts };
}
