import { beforeAll, describe, expect, test } from "vitest";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { withAssembly, type HeldKernels } from "../../../src/engine/kernels/with-assembly.ts";
import { compileAssembly } from "../../../tools/assembly.ts";
import { seeded } from "../../support/random.ts";

let held: HeldKernels;
beforeAll(async () => {
  held = await withAssembly(await compileAssembly());
}, 60_000);

const n = 13;
const nGenes = 400;
const random = seeded(23);
const age = Array.from({ length: n }, () => 40 + 40 * random());
const designs: Record<string, (s: number) => number[]> = {
  "one group": () => [1],
  "two groups": (s) => [1, s % 2],
  "batch and group": (s) => [1, s >> 3, s % 2],
  "an age in years": (s) => [1, age[s], s % 2],
};
const values = Int32Array.from({ length: nGenes * n }, (_, i) =>
  Math.floor(10 ** (((i / n) % 7) - 1 + random())),
);
values.fill(0, 5 * n, 6 * n);
values.fill(2_000_000_000, 9 * n, 10 * n - 3);
const block = { values, nGenes, nSamples: n, first: 0 };
const scale = {
  priors: new Float64Array(n).fill(0.5),
  divisors: Float64Array.from({ length: n }, () => 2 + 3 * random()),
};
const variance = { weights: null, blocks: null };

function expectAlike(mine: Record<string, unknown>, theirs: Record<string, unknown>): void {
  expect(Object.keys(mine).toSorted()).toEqual(Object.keys(theirs).toSorted());
  for (const [name, expected] of Object.entries(theirs) as [string, Float64Array][])
    (mine[name] as Float64Array).forEach((value, i) => {
      const off = Math.abs(value - expected[i]);
      if (!(off <= 1e-9 * (1 + Math.abs(expected[i]))))
        expect.fail(`${name} ${i}: ${value}, not ${expected[i]}`);
    });
}

describe.each(Object.keys(designs))("linear models in WebAssembly: %s", (name) => {
  const rows = [...Array(n).keys()].map(designs[name]);
  const nCoefficients = rows[0].length;
  const design = Float64Array.from(rows.flat());

  test("plain and weighted by voom, they agree with TypeScript", () => {
    const mine = held.store.hold(block);
    const plain = { design, nCoefficients, variance, scale };
    const linear = kernels.linearFit(block, plain);
    expectAlike({ ...held.kernels.linearFit(mine.part(0, nGenes), plain) }, { ...linear });
    const trend = kernels.voomTrend({
      means: linear.mean,
      roots: linear.sigma.map(Math.sqrt),
      span: 0.5,
    });
    const weighted = { design, nCoefficients, scale, trend, first: variance, variance };
    expectAlike(
      { ...held.kernels.voomFit(mine.part(0, nGenes), weighted) },
      { ...kernels.voomFit(block, weighted) },
    );
    expectAlike(
      { ...held.kernels.voomFit(mine.part(100, 160), weighted) },
      {
        ...kernels.voomFit(
          { ...block, values: values.subarray(100 * n, 160 * n), nGenes: 60 },
          weighted,
        ),
      },
    );
    mine.release();
  });

  test("weights of samples and values without a prior go to TypeScript", () => {
    const mine = held.store.hold(block);
    const weights = Float64Array.from({ length: n }, () => 0.5 + random());
    const args = { design, nCoefficients, variance: { weights, blocks: null }, scale };
    expect(held.kernels.linearFit(mine.part(0, nGenes), args)).toEqual(
      kernels.linearFit(block, args),
    );
    const none = { design, nCoefficients, variance, scale: null };
    expect(held.kernels.linearFit(mine.part(0, nGenes), none)).toEqual(
      kernels.linearFit(block, none),
    );
    mine.release();
  });
});
