/**
 * Sideways offsets in px that keep dots of one group apart: each dot, in ascending order of `positions` (px along the value
 * axis), takes the free place nearest the middle. Where that would pass `halfWidth` the group is squeezed to fit. Deterministic:
 * ties stand in input order. Returns offsets in input order.
 */
export function swarm(
  positions: ArrayLike<number>,
  radius: number,
  halfWidth: number,
): Float64Array {
  const n = positions.length;
  const offsets = new Float64Array(n);
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => positions[a] - positions[b] || a - b,
  );
  if (n > most) {
    for (let i = 0; i < n; ++i) offsets[i] = (2 * fraction(i + 1) - 1) * halfWidth;
    return offsets;
  }
  const reach = 2 * radius;
  let widest = 0;
  let first = 0;
  const placed: number[] = [];
  for (const i of order) {
    const y = positions[i];
    while (first < placed.length && y - positions[placed[first]] >= reach) ++first;
    const blocked: [number, number][] = [];
    for (let k = first; k < placed.length; ++k) {
      const dy = y - positions[placed[k]];
      const dx = Math.sqrt(Math.max(0, reach * reach - dy * dy));
      blocked.push([offsets[placed[k]] - dx, offsets[placed[k]] + dx]);
    }
    offsets[i] = nearestFree(blocked);
    widest = Math.max(widest, Math.abs(offsets[i]));
    placed.push(i);
  }
  if (widest > halfWidth) for (let i = 0; i < n; ++i) offsets[i] *= halfWidth / widest;
  return offsets;
}

/** Past so many dots they can't be kept apart: they are spread evenly instead. */
const most = 1500;

/** The place nearest 0 outside all open intervals; the right one of two equally near. */
function nearestFree(blocked: [number, number][]): number {
  blocked.sort((a, b) => a[0] - b[0]);
  let low = NaN;
  let high = NaN;
  for (const [start, end] of blocked) {
    if (Number.isNaN(low) || start >= high - 1e-9) {
      if (low < 0 && high > 0) break;
      low = start;
      high = end;
    } else high = Math.max(high, end);
  }
  if (!(low < 0 && high > 0)) return 0;
  return high <= -low ? high : low;
}

/** The van der Corput sequence in base 2: fills 0..1 evenly. */
function fraction(i: number): number {
  let value = 0;
  for (let base = 0.5; i > 0; i >>= 1, base /= 2) if (i & 1) value += base;
  return value;
}
