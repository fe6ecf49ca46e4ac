import { describe, expect, test } from "vitest";
import { toArrow } from "../../../src/engine/experiment/to-arrow.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { intake, type IntakeOptions } from "../../../src/engine/intake/index.ts";
import { columnNames, levelsOf, rows, strings } from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { smallExperiment } from "../../support/small-experiment.ts";
import { fixture, textSource } from "../../support/sources.ts";

const counts = "gene,s1,s2,s3\nA,10,20,30\nB,0,0,0\nC,7,8,9\n";
const sheet = "sample,group,age,donor\ns3,SOD1,112,d2\ns1,WT,56,d1\ns2,WT,56,d1\n";

const file = (text: string, name: string) => textSource(text, name);
const open = (
  texts: { counts: string; samples?: string; genes?: string },
  options?: IntakeOptions,
) =>
  intake(
    {
      counts: file(texts.counts, "counts.csv"),
      ...(texts.samples === undefined ? {} : { samples: file(texts.samples, "sheet.csv") }),
      ...(texts.genes === undefined ? {} : { genes: file(texts.genes, "genes.csv") }),
    },
    options,
  );
const codes = (experiment: Experiment) => experiment.report.map((line) => line.code);
const line = (experiment: Experiment, code: string) =>
  experiment.report.find((entry) => entry.code === code);

describe("one file", () => {
  test("a counts table", async () => {
    const made = await intake(file(counts, "study.csv.gz"));
    expect(made).toMatchObject({ title: "study", organism: null, kind: "counts" });
    expect(made.counts.values).toEqual(Int32Array.of(10, 20, 30, 0, 0, 0, 7, 8, 9));
    expect(codes(made)).toEqual(["kind-decided", "all-zero-genes"]);
    expect(line(made, "all-zero-genes")).toMatchObject({ n: 1, example: "B" });
  });

  test("an Experiment file, as it is", async () => {
    const small = smallExperiment();
    const made = await intake(textSource(toArrow(small), "x.arrow.gz"));
    expect(rows(made.samples)).toEqual(rows(small.samples));
    expect(made).toMatchObject({ title: "Small", kind: "counts", metadata: { licence: "CC0" } });
    expect(codes(await intake(fixture("arrow/wide.arrow")))).toContain("bare-arrow-table");
  });
});

describe("sample sheets", () => {
  test("join by id in any order, column found by its values", async () => {
    const made = await open({ counts, samples: sheet });
    expect(rows(made.samples)).toEqual([
      { sample_id: "s1", group: "WT", age: 56, donor: "d1" },
      { sample_id: "s2", group: "WT", age: 56, donor: "d1" },
      { sample_id: "s3", group: "SOD1", age: 112, donor: "d2" },
    ]);
    expect(line(made, "repeated-donors")?.message).toMatch(/3 samples come from 2 donors/);
  });

  test("the id column may be any, and is kept where it spells ids otherwise", async () => {
    const other = "group,title\nx,1_s1\ny,2_s2\nz,3_s3\n";
    const made = await open({ counts, samples: other }, { join: { strip: /^\d+_/ } });
    expect(rows(made.samples)[1]).toEqual({ sample_id: "s2", group: "y", title: "2_s2" });
    const text = await open({ counts, samples: other }, { join: { strip: "^\\d+_" } });
    expect(rows(text.samples)).toEqual(rows(made.samples));
  });

  test("by title and by number", async () => {
    const geo = "accession,title,group\nGSM3,s3,c\nGSM1,s1,a\nGSM2,s2,b\n";
    const byTitle = await open({ counts, samples: geo }, { join: "title" });
    expect(rows(byTitle.samples).map((row) => [row.accession, row.group])).toEqual([
      ["GSM1", "a"],
      ["GSM2", "b"],
      ["GSM3", "c"],
    ]);
    const numbered = "number,group\n03,c\n01,a\n02,b\n";
    const byNumber = await open(
      { counts, samples: numbered },
      { join: "number", sampleId: "number" },
    );
    expect(strings(byNumber.samples, "group")).toEqual(["a", "b", "c"]);
    expect((await failure(open({ counts, samples: sheet }, { join: "title" }))).message).toMatch(
      /no title column/,
    );
  });

  test("unmatched on either side are named", async () => {
    const off = "sample,group\ns1,a\nS2,b\ns3,c\ns9,d\n";
    const error = await failure(open({ counts, samples: off }));
    expect(error.name).toBe("ReadError");
    expect(error.message).toBe("samples without a row in the sample sheet: s2");
    expect(error.details.help).toMatch(/S2, s9/);
    expect(error.details).toMatchObject({ file: "sheet.csv", column: 1 });
    const none = await failure(open({ counts, samples: "sample\nx\ny\n" }));
    expect(none.message).toMatch(/knows none of the samples: s1, s2, s3/);
    const more = await open({ counts, samples: `${sheet}s9,WT,1,d9\n` });
    expect(line(more, "samples-without-counts")).toMatchObject({ n: 1, example: "s9" });
  });

  test("bad sheets: twice, no rows, a wrong column", async () => {
    const twice = await failure(open({ counts, samples: `${sheet}s1,WT,56,d1\n` }));
    expect(twice.message).toBe("sample stands twice in the sample sheet: s1");
    expect(twice.details).toMatchObject({ line: 5, column: 1 });
    expect((await failure(open({ counts, samples: "a,b\n" }))).message).toMatch(/no rows/);
    const wrong = await failure(open({ counts, samples: sheet }, { sampleId: "sampel" }));
    expect(wrong.details.help).toBe("Did you mean sample?");
  });

  test("reference makes a factor with that level first", async () => {
    const made = await open({ counts, samples: sheet }, { reference: { group: "WT" } });
    expect(levelsOf(made.samples, "group").levels).toEqual(["WT", "SOD1"]);
    const error = await failure(open({ counts, samples: sheet }, { reference: { group: "wt1" } }));
    expect(error.message).toBe("no such level of group: wt1");
    expect((await failure(open({ counts }, { reference: { grup: "x" } }))).message).toMatch(/grup/);
  });

  test("several sheets are stacked", async () => {
    const made = await intake({
      counts: file(counts, "counts.csv"),
      samples: [file("id,g\ns1,a\ns2,b\n", "1.csv"), file("id,h\ns3,c\n", "2.csv")],
    });
    expect(rows(made.samples)).toEqual([
      { sample_id: "s1", g: "a", h: null },
      { sample_id: "s2", g: "b", h: null },
      { sample_id: "s3", g: null, h: "c" },
    ]);
  });
});

describe("genes", () => {
  test("annotation joins by id, symbols found, Ensembl versions left aside", async () => {
    const versioned = "gene,s1\nENSG01.3,1\nENSG02.1,2\nENSG03.9,3\n";
    const genes = "ensgene,gene_name,length\nENSG02,B,20\nENSG01,A,10\nENSG02,B2,21\n";
    const made = await open({ counts: versioned, genes });
    expect(rows(made.genes)).toEqual([
      { gene_id: "ENSG01.3", symbol: "A", length: 10 },
      { gene_id: "ENSG02.1", symbol: "B", length: 20 },
      { gene_id: "ENSG03.9", symbol: null, length: null },
    ]);
    expect(line(made, "genes-without-annotation")).toMatchObject({ n: 1, example: "ENSG03.9" });
    expect(line(made, "annotation-repeats")?.n).toBe(1);
    expect((await failure(open({ counts, genes: "id,symbol\nx,y\n" }))).message).toMatch(
      /knows none of the genes/,
    );
  });

  const repeated = "gene,s1,s2\nA,1,5\nB,2,2\nA,4,1\nA,3,3\nB,2,2\n";

  test("duplicates by choice", async () => {
    const error = await failure(open({ counts: repeated }));
    expect(error.message).toBe("gene ids are not unique: A, B");
    expect(error.details.line).toBe(4);
    expect(error.details.help).toMatch(
      /2 ids.*3 surplus rows.*1 id of them repeats the same counts/,
    );
    const values = async (duplicates: "first" | "max" | "sum") => [
      ...(await open({ counts: repeated }, { duplicates })).counts.values,
    ];
    expect(await values("first")).toEqual([1, 5, 2, 2]);
    expect(await values("max")).toEqual([1, 5, 2, 2]);
    expect(await values("sum")).toEqual([8, 9, 4, 4]);
    const summed = await open({ counts: repeated }, { duplicates: "sum" });
    expect(line(summed, "duplicates-counted-twice")).toMatchObject({ n: 1, example: "B" });
    const large = await failure(
      open({ counts: "g,a\nA,2000000000\nA,2000000000\n" }, { duplicates: "sum" }),
    );
    expect(large.message).toMatch(/too large: A/);
  });
});

describe("kind", () => {
  test("by values, aloud", async () => {
    const kind = async (text: string) => (await open({ counts: text })).kind;
    expect(await kind("g,a,b\nA,1.5,200\nB,0,3.25\n")).toBe("abundance");
    expect(await kind("g,a,b\nA,1.5,12.25\nB,-0.5,3.5\n")).toBe("log");
    expect(await kind("g,a,b\nA,7.5,12.25\nB,4.5,3.5\n")).toBe("log");
    const many = `g,a\n${Array.from({ length: 300 }, (_, i) => `g${i},${i}\n`).join("")}x,5.5\n`;
    const made = await open({ counts: many });
    expect(line(made, "stray-fractions")?.message).toMatch(/\(5.5\) on line 302, field 2/);
  });

  test("by option, or refused", async () => {
    expect((await open({ counts }, { kind: "abundance" })).counts.values).toBeInstanceOf(
      Float64Array,
    );
    const whole = await failure(open({ counts: "g,a\nA,1\nB,-2\n" }));
    expect(whole.message).toBe("negative count: -2");
    expect(whole.details).toMatchObject({ file: "counts.csv", line: 3, column: 2 });
    expect((await open({ counts: "g,a\nA,1\nB,-2\n" }, { kind: "log" })).kind).toBe("log");
    const large = await failure(open({ counts: "g,a\nA,1\nB,3000000000\n" }));
    expect(large.message).toMatch(/count is too large: 3000000000 \(gene B, sample a\)/);
    const arrow = await failure(intake(fixture("arrow/float32.arrow"), { kind: "counts" }));
    expect(arrow.message).toMatch(/not a count in sample s1: 0.5/);
    const negative = await failure(open({ counts: "g,a\nA,1.5\nB,-2\n" }, { kind: "abundance" }));
    expect(negative).toMatchObject({ name: "ReadError", details: { file: "counts.csv" } });
  });
});

describe("report", () => {
  test("identical, empty and outlying samples", async () => {
    const text = `g,a,b,c,d,e,f\nA,1,5,1,0,5,900\nB,2,6,2,0,7,800\nC,3,4,3,0,2,700\n`;
    const made = await open({ counts: text });
    expect(line(made, "identical-samples")).toMatchObject({ n: 2, example: "a" });
    expect(line(made, "identical-samples")?.message).toMatch(/a, c/);
    expect(line(made, "all-zero-samples")).toMatchObject({ n: 1, example: "d" });
    expect(line(made, "outlying-library")).toMatchObject({ n: 1, example: "f" });
  });
});

describe("several counts files", () => {
  test("side by side over the same genes", async () => {
    const made = await intake({
      counts: [file("g,a\nA,1\nB,2\n", "1.csv"), file("g,b,c\nB,4,6\nA,3,5\n", "2.csv")],
    });
    expect(made.counts.values).toEqual(Int32Array.of(1, 3, 5, 2, 4, 6));
    expect(strings(made.samples, "sample_id")).toEqual(["a", "b", "c"]);
    expect(codes(made)).toContain("files-joined");
  });

  test("different genes and one sample twice are refused", async () => {
    const first = file("g,a\nA,1\nB,2\n", "1.csv");
    const genes = await failure(intake({ counts: [first, file("g,b\nA,1\nC,2\n", "2.csv")] }));
    expect(genes.message).toBe("files have different genes: B");
    expect(genes.details.file).toBe("2.csv");
    const twice = await failure(intake({ counts: [first, file("g,a\nA,1\nB,2\n", "2.csv")] }));
    expect(twice.message).toBe("two files have one sample: a");
  });
});

describe("arguments", () => {
  test("misspelt options and parts", async () => {
    const cases: [object, RegExp][] = [
      [{ duplicate: "sum" }, /unknown option: duplicate/],
      [{ duplicates: "mean" }, /invalid duplicates: mean/],
      [{ kind: "fpkm" }, /invalid kind: fpkm/],
      [{ join: "name" }, /invalid join: name/],
      [{ join: { strip: "(" } }, /invalid join.strip/],
      [{ join: { stripp: "x" } }, /unknown option: stripp/],
      [{ orientation: "cells" }, /invalid orientation/],
      [{ format: "xls" }, /invalid format: xls/],
      [{ sheet: 1 }, /no workbook/],
      [{ reference: "WT" }, /invalid reference/],
      [{ geneId: 3 }, /invalid geneId/],
    ];
    for (const [options, message] of cases) {
      const error = await failure(open({ counts }, options as IntakeOptions));
      expect(error.message).toMatch(message);
      expect(error.name).toBe("ArgumentError");
    }
    const part = { counts: file(counts, "c.csv"), sample: file(sheet, "s.csv") };
    expect((await failure(intake(part as never))).message).toMatch(/unknown part: sample/);
    expect((await failure(intake({ counts: [] }))).message).toMatch(/no counts/);
    expect((await failure(intake(null as never))).name).toBe("ArgumentError");
  });

  test("rows that are samples, with a sheet", async () => {
    const text = "id,g1,g2\ns2,1,2\ns1,3,4\n";
    const made = await open(
      { counts: text, samples: "id,group\ns1,a\ns2,b\n" },
      { orientation: "samples" },
    );
    expect(made.counts.values).toEqual(Int32Array.of(1, 3, 2, 4));
    expect(columnNames(made.samples)).toEqual(["sample_id", "group"]);
    expect(strings(made.samples, "group")).toEqual(["b", "a"]);
  });

  test("an abort ends it", async () => {
    const signal = AbortSignal.abort();
    const work = intake(file(counts, "c.csv"), {}, { signal });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
});
