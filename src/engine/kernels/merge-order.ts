import type { Merges } from "./nearest-neighbour-chain.ts";

export interface Dendrogram {
  /** Two entries a merge, in order of height: -i is observation i (from 1), k the cluster of merge k (from 1). */
  readonly merge: Int32Array;
  readonly height: Float64Array;
  /** The observations, from 1, in the order in which a dendrogram can be drawn without crossings. */
  readonly order: Int32Array;
}

/**
 * Merges in the conventions of R's hclust: by height; of two observations the lower one first, an
 * observation before a cluster, the earlier cluster before the later.
 */
export function mergeOrder({ first, second, height }: Merges): Dendrogram {
  const n = height.length + 1;
  const sorted = Uint32Array.from(height, (_, i) => i);
  sorted.sort((a, b) => height[a] - height[b] || a - b);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const label = Int32Array.from({ length: n }, (_, i) => -(i + 1));
  const root = (i: number) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const merge = new Int32Array(2 * height.length);
  sorted.forEach((m, k) => {
    const a = root(first[m]);
    const b = root(second[m]);
    const [left, right] = inOrder(label[a], label[b]);
    merge[2 * k] = left;
    merge[2 * k + 1] = right;
    parent[a] = b;
    label[b] = k + 1;
  });
  return { merge, height: Float64Array.from(sorted, (m) => height[m]), order: leaves(merge, n) };
}

function inOrder(a: number, b: number): [number, number] {
  if (a < 0 && b < 0) return a > b ? [a, b] : [b, a];
  return a < b ? [a, b] : [b, a];
}

/** Leaves from left to right, without recursion: single linkage makes chains as deep as there are leaves. */
function leaves(merge: Int32Array, n: number): Int32Array {
  const order = new Int32Array(n);
  if (n === 1) order[0] = 1;
  if (n < 2) return order;
  const stack = [n - 1];
  let length = 0;
  while (stack.length) {
    const label = stack.pop()!;
    if (label < 0) order[length++] = -label;
    else stack.push(merge[2 * label - 1], merge[2 * label - 2]);
  }
  return order;
}
