import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arrowParts, fromArrow } from "../../../src/engine/experiment/from-arrow.ts";
import { toArrow } from "../../../src/engine/experiment/to-arrow.ts";
import { columnsToRows, rowsToColumns } from "../../../src/engine/experiment/transpose.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import {
  factor,
  float64,
  inspectIpc,
  int32,
  levelsOf,
  makeTable,
  rows,
  tableFromBytes,
  tableToBytes,
  utf8,
} from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { smallExperiment, smallParts } from "../../support/small-experiment.ts";

const read = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../fixtures/arrow", name)));

const plain = (e: Experiment) => ({
  title: e.title,
  organism: e.organism,
  kind: e.kind,
  counts: e.counts,
  genes: rows(e.genes),
  samples: rows(e.samples),
  metadata: e.metadata,
});

describe("toArrow and fromArrow", () => {
  test("read back equal, twice", async () => {
    const small = smallExperiment();
    const bytes = toArrow(small);
    const back = await fromArrow(bytes);
    expect(plain(back)).toEqual(plain(small));
    expect(levelsOf(back.samples, "genotype").levels).toEqual(["WT", "SOD1", "other"]);
    expect(toArrow(back)).toEqual(bytes);
  });

  test("abundance, log, no organism, no annotation", async () => {
    for (const kind of ["abundance", "log"] as const) {
      const values = Float64Array.from({ length: 12 }, (_, i) => i / 3 - (kind === "log" ? 2 : 0));
      const made = smallExperiment({
        kind,
        organism: null,
        metadata: {},
        counts: { nGenes: 4, nSamples: 3, values },
        samples: makeTable({ sample_id: utf8(["ä", "b c", "__proto__"]) }),
      });
      expect(plain(await fromArrow(toArrow(made)))).toEqual(plain(made));
    }
  });

  test("the file is as documented", () => {
    const bytes = toArrow(smallExperiment());
    expect(inspectIpc(bytes)).toMatchObject({
      format: "file",
      batches: 1,
      compression: null,
      brokenAt: null,
    });
    const { schema } = tableFromBytes(bytes);
    expect(schema.fields.map((f) => f.name)).toEqual([
      "gene_id",
      "symbol",
      "length",
      "s0",
      "s1",
      "s2",
    ]);
    const about = Object.fromEntries(schema.metadata);
    expect(JSON.parse(about["engrailed.samples"])).toEqual([
      { name: "genotype", type: "factor", levels: ["WT", "SOD1", "other"] },
      { name: "age", type: "number" },
      { name: "male", type: "boolean" },
      { name: "note", type: "string" },
    ]);
    expect(about).toMatchObject({
      "engrailed.version": "1",
      "engrailed.title": "Small",
      "engrailed.organism": "Mus musculus",
      "engrailed.kind": "counts",
      licence: "CC0",
    });
    const s1 = schema.fields[4];
    expect(String(s1.type)).toBe("Int32");
    expect(s1.nullable).toBe(false);
    expect(Object.fromEntries(s1.metadata)).toEqual({
      "engrailed.role": "sample",
      genotype: "SOD1",
      male: "false",
    });
  });

  test("numbers come back to the last bit", async () => {
    const age = [0.1 + 0.2, 1e-300, -Infinity];
    const made = smallExperiment({
      samples: makeTable({ sample_id: utf8(["a", "b", "c"]), age: float64(age) }),
    });
    expect(rows((await fromArrow(toArrow(made))).samples).map((row) => row.age)).toEqual(age);
  });

  test("a sample named like a gene column is refused", async () => {
    const samples = makeTable({ sample_id: utf8(["a", "symbol", "c"]) });
    expect((await failure(() => toArrow(smallExperiment({ samples })))).message).toBe(
      "a sample has the name of a gene column: symbol",
    );
  });
});

describe("files of other libraries", () => {
  const expected = Int32Array.from({ length: 21 }, (_, i) => Math.floor(i / 3) * 10 ** (i % 3));

  test("an Experiment file written by pyarrow, in one batch and in several", async () => {
    for (const name of ["experiment.arrow", "experiment-batches.arrow"]) {
      const made = await fromArrow(read(name), { file: name });
      expect(made).toMatchObject({
        title: "Made by pyarrow",
        organism: "Mus musculus",
        kind: "counts",
        metadata: { licence: "CC0" },
      });
      expect(made.counts.values).toEqual(expected);
      expect(rows(made.samples)).toEqual([
        { sample_id: "s1", age: 56, genotype: "WT", male: true, note: "" },
        { sample_id: "s2", age: null, genotype: "SOD1", male: false, note: null },
        { sample_id: "s3", age: 112.5, genotype: "SOD1", male: null, note: "late" },
      ]);
      expect(rows(made.genes)[5]).toEqual({ gene_id: "ENSG05", symbol: "Fé", biotype: "a" });
      expect(rows(made.genes)[6].biotype).toBeNull();
    }
  });

  test("bare wide tables: large utf8, dictionaries, int64, uint16, batches, streams", async () => {
    for (const name of ["wide.arrow", "wide-batches.arrow", "wide-stream.arrow"]) {
      const made = await fromArrow(read(name), { file: name });
      expect(made.kind).toBe("counts");
      expect(made.counts.values).toEqual(expected);
      expect(rows(made.genes)[1]).toEqual({
        gene_id: "ENSG01",
        symbol: null,
        biotype: "a",
        length: 101,
      });
      expect(made.report[0]).toMatchObject({ code: "bare-arrow-table", n: 3, example: "s1" });
    }
    const halves = await fromArrow(read("float32.arrow"));
    expect([halves.kind, halves.counts.values[3]]).toEqual(["log", 0.5].with(0, "abundance"));
    const asked = await fromArrow(read("large.arrow"), { kind: "abundance" });
    expect(asked.counts.values[0]).toBe(3e9);
  });

  test("what can't be read says why", async () => {
    const cases: [string, RegExp][] = [
      ["lz4.feather", /compressed buffers: lz4/],
      ["zstd.feather", /compressed buffers: zstd/],
      ["nulls.arrow", /missing value in sample s1: row 3/],
      ["half.arrow", /not of plain numbers: s1/],
      ["decimal.arrow", /not of plain numbers: s1/],
      ["large.arrow", /not a count in sample s1: 3000000000/],
      ["empty.arrow", /no genes/],
      ["no-numbers.arrow", /not an experiment/],
    ];
    for (const [name, message] of cases) {
      const error = await failure(fromArrow(read(name), { file: name }));
      expect(error.name).toBe("ReadError");
      expect(error.message).toMatch(message);
      expect(error.details.file).toBe(name);
    }
  });
});

describe("broken files", () => {
  test("cut anywhere is a ReadError with an offset", async () => {
    const bytes = toArrow(smallExperiment());
    for (let n = 0; n < bytes.length; n += 7) {
      const error = await failure(arrowParts(bytes.slice(0, n), { file: "cut.arrow" }));
      expect(error.name, `cut at ${n}`).toBe("ReadError");
      expect(error.details.offset, `cut at ${n}`).toBeTypeOf("number");
    }
  });

  test("flipped bytes open or end in a ReadError", async () => {
    for (const bytes of [read("experiment.arrow"), toArrow(smallExperiment())])
      for (let i = 0; i < bytes.length; ++i) {
        const bad = bytes.slice();
        bad[i] ^= 1 << (i % 8);
        try {
          await fromArrow(bad, { file: "bad.arrow" });
        } catch (error) {
          if ((error as Error).name !== "ReadError") throw new Error(`byte ${i}`, { cause: error });
        }
      }
  });

  const file = (change: Record<string, string | null>, notes: Record<string, string> = {}) => {
    const about: Record<string, string> = {
      "engrailed.version": "1",
      "engrailed.kind": "counts",
      "engrailed.samples": "[]",
    };
    for (const [key, value] of Object.entries(change))
      if (value === null) delete about[key];
      else about[key] = value;
    return tableToBytes(
      makeTable({ gene_id: utf8(["a", "b"]), s1: int32([1, 2]) }, about, {
        s1: { "engrailed.role": "sample", ...notes },
      }),
      "file",
    );
  };

  test("metadata that does not hold", async () => {
    const samples = (list: unknown) => ({ "engrailed.samples": JSON.stringify(list) });
    const levels = { name: "g", type: "factor", levels: ["a"] };
    const cases: [Uint8Array, RegExp][] = [
      [file({ "engrailed.version": "2" }), /later version: 2/],
      [file({ "engrailed.version": "x" }), /later version: x/],
      [file({ "engrailed.kind": "fpkm" }), /invalid engrailed.kind: fpkm/],
      [file({ "engrailed.kind": null }), /invalid engrailed.kind: missing/],
      [file({ "engrailed.samples": "{" }), /invalid engrailed.samples/],
      [file(samples({})), /invalid engrailed.samples/],
      [file(samples([null])), /invalid engrailed.samples/],
      [file(samples([{ name: "g", type: "date" }])), /invalid engrailed.samples/],
      [file(samples([{ name: "g", type: "factor" }])), /invalid engrailed.samples/],
      [file(samples([levels, levels])), /g stands twice/],
      [file(samples([levels]), { g: "b" }), /invalid g of sample s1: b/],
      [file(samples([{ name: "n", type: "number" }]), { n: "ten" }), /invalid n of sample s1: ten/],
      [file(samples([{ name: "n", type: "boolean" }]), { n: "1" }), /invalid n of sample s1: 1/],
    ];
    for (const [bytes, message] of cases) {
      const error = await failure(fromArrow(bytes, { file: "x.arrow" }));
      expect(error.message).toMatch(message);
      expect(error.name).toBe("ReadError");
    }
    expect(
      rows((await fromArrow(file({ "engrailed.samples": null }, { g: "b" }))).samples),
    ).toEqual([{ sample_id: "s1", g: "b" }]);
  });

  test("ids that repeat, no gene_id first, no samples", async () => {
    const about = { "engrailed.version": "1", "engrailed.kind": "counts" };
    const notes = { s: { "engrailed.role": "sample" } };
    const of = (columns: Parameters<typeof makeTable>[0], fields = notes) =>
      fromArrow(tableToBytes(makeTable(columns, about, fields), "file"), { file: "x.arrow" });
    const s = int32([1, 2]);
    const cases: [Promise<unknown>, RegExp][] = [
      [of({ gene_id: utf8(["a", "a"]), s }), /gene_id is not unique: a/],
      [of({ id: utf8(["a", "b"]), s }), /first gene column is not gene_id: id/],
      [of({ gene_id: utf8(["a", "b"]) }), /no sample columns/],
      [
        of([
          ["gene_id", utf8(["a", "b"])],
          ["s", s],
          ["s", s],
        ]),
        /two samples have one name: s/,
      ],
      [
        of({ gene_id: utf8(["a", "b"]), s: int32([1, -2]) }),
        /negative count: -2 \(gene b, sample s\)/,
      ],
      [of({ gene_id: utf8(["a", "b"]), s: float64([1, 0.5]) }), /not a count in sample s: 0.5/],
    ];
    for (const [work, message] of cases) {
      const error = await failure(work);
      expect(error.message).toMatch(message);
      expect(error.name).toBe("ReadError");
    }
  });
});

describe("transposition", () => {
  test("both ways, for shapes beside the tiles", async () => {
    for (const [g, s] of [
      [1, 1],
      [129, 65],
      [1000, 3],
      [5, 200],
    ]) {
      const columns = Array.from({ length: s }, (_, j) =>
        Float64Array.from({ length: g }, (_, i) => i * 1000 + j),
      );
      const out = new Float64Array(g * s);
      await columnsToRows(columns, out, 0, g);
      expect(out.every((v, i) => v === Math.floor(i / s) * 1000 + (i % s))).toBe(true);
      const back = columns.map(() => new Float64Array(g));
      rowsToColumns(out, back, g);
      expect(back).toEqual(columns);
    }
  });

  test("an abort ends the reading", async () => {
    const bytes = toArrow(smallExperiment());
    const work = fromArrow(bytes, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
});

test("a factor gene column keeps its levels", async () => {
  const genes = makeTable({
    gene_id: utf8(["a", "b", "c", "d"]),
    biotype: factor(["x", null, "y", "x"], ["y", "x"]),
  });
  const back = await fromArrow(toArrow(smallExperiment({ ...smallParts(), genes })));
  expect(levelsOf(back.genes, "biotype")).toEqual({
    codes: Int32Array.of(1, -1, 0, 1),
    levels: ["y", "x"],
  });
});
