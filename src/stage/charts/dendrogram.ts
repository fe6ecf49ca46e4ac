import { argumentError } from "../../base/errors.ts";

/** What `hclust` returns, in the conventions of R's hclust: singletons negative, clusters positive, order from 1. */
export interface TreeLike {
  readonly order: ArrayLike<number>;
  /** Pairs, flat or as rows. */
  readonly merge: ArrayLike<number> | readonly ArrayLike<number>[];
  readonly height: ArrayLike<number>;
  readonly labels?: ArrayLike<string> | null;
  /** How it was made, in words; shown below. */
  readonly note?: string;
}

/** A tree whose leaves are places 0..n-1 in drawing order. */
export interface Tree {
  /** The row of the data at each place. */
  readonly order: Int32Array;
  /** Each merge's two ends (place and height) and its own. */
  readonly joins: readonly Join[];
  readonly tallest: number;
}

export interface Join {
  readonly a: number;
  readonly b: number;
  readonly aHeight: number;
  readonly bHeight: number;
  readonly height: number;
  /** The leaves below it: places first..last. */
  readonly first: number;
  readonly last: number;
}

/**
 * Checks a tree against the rows that it should order. Leaves are matched by label where the tree has labels and all of them
 * are among `ids`; else by position, and then there must be as many leaves as rows.
 */
export function readTree(
  where: string,
  name: string,
  tree: TreeLike,
  ids: readonly string[],
): Tree {
  const wrong = (what: string, help: string) =>
    argumentError(`${where}: ${name}: ${what}`, { help });
  if (typeof tree !== "object" || tree === null || !tree.order || !tree.merge || !tree.height)
    throw wrong(
      "not the result of hclust",
      "Give it what hclust returns: {order, merge, height, labels}.",
    );
  const n = tree.order.length;
  const merge = flatten(tree.merge);
  if (n < 1 || merge.length !== 2 * (n - 1) || tree.height.length !== n - 1)
    throw wrong(
      `a tree of ${n} leaves needs ${n - 1} merges: ${merge.length / 2}`,
      "Give it a whole result of hclust.",
    );
  const rowOf = matchLeaves(tree.labels, ids, n);
  if (!rowOf)
    throw wrong(
      `${n} leaves for ${ids.length} rows: they do not match`,
      "Cluster the table that is drawn, or draw the table that was clustered.",
    );
  const place = new Float64Array(n).fill(NaN);
  const order = new Int32Array(n);
  for (let i = 0; i < n; ++i) {
    const leaf = tree.order[i] - 1;
    if (!(leaf >= 0 && leaf < n) || !Number.isNaN(place[leaf]))
      throw wrong(
        `order is not a permutation of 1 to ${n}: ${tree.order[i]}`,
        "Give it what hclust returns.",
      );
    place[leaf] = i;
    order[i] = rowOf[leaf];
  }
  const joins: Join[] = [];
  const middle = new Float64Array(n - 1);
  const firsts = new Int32Array(n - 1);
  const lasts = new Int32Array(n - 1);
  let tallest = 0;
  for (let k = 0; k < n - 1; ++k) {
    const ends = [merge[2 * k], merge[2 * k + 1]].map((end) => {
      if (end < 0 && -end <= n) {
        const at = place[-end - 1];
        return { at, height: 0, first: at, last: at };
      }
      if (end > 0 && end <= k)
        return {
          at: middle[end - 1],
          height: tree.height[end - 1],
          first: firsts[end - 1],
          last: lasts[end - 1],
        };
      throw wrong(
        `merge ${k + 1} names what is not there yet: ${end}`,
        "Give it what hclust returns.",
      );
    });
    const [a, b] = ends[0].at <= ends[1].at ? ends : [ends[1], ends[0]];
    const height = tree.height[k];
    middle[k] = (a.at + b.at) / 2;
    tallest = Math.max(tallest, height);
    const first = (firsts[k] = Math.min(a.first, b.first));
    const last = (lasts[k] = Math.max(a.last, b.last));
    joins.push({ a: a.at, b: b.at, aHeight: a.height, bHeight: b.height, height, first, last });
  }
  return { order, joins, tallest };
}

function flatten(merge: TreeLike["merge"]): number[] {
  const list = Array.from(merge as ArrayLike<number | ArrayLike<number>>);
  return list.flatMap((entry) => (typeof entry === "number" ? [entry] : Array.from(entry)));
}

function matchLeaves(
  labels: ArrayLike<string> | null | undefined,
  ids: readonly string[],
  n: number,
): number[] | null {
  const byIndex = () => (n === ids.length ? ids.map((_, i) => i) : null);
  if (!labels || labels.length !== n) return byIndex();
  const index = new Map(ids.map((id, i) => [id, i]));
  const found = Array.from(labels, (label) => index.get(label) ?? -1);
  return found.includes(-1) || new Set(found).size < n ? byIndex() : found;
}

/** How a tree is drawn. */
export interface TreeShape {
  /** Leaves along x; else along y. */
  readonly upright: boolean;
  /** How far a leaf's stem reaches below its merge, as a share of the tallest height; null down to 0. */
  readonly hang: number | null;
  /** Px between which leaves stand; what reaches beyond is cut. */
  readonly limits?: readonly [number, number];
}

/** The tree as one path; `leaf` and `rise` give px for a place and a share of the tallest height in 0..1. */
export function dendrogramPath(
  { joins, tallest }: Tree,
  leaf: (place: number) => number,
  rise: (share: number) => number,
  { upright, hang, limits = [-Infinity, Infinity] }: TreeShape,
): string {
  const share = (height: number) => (tallest > 0 ? Math.min(1, height / tallest) : 0);
  const stem = (end: number, height: number) => {
    if (end > 0 || hang === null) return rise(share(end)).toFixed(1);
    return rise(Math.max(0, share(height) - hang)).toFixed(1);
  };
  const [low, high] = limits;
  const line = (x0: number, h0: string, x1: number, h: string, h1: string) => {
    const [from, to] = [Math.max(low, x0).toFixed(1), Math.min(high, x1).toFixed(1)];
    const head =
      x0 < low
        ? upright
          ? `M${from},${h}`
          : `M${h},${from}`
        : upright
          ? `M${from},${h0}V${h}`
          : `M${h0},${from}H${h}`;
    const tail = x1 > high ? "" : upright ? `V${h1}` : `H${h1}`;
    return `${head}${upright ? "H" : "V"}${to}${tail}`;
  };
  return joins
    .map(({ a, b, aHeight, bHeight, height }) => {
      const [x0, x1] = [leaf(a), leaf(b)];
      const [h0, h1] = [stem(aHeight, height), stem(bHeight, height)];
      const h = rise(share(height)).toFixed(1);
      if (x1 < low || x0 > high) return "";
      if (height <= tallest || tallest === 0) return line(x0, h0, x1, h, h1);
      // Joined above what is shown: only the stems that lead there.
      const lead = (x: number, end: string) =>
        x < low || x > high
          ? ""
          : upright
            ? `M${x.toFixed(1)},${end}V${h}`
            : `M${end},${x.toFixed(1)}H${h}`;
      return lead(x0, h0) + lead(x1, h1);
    })
    .join("");
}
