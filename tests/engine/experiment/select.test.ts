import { describe, expect, test } from "vitest";
import { filterGenes } from "../../../src/engine/experiment/filter-genes.ts";
import { filterSamples } from "../../../src/engine/experiment/filter-samples.ts";
import { selectedRows, selectRows } from "../../../src/engine/experiment/select-rows.ts";
import type { Where } from "../../../src/engine/experiment/types.ts";
import { withSamples } from "../../../src/engine/experiment/with-samples.ts";
import {
  columnNames,
  factor,
  int32,
  levelsOf,
  makeTable,
  rows,
  strings,
  utf8,
} from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { smallExperiment } from "../../support/small-experiment.ts";

const small = smallExperiment();

describe("selectRows", () => {
  const mask = (where: Where) => [...selectRows(small.samples, where)];

  test("one value, several, missing, of every type", () => {
    expect(mask({})).toEqual([1, 1, 1]);
    expect(mask({ genotype: "SOD1" })).toEqual([0, 1, 0]);
    expect(mask({ genotype: ["WT", null] })).toEqual([1, 0, 1]);
    expect(mask({ genotype: "other" })).toEqual([0, 0, 0]);
    expect(mask({ age: 112.5 })).toEqual([0, 0, 1]);
    expect(mask({ age: ["56", null] })).toEqual([1, 1, 0]);
    expect(mask({ male: false })).toEqual([0, 1, 0]);
    expect(mask({ male: null })).toEqual([0, 0, 1]);
    expect(mask({ note: "" })).toEqual([1, 0, 0]);
    expect(mask({ genotype: ["WT", "SOD1"], age: 56 })).toEqual([1, 0, 0]);
    expect(mask({ age: [] })).toEqual([0, 0, 0]);
  });

  test("misspelt columns and values are named", async () => {
    const column = await failure(() => mask({ genotyp: "WT" }));
    expect(column.message).toBe("no such column: genotyp");
    expect(column.details.help).toMatch(/Did you mean genotype/);
    const value = await failure(() => mask({ genotype: ["WT", "SOD"] }));
    expect(value.message).toBe("no such value of genotype: SOD");
    expect(value.details.help).toMatch(/Did you mean SOD1/);
    expect((await failure(() => mask({ age: {} as never }))).message).toMatch(
      /invalid value of age/,
    );
  });

  test("a long list of names may hold absent ones, not only absent ones", async () => {
    const many = makeTable({ gene_id: utf8(Array.from({ length: 150 }, (_, i) => `g${i}`)) });
    expect(selectRows(many, { gene_id: ["g3", "nope"] })[3]).toBe(1);
    expect((await failure(() => selectRows(many, { gene_id: ["nope"] }))).message).toMatch(/nope/);
  });
});

describe("selectedRows", () => {
  test("indices keep their order, masks and where ascend", () => {
    const of = (selection: Parameters<typeof selectedRows>[1]) => [
      ...selectedRows(small.genes, selection),
    ];
    expect(of([2, 0])).toEqual([2, 0]);
    expect(of(Int32Array.of(3))).toEqual([3]);
    expect(of(Uint8Array.of(1, 0, 0, 1))).toEqual([0, 3]);
    expect(of([false, true, true, false])).toEqual([1, 2]);
    expect(of({ symbol: "Actb" })).toEqual([0, 2]);
    expect(of([])).toEqual([]);
  });

  test("what is no row is refused", async () => {
    for (const bad of [[4], [-1], [0.5], [0, 0], [true], Uint8Array.of(1)])
      expect((await failure(() => selectedRows(small.genes, bad as number[]))).name).toBe(
        "ArgumentError",
      );
  });
});

describe("filters", () => {
  test("samples: values, annotation and factor levels follow; genes stay", () => {
    const kept = filterSamples(small, [2, 0]);
    expect(kept.counts).toEqual({
      nGenes: 4,
      nSamples: 2,
      values: Int32Array.of(2, 0, 12, 10, 22, 20, 32, 30),
    });
    expect(strings(kept.samples, "sample_id")).toEqual(["s2", "s0"]);
    expect(levelsOf(kept.samples, "genotype").levels).toEqual(["WT", "SOD1", "other"]);
    expect(kept.genes).toBe(small.genes);
    expect(kept.title).toBe("Small");
  });

  test("genes: rows follow; samples stay", () => {
    const kept = filterGenes(small, { symbol: "Actb" });
    expect(kept.counts.values).toEqual(Int32Array.of(0, 1, 2, 20, 21, 22));
    expect(strings(kept.genes, "gene_id")).toEqual(["g0", "g2"]);
    expect(kept.samples).toBe(small.samples);
    const halves = smallExperiment({ kind: "abundance" });
    expect(filterGenes(halves, [1]).counts.values).toEqual(Float64Array.of(10, 11, 12));
  });

  test("nothing left is an error", async () => {
    expect((await failure(() => filterSamples(small, { genotype: "other" }))).message).toBe(
      "no sample is left: 0 of 3 chosen",
    );
    expect((await failure(() => filterGenes(small, []))).message).toBe(
      "no gene is left: 0 of 4 chosen",
    );
  });
});

describe("withSamples", () => {
  const sheet = makeTable({
    batch: int32([3, 1, 2, 9]),
    sample_id: utf8(["s2", "s0", "s1", "s9"]),
    genotype: factor(["b", "a", "a", "b"], ["b", "a"]),
  });

  test("joins by id in any order, replaces in place, adds at the end, reports surplus", () => {
    const joined = withSamples(small, sheet);
    expect(columnNames(joined.samples)).toEqual([
      "sample_id",
      "genotype",
      "age",
      "male",
      "note",
      "batch",
    ]);
    expect(rows(joined.samples).map((row) => [row.sample_id, row.genotype, row.batch])).toEqual([
      ["s0", "a", 1],
      ["s1", "a", 2],
      ["s2", "b", 3],
    ]);
    expect(levelsOf(joined.samples, "genotype").levels).toEqual(["b", "a"]);
    expect(joined.report.at(-1)).toMatchObject({
      code: "samples-without-counts",
      n: 1,
      example: "s9",
    });
    expect(small.report).toEqual([]);
  });

  test("names what is unmatched on either side", async () => {
    const other = makeTable({ sample_id: utf8(["s0", "S1", "s2"]) });
    const error = await failure(() => withSamples(small, other));
    expect(error.message).toBe("samples without a row in the sample sheet: s1");
    expect(error.details.help).toMatch(/Rows without counts: S1/);
  });

  test("a row twice and a missing key column are errors", async () => {
    const twice = makeTable({ sample_id: utf8(["s0", "s1", "s2", "s0"]) });
    expect((await failure(() => withSamples(small, twice))).message).toMatch(/twice.*s0/);
    const keyless = makeTable({ sample: utf8(["s0"]) });
    expect((await failure(() => withSamples(small, keyless))).message).toMatch(
      /no column sample_id/,
    );
  });
});
