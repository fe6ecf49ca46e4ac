import { expect, test } from "vitest";
import type { Block } from "../../../src/engine/kernels/block.ts";
import { plainStore } from "../../../src/engine/kernels/block-store.ts";
import { runInSlices } from "../../../src/engine/pool/run-in-slices.ts";

const nGenes = 70_000;
const block = plainStore.hold({
  values: Int32Array.from({ length: nGenes * 2 }, (_, i) => i),
  nGenes,
  nSamples: 2,
});

test("joins slices in gene order and says how far it is", async () => {
  const places: number[] = [];
  const { twice, first } = await runInSlices(
    block,
    ({ values, nGenes, nSamples }: Block) => ({
      twice: Int32Array.from(values, (v) => 2 * v),
      first: Float64Array.from({ length: nGenes }, (_, g) => values[g * nSamples]),
    }),
    (done) => places.push(done),
  );
  expect(places[0]).toBe(0);
  expect(places.length).toBeGreaterThan(1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(twice.length).toBe(2 * nGenes);
  expect(twice.every((v, i) => v === 2 * i)).toBe(true);
  expect(first.every((v, g) => v === 2 * g)).toBe(true);
});

test("makes slices smaller where genes take long", async () => {
  const sizes: number[] = [];
  let slow = 0;
  await runInSlices(
    block,
    (part) => {
      sizes.push(part.nGenes);
      const until = performance.now() + (slow++ < 2 ? 60 : 0);
      while (performance.now() < until);
      return { x: new Float64Array(part.nGenes) };
    },
    () => {},
  );
  expect(sizes[1]).toBeLessThan(sizes[0]);
  expect(sizes[2]).toBeLessThan(sizes[1]);
});

test("stops where it is told, and refuses results that are not by gene", async () => {
  const stopped = runInSlices(
    block,
    (part) => ({ x: new Float64Array(part.nGenes) }),
    (done) => {
      if (done > 0) throw new RangeError(`stopped at ${done}`);
    },
  );
  await expect(stopped).rejects.toThrow(/stopped at \d+/);
  const odd = runInSlices(
    block,
    () => ({ x: new Float64Array(3) }),
    () => {},
  );
  await expect(odd).rejects.toThrow("not a multiple of");
});
