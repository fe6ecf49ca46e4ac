import { beforeAll, describe, expect, test } from "vitest";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { withAssembly, type HeldKernels } from "../../../src/engine/kernels/with-assembly.ts";
import { compileAssembly } from "../../../tools/assembly.ts";
import { expectClose } from "../../support/golden.ts";
import { seeded } from "../../support/random.ts";

let held: HeldKernels;
beforeAll(async () => {
  held = await withAssembly(await compileAssembly());
}, 60_000);

const nSamples = 23;
function block(nGenes: number, whole: boolean) {
  const random = seeded(nGenes);
  const values = whole ? new Int32Array(nGenes * nSamples) : new Float64Array(nGenes * nSamples);
  for (let i = 0; i < values.length; ++i)
    values[i] =
      random() < 0.3 ? 0 : whole ? Math.floor(random() * 3e9) - 2 ** 30 : random() * 1e3 - 100;
  return { values, nGenes, nSamples };
}
const groups = Int32Array.from({ length: nSamples }, (_, s) => (s === 4 ? 3 : (s % 4) - 1));

describe("groupSummary in WebAssembly equals the TypeScript one to the bit", () => {
  for (const whole of [true, false])
    test.each([0, 1, 7, 8, 9, 37])(`${whole ? "int32" : "float64"}, %i genes`, (nGenes) => {
      const given = block(nGenes, whole);
      const mine = held.store.hold(given);
      for (const nGroups of [4, 5])
        for (const scale of [
          null,
          { divisors: Float64Array.from(groups, (_, s) => 1 + s / 7), priors: null },
        ]) {
          const args = { groups, nGroups, scale };
          expect(held.kernels.groupSummary(mine.part(0, nGenes), args)).toEqual(
            kernels.groupSummary(given, args),
          );
        }
      mine.release();
    });
});

test("logarithmic scales agree to 1e-12", () => {
  const given = block(50, true);
  given.values.forEach((v, i) => (given.values[i] = Math.abs(v) % 5000));
  const scale = {
    divisors: Float64Array.from(groups, (_, s) => 1 + s / 7),
    priors: new Float64Array(nSamples).fill(0.7),
  };
  const mine = held.store.hold(given);
  const args = { groups, nGroups: 4, scale };
  const a = held.kernels.groupSummary(mine.part(0, 50), args);
  const b = kernels.groupSummary(given, args);
  expectClose(a.mean, b.mean, 1e-12);
  expectClose(a.variance, b.variance, 1e-12, 1e-24);
  expect(a.detected).toEqual(b.detected);
});

test("a part in the middle of a held block is that part", () => {
  const given = block(40, false);
  const mine = held.store.hold(given);
  const args = { groups, nGroups: 4, scale: null };
  const all = kernels.groupSummary(given, args);
  expect(held.kernels.groupSummary(mine.part(11, 30), args).mean).toEqual(all.mean.slice(44, 120));
});

test("held blocks survive the growth of memory, and released memory is used again", () => {
  const first = block(9, false);
  const mine = held.store.hold(first);
  const args = { groups, nGroups: 4, scale: null };
  const before = held.kernels.groupSummary(mine.part(0, 9), args);
  for (let i = 0; i < 20; ++i) {
    const big = { values: new Float64Array(4e6), nGenes: 4e6 / 20, nSamples: 20 };
    held.store.hold(big).release();
  }
  expect(held.kernels.groupSummary(mine.part(0, 9), args)).toEqual(before);
  expect(mine.part(0, 1).values.buffer.byteLength).toBeLessThan(200e6);
});

test("a block from elsewhere is worked on where it is", () => {
  const given = block(9, true);
  const args = { groups, nGroups: 4, scale: null };
  expect(held.kernels.groupSummary(given, args)).toEqual(kernels.groupSummary(given, args));
});

describe("sums over pairs of rows agree with TypeScript", () => {
  for (const [nRows, nColumns] of [
    [1, 3],
    [2, 1],
    [5, 7],
    [6, 256],
    [9, 515],
  ])
    test(`${nRows} x ${nColumns}`, () => {
      const random = seeded(nRows);
      const values = Float64Array.from({ length: nRows * nColumns }, () => random() * 10 - 3);
      const args = { values, nRows, nColumns };
      for (const method of ["pearson", "spearman"] as const)
        expectClose(
          held.kernels.correlation({ ...args, method }).matrix,
          kernels.correlation({ ...args, method }).matrix,
          0,
          1e-12,
        );
      const tree = { ...args, distance: "euclidean", linkage: "average" } as const;
      const a = held.kernels.hclust(tree);
      const b = kernels.hclust(tree);
      expectClose(a.height, b.height, 1e-12);
      expect(a.merge).toEqual(b.merge);
    });
});

describe("voom's trend agrees with TypeScript", () => {
  for (const n of [2, 3, 60, 1001])
    test(`${n} genes`, () => {
      const random = seeded(n);
      const means = Float64Array.from({ length: n }, () => Math.round(400 * random()) / 20);
      const roots = means.map((m) => 0.4 + 1 / (1 + m) + 0.2 * random() ** 4);
      const a = held.kernels.voomTrend({ means, roots, span: 0.5 });
      const b = kernels.voomTrend({ means, roots, span: 0.5 });
      expect(a.x).toEqual(b.x);
      expectClose(a.y, b.y, 1e-12);
    });
});

describe("principal components agree with TypeScript", () => {
  for (const [nGenes, nSamples] of [
    [40, 7],
    [9, 30],
    [60, 21],
  ])
    test(`${nGenes} x ${nSamples}`, () => {
      const random = seeded(nGenes);
      const values = Float64Array.from({ length: nGenes * nSamples }, () => random() ** 3);
      const args = { values, nGenes, nSamples, scale: false, components: 3 };
      const a = held.kernels.pca(args);
      const b = kernels.pca(args);
      expectClose(a.variance, b.variance, 1e-12, 1e-12);
      expectClose(a.scores, b.scores, 1e-9, 1e-9);
      expectClose(a.loadings, b.loadings, 1e-9, 1e-9);
    });
});
