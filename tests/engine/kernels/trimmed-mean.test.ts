import { beforeAll, expect, test } from "vitest";
import { kernels } from "../../../src/engine/kernels/index.ts";
import { quantile } from "../../../src/engine/kernels/quantile.ts";
import { withAssembly, type HeldKernels } from "../../../src/engine/kernels/with-assembly.ts";
import { compileAssembly } from "../../../tools/assembly.ts";
import { seeded } from "../../support/random.ts";

let held: HeldKernels;
beforeAll(async () => {
  held = await withAssembly(await compileAssembly());
}, 60_000);

const random = seeded(5);

/** Samples of one kind of counts, one after the other, the first of which is the reference. */
const kinds: Record<string, { n: number; count: () => number }> = {
  "of every size": { n: 3000, count: () => Math.floor(10 ** (6 * random() - 1)) },
  "few and alike": { n: 2000, count: () => Math.floor(2.5 * random()) },
  "all the same": { n: 300, count: () => 7 },
  "one gene": { n: 1, count: () => 40 },
  "next to none": { n: 500, count: () => +(random() < 0.02) },
  "far apart": { n: 700, count: () => (random() < 0.1 ? 2e9 : Math.floor(9 * random())) },
};

test.each(Object.keys(kinds))("trimmed means in WebAssembly agree with TypeScript: %s", (kind) => {
  const { n, count } = kinds[kind];
  const columns = Int32Array.from({ length: 6 * n }, count);
  const librarySizes = Float64Array.from({ length: 6 }, (_, s) =>
    columns.subarray(s * n, (s + 1) * n).reduce((a, b) => a + b, 1),
  );
  const args = {
    columns,
    librarySizes,
    reference: columns.slice(0, n),
    referenceSize: librarySizes[0],
    trimRatios: 0.3,
    trimAbundances: 0.05,
  };
  const mine = held.kernels.trimmedMeanOfMValues(args).factors;
  const theirs = kernels.trimmedMeanOfMValues(args).factors;
  expect(mine[0]).toBe(1);
  theirs.forEach((factor, s) => expect(Math.abs(mine[s] / factor - 1)).toBeLessThan(1e-12));
});

test.each(Object.keys(kinds))("upper quartiles are those of the shares: %s", (kind) => {
  const { n, count } = kinds[kind];
  const columns = Int32Array.from({ length: 3 * n }, count);
  const keep = Uint8Array.from({ length: n }, (_, g) => +(g % 3 !== 1));
  const librarySizes = Float64Array.of(1e6, 3e5, 7);
  const { quartiles } = kernels.upperQuartiles({ columns, nGenes: n, librarySizes, keep });
  librarySizes.forEach((size, s) => {
    const shares = Array.from(columns.subarray(s * n, (s + 1) * n), (x) => x / size);
    const kept = Float64Array.from(shares.filter((_, g) => keep[g]));
    expect(quartiles[s]).toBe(quantile(kept, 0.75));
  });
});
