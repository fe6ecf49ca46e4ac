import { beforeAll, describe, expect, test } from "vitest";
import type { Block } from "../../../src/engine/kernels/block.ts";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { withAssembly, type HeldKernels } from "../../../src/engine/kernels/with-assembly.ts";
import { compileAssembly } from "../../../tools/assembly.ts";
import { seeded } from "../../support/random.ts";

let held: HeldKernels;
beforeAll(async () => {
  held = await withAssembly(await compileAssembly());
}, 60_000);

const n = 13;
const random = seeded(11);
const age = Array.from({ length: n }, () => 40 + 40 * random());
const designs: Record<string, { nCoefficients: number; row: (s: number) => number[] }> = {
  "one group": { nCoefficients: 1, row: () => [1] },
  "two groups": { nCoefficients: 2, row: (s) => [1, s % 2] },
  "three groups, no intercept": {
    nCoefficients: 3,
    row: (s) => [+(s % 3 === 0), +(s % 3 === 1), +(s % 3 === 2)],
  },
  "batch and group": { nCoefficients: 3, row: (s) => [1, s >> 3, s % 2] },
  "an age in years": { nCoefficients: 3, row: (s) => [1, age[s], s % 2] },
};

/** Genes of every kind: none, one count, rare, zero in a group, overdispersed, large, huge. */
const kinds: ((s: number) => number)[] = [
  () => 0,
  (s) => +(s === 4),
  () => Math.floor(random() * 2.2),
  (s) => (s % 2 ? 0 : Math.floor(40 * random())),
  () => Math.floor(3000 * random() ** 6),
  () => 4000 + Math.floor(3000 * random()),
  () => Math.floor(3e7 * random()),
];
const nGenes = 12 * kinds.length;
const values = new Int32Array(nGenes * n);
for (let g = 0; g < nGenes; ++g)
  for (let s = 0; s < n; ++s) values[g * n + s] = kinds[g % kinds.length](s);
const libraries = Float64Array.from({ length: n }, () => 2e6 * (0.5 + random()));
const dispersions = Float64Array.from({ length: nGenes }, () => 0.0005 * 1000 ** random());
const block = { values, nGenes, nSamples: n };

/** Each number against the TypeScript kernel's, relative to its size and absolute. */
function expectAlike(
  mine: Readonly<Record<string, Float64Array | Int32Array>>,
  theirs: Readonly<Record<string, Float64Array | Int32Array>>,
  tolerance: number,
): void {
  expect(Object.keys(mine)).toEqual(Object.keys(theirs));
  for (const [name, expected] of Object.entries(theirs))
    expected.forEach((value, i) => {
      const got = mine[name][i];
      const alike =
        Object.is(got, value) || Math.abs(got - value) <= tolerance * (1 + Math.abs(value));
      if (!alike) expect.fail(`${name} ${i}: ${got}, not ${value}`);
    });
}

describe.each(Object.keys(designs))(
  "count models in WebAssembly agree with TypeScript: %s",
  (name) => {
    const { nCoefficients, row } = designs[name];
    const design = Float64Array.from([...Array(n).keys()].flatMap(row));
    type Work = (k: typeof kernels, block: Block) => Record<string, Float64Array | Int32Array>;
    /** In the module's memory, and in TypeScript; the rest of the block alone and the whole, and outside of that memory. */
    const both = (work: Work) => {
      const mine = held.store.hold(block);
      const theirs = work(kernels, block);
      expectAlike(work(held.kernels, block), work(held.kernels, mine.part(0, nGenes)), 1e-6);
      const part = work(held.kernels, mine.part(7, nGenes));
      const answer = work(held.kernels, mine.part(0, nGenes));
      for (const [name, values] of Object.entries(part))
        expect(values).toEqual(answer[name].slice((7 * answer[name].length) / nGenes));
      mine.release();
      return [answer, theirs] as const;
    };

    test("likelihoods at 21 dispersions", () => {
      const args = {
        design,
        nCoefficients,
        offsets: libraries.map(Math.log),
        dispersions: Float64Array.from({ length: 21 }, (_, i) => 0.1 * 2 ** (i - 10)),
      };
      const [a, b] = both((k, b) => ({ ...k.dispersionProfile(b, args) }));
      // One count and an age: coefficients run off, and where they stop depends on the last rounding.
      expectAlike(a, b, name === "an age in years" ? 1e-6 : 1e-9);
    });

    test("quasi-likelihood fits", () => {
      const args = { design, nCoefficients, libraries, dispersions, priorCount: 0.125 };
      const [a, b] = both((k, b) => ({ ...k.quasiFit(b, args) }));
      expect(a.df).toEqual(b.df);
      expectAlike({ deviance: a.deviance }, { deviance: b.deviance }, 1e-8);
      expectAlike({ shown: a.coefficients }, { shown: b.coefficients }, 1e-6);
      // Without a prior count some coefficients run to minus infinity: where, depends on the last rounding.
      const finite = (plain: Float64Array | Int32Array) =>
        Float64Array.from(plain).map((x) => Math.max(-12, Math.min(12, x)));
      expectAlike({ plain: finite(a.plain) }, { plain: finite(b.plain) }, 1e-5);
    });

    test("null fits and average abundance", () => {
      const contrast = new Float64Array(nCoefficients);
      contrast[nCoefficients - 1] = 1;
      if (nCoefficients > 2) contrast[1] = -1;
      const args = {
        design,
        nCoefficients,
        libraries,
        dispersions,
        contrast,
        shifts: Float64Array.of(-0.7, 0.7),
        poisson: new Uint8Array(nGenes).fill(1),
      };
      if (nCoefficients > 1) {
        const [a, b] = both((k, b) => ({ ...k.quasiNull(b, args) }));
        expectAlike(a, b, name === "an age in years" ? 1e-6 : 1e-7);
        const still = { ...args, shifts: Float64Array.of(0) };
        const [e, f] = both((k, b) => ({ ...k.quasiNull(b, still) }));
        expectAlike(e, f, name === "an age in years" ? 1e-6 : 1e-7);
      }
      const [c, d] = both((k, b) => ({ ...k.averageLogCpm(b, { libraries, dispersion: 0.1 }) }));
      expectAlike(c, d, 1e-9);
    });
  },
);

test("a block in the module's memory gives the same, and nothing is left behind", () => {
  const mine = held.store.hold(block);
  const args = {
    design: Float64Array.from([...Array(n).keys()].flatMap(designs["batch and group"].row)),
    nCoefficients: 3,
    libraries,
    dispersions,
    priorCount: 0.125,
  };
  const first = held.kernels.quasiFit(mine.part(0, nGenes), args);
  const size = mine.part(0, 1).values.buffer.byteLength;
  for (let i = 0; i < 300; ++i)
    expect(held.kernels.quasiFit(mine.part(0, nGenes), args)).toEqual(first);
  expect(mine.part(0, 1).values.buffer.byteLength).toBe(size);
  mine.release();
});
