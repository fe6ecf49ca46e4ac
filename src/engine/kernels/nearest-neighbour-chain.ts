export type Linkage = "average" | "complete" | "single" | "ward.D2";

/** Two clusters merged, each named by one of its members, at a height. Children come before parents. */
export interface Merges {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly height: Float64Array;
}

/**
 * Agglomerates n observations by their condensed distances (i > j at i (i - 1) / 2 + j), which it
 * overwrites. Follows chains of nearest neighbours until two are each other's (Muellner 2011,
 * arXiv:1109.2378), so merges come in another order than their heights. "ward.D2" is Ward's criterion on
 * squared distances with heights as distances (Murtagh & Legendre 2014).
 */
export function nearestNeighbourChain(d: Float64Array, n: number, linkage: Linkage): Merges {
  const first = new Int32Array(Math.max(0, n - 1));
  const second = new Int32Array(Math.max(0, n - 1));
  const height = new Float64Array(Math.max(0, n - 1));
  const size = new Int32Array(n).fill(1);
  const top = new Float64Array(n);
  const active = Int32Array.from({ length: n }, (_, i) => i);
  let nActive = n;
  const chain = new Int32Array(n + 1);
  let length = 0;
  if (linkage === "ward.D2") for (let i = 0; i < d.length; ++i) d[i] *= d[i];
  for (let merged = 0; merged < n - 1; ++merged) {
    if (length === 0) chain[length++] = active[0];
    for (;;) {
      const a = chain[length - 1];
      const before = length > 1 ? chain[length - 2] : -1;
      let nearest = before;
      let least = before < 0 ? Infinity : d[at(a, before)];
      const row = (a * (a - 1)) / 2;
      let i = 0;
      for (; i < nActive && active[i] < a; ++i) {
        const value = d[row + active[i]];
        if (value < least) {
          least = value;
          nearest = active[i];
        }
      }
      for (++i; i < nActive; ++i) {
        const b = active[i];
        const value = d[(b * (b - 1)) / 2 + a];
        if (value < least) {
          least = value;
          nearest = b;
        }
      }
      if (nearest < 0) throw new RangeError("distances must be numbers");
      if (nearest === before) break;
      chain[length++] = nearest;
    }
    const a = chain[--length];
    const b = chain[--length];
    const low = Math.min(a, b);
    const kept = Math.max(a, b);
    const between = d[at(a, b)];
    const h = linkage === "ward.D2" ? Math.sqrt(between) : between;
    first[merged] = low;
    second[merged] = kept;
    top[kept] = height[merged] = Math.max(h, top[low], top[kept]);
    nActive = without(active, nActive, low);
    update(d, active, nActive, low, kept, size, between, linkage);
    size[kept] += size[low];
  }
  return { first, second, height };
}

function at(i: number, j: number): number {
  return i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i;
}

/** Takes `value` out of the ascending list; returns its new length. */
function without(active: Int32Array, nActive: number, value: number): number {
  const i = active.subarray(0, nActive).indexOf(value);
  active.copyWithin(i, i + 1, nActive);
  return nActive - 1;
}

/** Distances of the union, kept in the place of `kept` (Lance & Williams). */
function update(
  d: Float64Array,
  active: Int32Array,
  nActive: number,
  low: number,
  kept: number,
  size: Int32Array,
  between: number,
  linkage: Linkage,
): void {
  const na = size[low];
  const nb = size[kept];
  for (let i = 0; i < nActive; ++i) {
    const k = active[i];
    if (k === kept) continue;
    const da = d[at(low, k)];
    const ib = at(kept, k);
    const db = d[ib];
    if (linkage === "average") d[ib] = (na * da + nb * db) / (na + nb);
    else if (linkage === "complete") d[ib] = da > db ? da : db;
    else if (linkage === "single") d[ib] = da < db ? da : db;
    else {
      const nk = size[k];
      d[ib] = ((na + nk) * da + (nb + nk) * db - nk * between) / (na + nb + nk);
    }
  }
}
