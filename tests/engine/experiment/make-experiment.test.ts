import { describe, expect, test } from "vitest";
import { experimentBytes } from "../../../src/engine/experiment/memory.ts";
import { makeExperiment } from "../../../src/engine/experiment/make-experiment.ts";
import type { ExperimentParts } from "../../../src/engine/experiment/types.ts";
import { float64, int32, makeTable, utf8 } from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { smallExperiment, smallParts } from "../../support/small-experiment.ts";

const refused = async (change: Partial<ExperimentParts>) => {
  const error = await failure(() => makeExperiment(smallParts(change)));
  expect(error.name).toBe("ArgumentError");
  return error;
};
const counts = (...values: number[]) => ({
  nGenes: 4,
  nSamples: 3,
  values: Float64Array.from({ length: 12 }, (_, i) => values[i] ?? 1),
});

describe("makeExperiment", () => {
  test("keeps what it is given", () => {
    const parts = smallParts();
    const made = makeExperiment(parts);
    expect(made.counts.values).toBe(parts.counts.values);
    expect(made).toMatchObject({ title: "Small", organism: "Mus musculus", kind: "counts" });
    expect(made.report).toEqual([]);
    expect(experimentBytes(made)).toBeGreaterThan(48);
  });

  test("whole float64 counts become int32, integers of other kinds float64", () => {
    const whole = makeExperiment(smallParts({ counts: counts(5, 2147483647) }));
    expect(whole.counts.values).toEqual(Int32Array.from([5, 2147483647, ...Array(10).fill(1)]));
    const abundance = smallExperiment({ kind: "abundance" });
    expect(abundance.counts.values).toBeInstanceOf(Float64Array);
  });

  test("names the value and its place", async () => {
    const at = "(gene g1, sample s2)";
    const cases: [Partial<ExperimentParts>, string][] = [
      [{ counts: counts(1, 1, 1, 1, 1, 0.5) }, `count is not a whole number: 0.5 ${at}`],
      [{ counts: counts(1, 1, 1, 1, 1, -3) }, `negative count: -3 ${at}`],
      [{ counts: counts(1, 1, 1, 1, 1, NaN) }, `count is not a finite number: NaN ${at}`],
      [{ counts: counts(1, 1, 1, 1, 1, 3e9) }, `count is too large: 3000000000 ${at}`],
      [
        { kind: "abundance", counts: counts(1, 1, 1, 1, 1, Infinity) },
        `not a finite number: Infinity ${at}`,
      ],
      [
        { kind: "abundance", counts: counts(1, 1, 1, 1, 1, -0.5) },
        `negative abundance: -0.5 ${at}`,
      ],
      [{ kind: "log", counts: counts(1, 1, 1, 1, 1, NaN) }, `not a finite number: NaN ${at}`],
    ];
    for (const [change, message] of cases) expect((await refused(change)).message).toBe(message);
    const ints = { nGenes: 4, nSamples: 3, values: new Int32Array(12).fill(-1, 5, 6) };
    expect((await refused({ counts: ints })).message).toBe(`negative count: -1 ${at}`);
    expect(() => smallExperiment({ kind: "log", counts: ints })).not.toThrow();
  });

  test("shapes agree and are not empty", async () => {
    const values = new Int32Array(0);
    expect((await refused({ counts: { nGenes: 0, nSamples: 3, values } })).message).toMatch(
      /genes/,
    );
    expect((await refused({ counts: { nGenes: 4, nSamples: 0, values } })).message).toMatch(
      /samples/,
    );
    expect((await refused({ counts: { nGenes: 4, nSamples: 3, values } })).message).toMatch(
      /0 values, not 4 x 3/,
    );
    expect((await refused({ genes: makeTable({ gene_id: utf8(["a"]) }) })).message).toMatch(
      /genes have 1 rows/,
    );
    expect((await refused({ samples: makeTable({ sample_id: utf8(["a"]) }) })).message).toMatch(
      /samples have 1 rows/,
    );
    expect((await refused({ kind: "fpkm" as "counts" })).message).toBe("invalid kind: fpkm");
  });

  test("keys stand first, are text, present and unique", async () => {
    const genes = (ids: (string | null)[]) => makeTable({ gene_id: utf8(ids) });
    const repeated = await refused({ genes: genes(["a", "b", "a", "b"]) });
    expect(repeated.message).toBe("gene_id is not unique: a, b");
    expect(repeated.details.help).toMatch(/2 ids stand on 2 surplus rows.*duplicates/);
    expect((await refused({ genes: genes(["a", null, "b", "c"]) })).message).toBe(
      "gene_id is missing in row 2: null",
    );
    expect((await refused({ genes: makeTable({ id: utf8(["a", "b", "c", "d"]) }) })).message).toBe(
      "the first column of genes is not gene_id: id",
    );
    expect(
      (await refused({ genes: makeTable({ gene_id: float64([1, 2, 3, 4]) }) })).message,
    ).toMatch(/must be text/);
    const twice = makeTable([
      ["sample_id", utf8(["a", "b", "c"])],
      ["x", int32([1, 2, 3])],
      ["x", int32([1, 2, 3])],
    ]);
    expect((await refused({ samples: twice })).message).toBe(
      "two columns of samples have one name: x",
    );
    const same = makeTable({ sample_id: utf8(["a", "b", "b"]) });
    expect((await refused({ samples: same })).message).toBe("sample_id is not unique: b");
  });
});
