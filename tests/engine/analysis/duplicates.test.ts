import { describe, expect, test } from "vitest";
import { duplicates } from "../../../src/engine/analysis/duplicates.ts";
import { numbers, rows } from "../../../src/tables/index.ts";
import { seeded } from "../../support/random.ts";
import { contextForTests, experimentOf, matrix, names } from "./support.ts";

const context = contextForTests();

describe("duplicates", () => {
  const random = seeded(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const nGenes = 1500;
  const level = names("", nGenes).map(() => Math.exp(6 + 1.5 * normal()));
  const library = () => level.map((mean) => mean * Math.exp(0.3 * normal()));
  const drawn = (means: number[], depth: number) =>
    means.map((mean) => Math.max(0, Math.round(mean * depth + Math.sqrt(mean * depth) * normal())));
  const a = library();
  const samples = [drawn(a, 1), drawn(library(), 1.3), drawn(a, 1.7), drawn(library(), 0.8)];
  const columns = [...samples, samples[1]];
  const values = names("", nGenes).flatMap((_, g) => columns.map((column) => column[g]));
  const counts = { nRows: nGenes, nColumns: 5, values };
  test("finds one sample twice, and one library sequenced twice", async () => {
    const table = await duplicates(experimentOf(counts), undefined, context);
    expect(rows(table).map((row) => [row.sample_a, row.sample_b, row.reason])).toEqual([
      ["s2", "s5", "identical"],
      ["s1", "s3", "counting noise"],
    ]);
    expect(numbers(table, "noise")[1]).toBeGreaterThan(0.8);
    expect(numbers(table, "noise")[1]).toBeLessThan(1.2);
  });
  test("has nothing to say of different samples, and survives empty ones", async () => {
    const apart = {
      nRows: nGenes,
      nColumns: 3,
      values: names("", nGenes).flatMap((_, g) => [0, 1, 3].map((s) => samples[s][g])),
    };
    expect((await duplicates(experimentOf(apart), {}, context)).numRows).toBe(0);
    const empty = experimentOf(matrix([0, 0, 3], [0, 0, 4]));
    expect(rows(await duplicates(empty, {}, context))).toMatchObject([
      { sample_a: "s1", sample_b: "s2", reason: "identical", correlation: null },
    ]);
  });
});
