import { describe, expect, test } from "vitest";
import { abortError } from "../../../src/base/errors.ts";
import { fromBytes } from "../../../src/engine/bytes/index.ts";
import type { Experiment } from "../../../src/engine/experiment/types.ts";
import { intake, type IntakeOptions, type IntakeSource } from "../../../src/engine/intake/index.ts";
import { readTable } from "../../../src/engine/readers/read-table.ts";
import { columnNames, levelsOf, rows, strings } from "../../../src/tables/index.ts";
import * as made from "../../fixtures/formats.ts";
import { failure } from "../../support/failure.ts";
import { hdf5 } from "../../support/hdf5.ts";
import { gzip, tar, zip } from "../../support/pack.ts";
import { textSource, trickling } from "../../support/sources.ts";
import { workbook } from "../../support/workbook.ts";

const files = await made.singleFiles();
const open = (name: string, options?: IntakeOptions) =>
  intake(fromBytes(files[name], name), options);
const codes = ({ report }: Experiment) => report.map(({ code }) => code);
const line = (experiment: Experiment, code: string) =>
  experiment.report.find((entry) => entry.code === code);
const bytes = (text: string) => new TextEncoder().encode(text);

describe("every format gives the same counts", () => {
  const others = new Set(["v1.h5", "v3.h5", "mtx.zip", "mtx.tar", "series_matrix.txt"]);
  for (const name of Object.keys(files).filter((n) => !others.has(n)))
    test(name, async () => {
      const experiment = await open(name);
      expect(experiment.kind).toBe("counts");
      expect(experiment.counts.values).toEqual(made.counts);
      expect(strings(experiment.genes, "gene_id")).toEqual(made.geneIds);
      expect(strings(experiment.samples, "sample_id")).toEqual(made.sampleIds);
    });

  test("mtx in a zip, and in a tar.gz in a tar", async () => {
    for (const name of ["mtx.zip", "mtx.tar"]) {
      const experiment = await open(name);
      expect(experiment.counts.values).toEqual(made.counts);
      expect(strings(experiment.genes, "symbol")).toEqual(made.symbols);
    }
  });

  test("content counts, not the name; boundaries of blocks may fall anywhere", async () => {
    for (const name of [
      "htseq.tar",
      "mtx.zip",
      "v3.h5",
      "wide.parquet",
      "book.xlsx",
      "featurecounts.txt",
    ]) {
      const expected = await open(name);
      const experiment = await intake(trickling(fromBytes(files[name], "data"), 7));
      expect(experiment.counts.values).toEqual(expected.counts.values);
    }
  });
});

describe("quantifiers", () => {
  test("kallisto's abundance.h5, one a folder, with a table of transcripts", async () => {
    const packed: Record<string, Uint8Array> = {};
    for (const [s, id] of made.sampleIds.entries())
      packed[`${id}/abundance.h5`] = await hdf5(made.kallistoHdf5(s));
    const transcripts = textSource(made.tx2gene, "t2g.tsv");
    const whole = await intake({ counts: fromBytes(tar(packed), "runs.tar"), transcripts });
    expect(whole.counts.values).toEqual(made.counts);
    expect(strings(whole.samples, "sample_id")).toEqual(made.sampleIds);
    expect(columnNames(whole.genes)).toContain("length");
    const lengths = rows(whole.genes).map(({ length }) => length as number);
    expect(lengths.every((length) => length >= 800 && length <= 900)).toBe(true);
    const one = fromBytes(packed["s1/abundance.h5"], "abundance.h5");
    expect((await failure(intake(one))).message).toMatch(/transcripts/);
  });

  test("STAR takes the strand that has the reads, unless told", async () => {
    expect(codes(await open("star.zip"))).toContain("star-reverse");
    const both = await open("star.zip", { sheet: "unstranded" });
    expect(both.counts.values).toEqual(made.counts.map((v) => v + 1));
    expect((await failure(open("star.zip", { sheet: "left" }))).message).toMatch(
      /invalid sheet: left/,
    );
  });

  test("salmon and kallisto are summed to genes by a table, rounded, with lengths", async () => {
    for (const make of [made.salmon, made.kallisto]) {
      const experiment = await intake({
        counts: made.sampleIds.map((id, s) => textSource(make(s), `${id}/quant.sf`)),
        transcripts: textSource(made.tx2gene, "tx2gene.tsv"),
      });
      expect(experiment.counts.values).toEqual(made.counts);
      expect(strings(experiment.genes, "gene_id")).toEqual(made.geneIds);
      expect(experiment.genes.getChild("length")!.get(0)).toBeCloseTo(825, 10);
      expect(line(experiment, "transcripts-summed")).toMatchObject({ n: 48 });
      expect(experiment.kind).toBe("counts");
    }
  });

  test("estimates are rounded half to even, and it says so", async () => {
    const text =
      "Name\tLength\tEffectiveLength\tTPM\tNumReads\nENSG01\t1\t1\t1\t0.5\nENSG02\t1\t1\t1\t1.5\nENSG03\t1\t1\t1\t2.51\n";
    const experiment = await intake(textSource(text, "a/quant.genes.sf"));
    expect([...experiment.counts.values]).toEqual([0, 2, 3]);
    expect(line(experiment, "estimates-rounded")).toMatchObject({ level: "info", n: 3 });
  });

  test("transcripts without a table, and one that does not know them", async () => {
    const without = await failure(intake(textSource(made.salmon(0), "quant.sf")));
    expect(without.message).toMatch(/transcripts without their genes: ENST00\.1/);
    expect(without.details.help).toMatch(/transcripts: FileAttachment/);
    const other = await failure(
      intake({
        counts: textSource(made.salmon(0), "quant.sf"),
        transcripts: textSource("tx,gene\nX,Y\n", "t.csv"),
      }),
    );
    expect(other.message).toMatch(/knows none of the transcripts/);
  });

  test("GENCODE's names tell the genes", async () => {
    const name = (t: number) => `ENST${t}.1|ENSG7.2|h|h|SOD1-${t}|SOD1|900|protein_coding|`;
    const text = `target_id\tlength\teff_length\test_counts\ttpm\n${name(1)}\t9\t8\t4\t1\n${name(2)}\t9\t8\t5\t1\n`;
    const experiment = await intake(textSource(text, "k/abundance.tsv"));
    expect(rows(experiment.genes)).toEqual([{ gene_id: "ENSG7.2", symbol: "SOD1", length: 8 }]);
    expect([...experiment.counts.values]).toEqual([9]);
  });

  test("RSEM has lengths, featureCounts places", async () => {
    expect((await open("rsem.tar.gz")).genes.getChild("length")!.get(0)).toBeCloseTo(901, 10);
    expect(rows((await open("featurecounts.txt")).genes)[1]).toEqual({
      gene_id: made.geneIds[1],
      Chr: "1",
      Start: 11,
      End: 90,
      Strand: "+",
      Length: 52,
    });
  });

  test("names of GEO's files: accession and title", async () => {
    const experiment = await intake({
      counts: [0, 1].map((s) => textSource(gzip(made.htseq(s)), `GSM90${s}_mouse-${s}_counts.txt`)),
      samples: textSource("acc,group\nGSM901,b\nGSM900,a\n", "s.csv"),
    });
    expect(rows(experiment.samples)).toEqual([
      { sample_id: "GSM900", title: "mouse-0", group: "a" },
      { sample_id: "GSM901", title: "mouse-1", group: "b" },
    ]);
  });

  test("files of other genes, and one sample in two files", async () => {
    const a = textSource(made.htseq(0), "a.txt");
    const short = textSource(made.htseq(1).split("\n").slice(1).join("\n"), "b.txt");
    expect((await failure(intake({ counts: [a, short] }))).message).toMatch(
      /different genes: ENSG00000000001/,
    );
    const again = textSource(made.htseq(1), "a.counts.txt");
    expect((await failure(intake({ counts: [a, again] }))).message).toBe(
      "two files have one sample: a",
    );
  });

  test("a broken count names its line", async () => {
    const error = await failure(
      intake(textSource(made.htseq(0).replace(/\t(\d+)\n__no/, "\t-3\n__no"), "h.txt"), {
        format: "htseq",
      }),
    );
    expect(error).toMatchObject({ name: "ReadError", message: "not a count: -3" });
    expect(error.details).toMatchObject({ file: "h.txt", line: 8, column: 2 });
  });
});

describe("GEO", () => {
  test("a series matrix: values and described samples", async () => {
    const experiment = await open("series_matrix.txt");
    expect(experiment).toMatchObject({
      kind: "log",
      title: "A small study",
      organism: "Homo sapiens",
    });
    expect(experiment.metadata).toEqual({ source: "GEO GSE1" });
    expect(rows(experiment.samples)[1]).toEqual({
      sample_id: "GSM102",
      title: "s2",
      organism: "Homo sapiens",
      disease_state: "ALS",
      age: null,
    });
    expect([...experiment.counts.values]).toEqual([...made.counts].map((v) => v / 8 - 1));
  });

  test("whole numbers of an array are no counts", async () => {
    const text = made
      .seriesMatrix()
      .replace(/\t-?[\d.]+/g, (v) => `\t${Math.abs(Math.round(Number(v)))}`)
      .replace("age: \t", "age: ");
    const experiment = await intake(textSource(text, "GSE1_series_matrix.txt"));
    expect(experiment.kind).toBe("abundance");
    expect(codes(experiment)).toContain("array-values");
  });

  test("an empty table is a sample sheet, and no counts", async () => {
    const source = textSource(made.seriesMatrix(false), "GSE1_series_matrix.txt.gz");
    expect((await failure(intake(source))).details.help).toMatch(/supplementary files/);
    const counts = textSource(
      `id,GSM103,GSM101,GSM102\n${made.geneIds.map((id, g) => `${id},${g},1,2`).join("\n")}\n`,
      "c.csv",
    );
    const experiment = await intake({ counts, samples: source });
    expect(strings(experiment.samples, "disease_state")).toEqual(["control", "ALS", "ALS"]);
  });

  test("MINiML and SOFT are sample sheets", async () => {
    const xml = rows(await readTable(textSource(made.miniml, "x.xml.gz")));
    expect(xml[0]).toEqual({
      sample_id: "GSM101",
      title: "s1",
      source: "spinal cord",
      organism: "Homo sapiens",
      disease_state: "ALS & more",
    });
    const soft = rows(await readTable(textSource(made.softFamily, "x.soft")));
    expect(soft).toHaveLength(3);
    expect(soft[2]).toEqual({ sample_id: "GSM103", title: "s3", disease_state: "control" });
    expect((await failure(intake(textSource(made.miniml, "x.xml")))).message).toMatch(
      /holds no counts/,
    );
  });

  test("errors name the line of the file", async () => {
    const text = made.seriesMatrix().replace(/(ENSG00000000003"\t)[^\t]+/, "$1x");
    expect((await failure(intake(textSource(text, "m.txt")))).details).toMatchObject({
      file: "m.txt",
      line: 14,
      column: 2,
    });
    const cut = made.seriesMatrix().replace("!series_matrix_table_end\n", "");
    expect((await failure(intake(textSource(cut, "m.txt")))).details.expected).toMatch(/table_end/);
    expect(
      (await failure(readTable(textSource(made.miniml.slice(0, -40), "x.xml")))).message,
    ).toMatch(/broken MINiML/);
    const doctype = made.miniml.replace("<MINiML", '<!DOCTYPE a [<!ENTITY b "c">]><MINiML');
    expect(
      (await failure(readTable(textSource(doctype, "x.xml"), { format: "miniml" }))).details
        .expected,
    ).toBe("no DOCTYPE");
  });

  test("a sheet among the files is taken as the sheet", async () => {
    const experiment = await intake(
      fromBytes(
        tar({
          "GSE1_family.xml": made.miniml,
          "GSM101_a.txt": made.htseq(0),
          "GSM102_b.txt": made.htseq(1),
          "GSM103_c.txt.gz": gzip(made.htseq(2)),
          "README.txt": "hello",
          "run.log": "x",
        }),
        "GSE1_RAW.tar",
      ),
    );
    expect(strings(experiment.samples, "disease_state")).toEqual([
      "ALS & more",
      "ALS & more",
      "control",
    ]);
    expect(line(experiment, "files-left-aside")).toMatchObject({ n: 2 });
    expect(codes(experiment)).toContain("sheet-found");
  });
});

describe("10x", () => {
  const loose = (genes: string, text: string): IntakeSource => ({
    counts: [
      textSource(made.mtx(), "p_matrix.mtx"),
      textSource(made.barcodes, "p_barcodes.tsv.gz"),
      textSource(text, genes),
    ],
  });

  test("v2 and v3 loose files", async () => {
    for (const source of [
      loose("p_genes.tsv", made.genesTsv),
      loose("p_features.tsv.gz", made.featuresTsv),
    ])
      expect((await intake(source)).counts.values).toEqual(made.counts);
  });

  test("several matrices: barcodes get the library's name", async () => {
    const set = (id: string) => ({
      [`GSM${id}_x_matrix.mtx`]: made.mtx(),
      [`GSM${id}_x_barcodes.tsv`]: made.barcodes,
      [`GSM${id}_x_features.tsv`]: made.featuresTsv,
    });
    const experiment = await intake(fromBytes(tar({ ...set("1"), ...set("2") }), "GSE9_RAW.tar"));
    expect(experiment.counts.nSamples).toBe(6);
    expect(strings(experiment.samples, "sample_id")[3]).toBe("GSM2_s1");
    expect(strings(experiment.samples, "library")[5]).toBe("GSM2");
  });

  test("files that lack, or do not fit", async () => {
    const alone = await failure(intake(textSource(made.mtx(), "matrix.mtx")));
    expect(alone.message).toMatch(/lacks files: barcodes.tsv, features.tsv/);
    const short = await failure(intake(loose("p_genes.tsv", "A\tA\n")));
    expect(short.message).toMatch(/matrix is 8 x 3, not 1 x 3/);
    const cases: [RegExp, string, object][] = [
      [/\n8 3 \d+\n/, "\n8 3 99\n", { line: 3 }],
      [/\n8 3 \d+\n/, "\n8000000 3000000 4\n", {}],
      [/\n1 1 /, "\n9 1 ", { column: 1, expected: "a row from 1 to 8" }],
      [/\n(\d) 2 \d+\n/, "\n$1 2 x\n", { column: 3, expected: "a number" }],
    ];
    for (const [pattern, replacement, details] of cases) {
      const text = made.mtx().replace(pattern, replacement);
      const [, barcodes, features] = (loose("p_genes.tsv", made.genesTsv) as { counts: never[] })
        .counts;
      const error = await failure(
        intake({ counts: [textSource(text, "p_matrix.mtx"), barcodes, features] }),
      );
      expect(error.name).toBe("ReadError");
      expect(error.details).toMatchObject({ file: "p_matrix.mtx", ...details });
    }
    const huge = await failure(
      intake({
        counts: [
          textSource(
            "%%MatrixMarket matrix coordinate integer general\n50000 100000 1\n1 1 1\n",
            "matrix.mtx",
          ),
          textSource("A\n".repeat(100000), "barcodes.tsv"),
          textSource("A\tA\n".repeat(50000), "genes.tsv"),
        ],
      }),
    );
    expect(huge.message).toMatch(/too large to hold: 50,000 genes x 100,000 samples/);
  });

  test("HDF5 of Cell Ranger 3: genes only", async () => {
    const experiment = await open("v3.h5");
    expect(experiment.counts.values).toEqual(made.counts.slice(0, 21));
    expect(strings(experiment.genes, "symbol")[2]).toBe("SOD1");
    expect(line(experiment, "features-left-out")).toMatchObject({ n: 1, example: made.geneIds[7] });
  });

  test("HDF5 of Cell Ranger 1: genomes", async () => {
    const both = await open("v1.h5");
    expect(both.counts.nGenes).toBe(16);
    expect(levelsOf(both.genes, "genome").levels).toEqual(["hg19", "mm10"]);
    expect((await open("v1.h5", { sheet: "hg19" })).counts.values).toEqual(made.counts);
    expect((await failure(open("v1.h5", { sheet: "hg38" }))).details.help).toMatch(/hg19, mm10/);
  });
});

describe("h5ad", () => {
  test("the matrix of whole numbers is taken, unless told", async () => {
    const experiment = await open("csr.h5ad");
    expect(line(experiment, "matrix-chosen")?.message).toMatch(/X, raw: raw was taken/);
    expect(rows(experiment.samples)).toEqual([
      { sample_id: "s1", group: "WT", age: 56 },
      { sample_id: "s2", group: "SOD1", age: 112 },
      { sample_id: "s3", group: null, age: 90 },
    ]);
    const scaled = await open("csr.h5ad", { sheet: "X" });
    expect(scaled.kind).toBe("abundance");
    expect(strings(scaled.genes, "symbol")).toEqual(made.symbols);
    expect((await open("dense.h5ad", { sheet: "scaled" })).kind).toBe("abundance");
    expect((await failure(open("dense.h5ad", { sheet: "layer" }))).details.help).toMatch(
      /X, scaled/,
    );
  });

  test("obs and var as tables", async () => {
    const source = fromBytes(files["csc.h5ad"], "x.h5ad");
    expect(levelsOf(await readTable(source), "group").levels).toEqual(["WT", "SOD1"]);
    expect(columnNames(await readTable(source, { sheet: "var" }))).toEqual([
      "gene_id",
      "gene_name",
    ]);
  });

  test("what does not fit ends in a ReadError", async () => {
    const good = made.h5ad("csc");
    const cases: [object, RegExp][] = [
      [{ "X/indptr": Int32Array.of(0, 1) }, /broken sparse matrix/],
      [
        { "X/indices": Int32Array.from(good["X/indices"] as Int32Array, (v) => v + 1) },
        /broken sparse matrix/,
      ],
      [{ "X@shape": Int32Array.of(9, 8) }, /matrix is 9 x 8/],
      [{ "X@encoding-type": "coo_matrix" }, /kind that is not read: coo_matrix/],
      [{ "obs/group/codes": Int8Array.of(0, 1, 5) }, /category that is none of 2: 5/],
      [{ "obs/age": Float64Array.of(1) }, /column has 1 rows/],
      [{ "obs/_index": ["a", "a", "b"] }, /sample_id is not unique/],
    ];
    for (const [change, message] of cases) {
      const error = await failure(intake(fromBytes(await hdf5({ ...good, ...change }), "x.h5ad")));
      expect(error.message).toMatch(message);
      expect(error.name).toBe("ReadError");
    }
    const bare = await failure(intake(fromBytes(await hdf5({ "a/b": Int32Array.of(1) }), "x.h5")));
    expect(bare.message).toMatch(/no layout that is known/);
    expect(bare.details.help).toBe("It holds a.");
    const loom = await hdf5({ "row_attrs/Gene": ["a"], "col_attrs/CellID": ["b"] });
    expect((await failure(intake(fromBytes(loom, "x.loom")))).message).toMatch(/loom file/);
    const cut = await failure(intake(fromBytes(files["csc.h5ad"].subarray(0, 3000), "x.h5ad")));
    expect(cut.details.expected).toMatch(/truncated/);
  });
});

describe("Parquet, Arrow and workbooks", () => {
  test("long tables: other columns go where they belong, gaps are 0", async () => {
    const experiment = await open("long.parquet");
    expect(strings(experiment.genes, "symbol")).toEqual(made.symbols);
    expect(strings(experiment.samples, "group")).toEqual(["WT", "SOD1", "SOD1"]);
    expect(codes(experiment)).toContain("gaps-are-zero");
  });

  test("readTable by format, as attachments ask", async () => {
    const table = await readTable(fromBytes(files["wide.parquet"], "x"), { format: "parquet" });
    expect(columnNames(table)).toEqual(["gene_id", "symbol", ...made.sampleIds]);
    expect(table.getChild("s1")!.get(0)).toBe(made.count(0, 0));
    expect(table.getChild("s2")!.get(0)).toBe(made.count(0, 1));
    const arrow = await readTable(fromBytes(files["long.arrow"], "x"), { format: "arrow" });
    expect(arrow.numRows).toBe(arrow.getChild("count")!.length);
    expect((await failure(readTable(textSource("a,b\n"), { format: "parquet" }))).message).toMatch(
      /broken parquet/,
    );
  });

  test("sheets of a workbook", async () => {
    const experiment = await open("book.xlsx");
    expect(line(experiment, "sheet-chosen")?.message).toMatch(
      /sheet Counts was read; others are Notes, Sheet/,
    );
    expect(codes(experiment)).toContain("rows-skipped");
    expect(strings(experiment.genes, "symbol")).toEqual(made.symbols);
    const sheet = await readTable(fromBytes(files["book.xlsx"], "b.xlsx"), { sheet: "Sheet" });
    expect(rows(sheet)[1]).toEqual({ sample: "s2", group: "SOD1", male: true, born: "2019-03-02" });
    expect(
      rows(await readTable(fromBytes(files["book.xlsx"], "b.xlsx"), { sheet: 3 })),
    ).toHaveLength(3);
    expect((await failure(open("book.xlsx", { sheet: "counts" }))).details.help).toMatch(
      /Did you mean Counts/,
    );
  });

  test("names that Excel spoilt are named", async () => {
    const bytes = workbook({
      S: [
        ["gene", "a", "b"],
        [{ days: 43_525, format: 16 }, 1, 2],
        ["2-Sep", 3, 4],
        ["SOD1", 5, 6],
        ["2.31E+13", 0, 1],
      ],
    });
    const experiment = await intake(fromBytes(bytes, "x.xlsx"));
    expect(line(experiment, "excel-symbols")).toMatchObject({ level: "warning", n: 3 });
    expect(line(experiment, "excel-symbols")?.message).toMatch(
      /1-Mar \(MARCHF1\?\), 2-Sep \(SEPTIN2\?\), 2\.31E\+13/,
    );
  });

  test("errors name the sheet's row", async () => {
    const bytes = workbook({ S: [["gene", "a"], ["A", 1], [], ["B", "x"]] });
    expect((await failure(intake(fromBytes(bytes, "x.xlsx")))).details).toMatchObject({
      line: 4,
      column: 2,
    });
    expect((await failure(open("wide.tsv", { sheet: "S" }))).message).toMatch(
      /no workbook to take a sheet of: S/,
    );
    const empty = await failure(intake(fromBytes(workbook({ S: [["x"]] }), "x.xlsx")));
    expect(empty.message).toMatch(/workbook without a table/);
    const word = zip({ "[Content_Types].xml": "<x/>", "word/document.xml": "<x/>" });
    expect((await failure(intake(fromBytes(word, "x.xlsx")))).name).toBe("ReadError");
  });

  test("gene sets", async () => {
    const sets = await readTable(textSource(made.gmt, "x.gmt"));
    expect(columnNames(sets)).toEqual(["set", "description", "gene_id"]);
    expect(rows(sets)[3]).toEqual({ set: "SET_B", description: null, gene_id: "FUS" });
    expect(sets.numRows).toBe(9);
    expect((await readTable(textSource(made.gmt, "sets.txt"))).numRows).toBe(9);
    expect((await failure(intake(textSource(made.gmt, "x.gmt")))).message).toMatch(
      /gene sets holds no counts/,
    );
  });
});

test("an abort ends every reader at once", async () => {
  for (const [name, content] of Object.entries(files)) {
    const work = intake(fromBytes(content, name), {}, { signal: AbortSignal.abort() });
    await expect(work, name).rejects.toMatchObject({ name: abortError().name });
  }
});

test("RDS says what to do in R", async () => {
  const error = await failure(intake(textSource(bytes("X\n\0\0\0\u0003\0\u0004"), "x.rds.gz")));
  expect(error.details.help).toMatch(/readRDS.*assay.*write.csv|write.csv.*assay/);
});
