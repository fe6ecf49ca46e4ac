import { beforeAll, expect, test } from "vitest";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { withAssembly, type HeldKernels } from "../../../src/engine/kernels/with-assembly.ts";
import { compileAssembly } from "../../../tools/assembly.ts";
import { seeded } from "../../support/random.ts";

let held: HeldKernels;
beforeAll(async () => {
  held = await withAssembly(await compileAssembly());
}, 60_000);

const random = seeded(31);
const points = Float64Array.from({ length: 21 }, (_, i) => i - 10);
const m = points.length;

/** Profiles with their tops anywhere, at either end too, of genes of this abundance. */
function profiles(nGenes: number, abundance: () => number) {
  const logCpm = Float64Array.from({ length: nGenes }, abundance);
  const profile = new Float64Array(nGenes * m);
  for (let g = 0; g < nGenes; ++g) {
    const top = 30 * random() - 15;
    for (let i = 0; i < m; ++i) profile[g * m + i] = -3 * Math.log1p((points[i] - top) ** 2);
  }
  return { logCpm, profile };
}

const cases: Record<string, { nGenes: number; abundance: () => number }> = {
  "many genes": { nGenes: 500, abundance: () => 12 * random() - 1 },
  "genes of one abundance": { nGenes: 60, abundance: () => 3 },
  "few genes": { nGenes: 9, abundance: random },
};

test.each(Object.keys(cases))("dispersions in WebAssembly agree with TypeScript: %s", (name) => {
  const { nGenes, abundance } = cases[name];
  const { logCpm, profile } = profiles(nGenes, abundance);
  const args = { profile, nPoints: m, logCpm };
  const shared = kernels.sharedProfile(args);
  const twin = held.kernels.sharedProfile(args);
  expect(twin.knots).toEqual(shared.knots);
  twin.values.forEach((value, i) => expect(value).toBeCloseTo(shared.values[i], 11));

  const block = { values: profile, nGenes, nSamples: m, first: 0 };
  const mine = held.store.hold(block);
  const from = nGenes >> 2;
  const part = {
    values: profile.subarray(from * m),
    nGenes: nGenes - from,
    nSamples: m,
    first: from,
  };
  const plain = { points, shared, logCpm };
  const found = held.kernels.sharedDispersions(mine.part(from, nGenes), plain);
  expect(found).toEqual(kernels.sharedDispersions(part, plain));
  for (const priorN of [
    Float64Array.of(0.7),
    Float64Array.of(Infinity),
    Float64Array.from(logCpm, () => (random() < 0.2 ? Infinity : 3 * random())),
  ])
    expect(held.kernels.taggedDispersions(mine.part(from, nGenes), { ...plain, priorN })).toEqual(
      kernels.taggedDispersions(part, { ...plain, priorN }),
    );
  mine.release();
});
