import { describe, expect, test } from "vitest";
import { correlation } from "../../../src/engine/kernels/correlation.ts";
import { hclust } from "../../../src/engine/kernels/hclust.ts";
import type { Linkage } from "../../../src/engine/kernels/nearest-neighbour-chain.ts";
import type { Distance } from "../../../src/engine/kernels/pairwise-distances.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";
import { seeded } from "../../support/random.ts";

interface Tree {
  distance: Distance;
  linkage: Linkage;
  merge: number[];
  height: number[];
  order: number[];
  cophenetic: number[];
}
const file = golden<{ values: GoldenMatrix; trees: Tree[] }>("hclust");
const values = Float64Array.from(file.values.values);
const { nRows, nColumns } = file.values;

describe("hclust agrees with R", () => {
  test.each(file.trees.map((tree) => [tree.distance, tree.linkage, tree] as const))(
    "%s, %s",
    (distance, linkage, tree) => {
      const { merge, height, order } = hclust({ values, nRows, nColumns, distance, linkage });
      expectClose(height, tree.height);
      expect([...merge]).toEqual(tree.merge);
      expect([...order]).toEqual(tree.order);
      expectClose(cophenetic(merge, height), tree.cophenetic);
    },
  );
});

describe("hclust", () => {
  test("is as a search through all pairs would have it", () => {
    const random = seeded(7);
    const n = 60;
    const x = Float64Array.from({ length: n * 3 }, () => random());
    for (const linkage of ["average", "complete", "single", "ward.D2"] as const) {
      const { height } = hclust({
        values: x,
        nRows: n,
        nColumns: 3,
        distance: "euclidean",
        linkage,
      });
      expectClose(height, naiveHeights(x, n, 3, linkage), 1e-10);
    }
  });
  test("takes one row, two rows, and rows that are all the same", () => {
    const args = { nColumns: 2, distance: "euclidean", linkage: "average" } as const;
    const one = hclust({ ...args, values: Float64Array.of(1, 2), nRows: 1 });
    expect([[...one.merge], [...one.order]]).toEqual([[], [1]]);
    const two = hclust({ ...args, values: Float64Array.of(0, 0, 3, 4), nRows: 2 });
    expect([[...two.merge], [...two.height], [...two.order]]).toEqual([[-1, -2], [5], [1, 2]]);
    const same = hclust({ ...args, values: new Float64Array(40), nRows: 20 });
    expect(same.height.every((h) => h === 0)).toBe(true);
    expect([...same.order].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });
  test("makes a chain of a thousand without running out of stack", () => {
    const line = Float64Array.from({ length: 3000 }, (_, i) => i * i);
    const args = { nRows: 3000, nColumns: 1, distance: "euclidean", linkage: "single" } as const;
    const { order, height } = hclust({ ...args, values: line });
    expect(height[0]).toBe(1);
    expect(new Set(order).size).toBe(3000);
  });
  test("refuses a correlation distance of a row that does not vary", () => {
    const args = { nRows: 3, nColumns: 3, distance: "pearson", linkage: "average" } as const;
    expect(() => hclust({ ...args, values: Float64Array.of(1, 1, 1, 1, 2, 3, 3, 1, 2) })).toThrow(
      "distances must be numbers",
    );
  });
});

describe("correlation", () => {
  const file = golden<{ values: GoldenMatrix; pearson: number[]; spearman: number[] }>(
    "correlation",
  );
  const { nRows, nColumns } = file.values;
  const values = Float64Array.from(file.values.values);
  test.each(["pearson", "spearman"] as const)("agrees with R: %s", (method) => {
    expectClose(
      correlation({ values, nRows, nColumns, method }).matrix,
      file[method],
      1e-10,
      1e-14,
    );
  });
  test("is NaN where a row does not vary, and stays within 1", () => {
    const x = Float64Array.of(1, 1, 1, 0.1, 0.2, 0.3, 0.1, 0.2, 0.3);
    const { matrix } = correlation({ values: x, nRows: 3, nColumns: 3, method: "pearson" });
    expectClose(matrix, [NaN, NaN, NaN, NaN, 1, 1, NaN, 1, 1], 1e-15);
    expect(matrix.some((r) => r > 1)).toBe(false);
  });
});

/** Height at which rows i > j meet. */
function cophenetic(merge: Int32Array, height: Float64Array): number[] {
  const n = height.length + 1;
  const members: number[][] = [];
  const out = new Float64Array((n * (n - 1)) / 2);
  height.forEach((h, k) => {
    const [a, b] = [merge[2 * k], merge[2 * k + 1]].map((m) => (m < 0 ? [-m - 1] : members[m - 1]));
    for (const i of a)
      for (const j of b) {
        const [high, low] = i > j ? [i, j] : [j, i];
        out[(high * (high - 1)) / 2 + low] = h;
      }
    members.push([...a, ...b]);
  });
  return [...out];
}

/** Merges the closest pair of clusters again and again, distances straight from their definitions. */
function naiveHeights(x: Float64Array, n: number, p: number, linkage: Linkage): number[] {
  const between = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < p; ++k) sum += (x[i * p + k] - x[j * p + k]) ** 2;
    return Math.sqrt(sum);
  };
  const centre = (c: number[]) =>
    Array.from({ length: p }, (_, k) => c.reduce((sum, i) => sum + x[i * p + k], 0) / c.length);
  const apart = (a: number[], b: number[]) => {
    const all = a.flatMap((i) => b.map((j) => between(i, j)));
    if (linkage === "single") return Math.min(...all);
    if (linkage === "complete") return Math.max(...all);
    if (linkage === "average") return all.reduce((s, d) => s + d) / all.length;
    const [u, v] = [centre(a), centre(b)];
    const squared = u.reduce((s, value, k) => s + (value - v[k]) ** 2, 0);
    return Math.sqrt((2 * a.length * b.length * squared) / (a.length + b.length));
  };
  let clusters = Array.from({ length: n }, (_, i) => [i]);
  const heights: number[] = [];
  while (clusters.length > 1) {
    let best: [number, number] = [0, 1];
    let least = Infinity;
    for (let i = 0; i < clusters.length; ++i)
      for (let j = 0; j < i; ++j) {
        const d = apart(clusters[i], clusters[j]);
        if (d < least) {
          least = d;
          best = [i, j];
        }
      }
    heights.push(least);
    const union = [...clusters[best[0]], ...clusters[best[1]]];
    clusters = [...clusters.filter((_, i) => !best.includes(i)), union];
  }
  return heights;
}
