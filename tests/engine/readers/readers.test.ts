import { describe, expect, test } from "vitest";
import { toArrow } from "../../../src/engine/experiment/to-arrow.ts";
import { formats, openReader } from "../../../src/engine/readers/index.ts";
import { readTable } from "../../../src/engine/readers/read-table.ts";
import { levelsOf, rows, strings, tableToBytes } from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { smallExperiment } from "../../support/small-experiment.ts";
import { fixture, textSource } from "../../support/sources.ts";

test("formats are told by content, not by name", async () => {
  const known =
    "arrow hdf5 parquet xlsx series-matrix soft miniml mtx salmon kallisto rsem star featurecounts tetranscripts htseq gmt table";
  expect(formats).toEqual(known.split(" "));
  const arrow = toArrow(smallExperiment());
  for (const name of ["x.arrow", "x.csv", "x.arrow.gz"])
    expect((await openReader(textSource(arrow, name))).format).toBe("arrow");
  for (const name of ["x.csv", "x.arrow", "x.tsv.gz"])
    expect((await openReader(textSource("g,a\nA,1\n", name))).format).toBe("table");
  expect((await openReader(textSource("g,a\n"), "arrow")).format).toBe("arrow");
  expect((await failure(openReader(textSource("g,a\n"), "csv"))).message).toMatch(
    /invalid format: csv/,
  );
});

describe("what is known and not read says what to do", () => {
  const heads: [string, string | Uint8Array, RegExp][] = [
    ["empty.csv", "", /file is empty/],
    ["x.rds.gz", "X\n\0\0\0\u0003", /R data/],
    ["x.CEL.gz", Uint8Array.of(64, 0, 0, 0, 4, 0, 0, 0), /CEL file/],
    ["x.gtf", "#!genome-build x\n1\thavana\tgene\t1\t9\t.\t+\t.\tgene_id\n", /GTF/],
    ["x.fastq.gz", "@r1\nACGT\n+\nFFFF\n", /FASTQ/],
    ["x.bam", "BAM\u0001\0\0", /BAM/],
    ["x.json", '{"a": [1]}', /JSON/],
    ["x.tsv", "<!DOCTYPE html><html>", /web page/],
    ["x.bin", Uint8Array.of(1, 2, 0, 4), /not a format that is known/],
  ];
  for (const [name, content, message] of heads)
    test(name, async () => {
      const error = await failure(openReader(textSource(content, name)));
      expect(error.name).toBe("ReadError");
      expect(error.message).toMatch(message);
      expect(error.details.file).toBe(name);
    });
});

describe("readTable", () => {
  test("types of a sample sheet", async () => {
    const text = "id,age,male,group,plate\n001,56,TRUE,WT,\n2,NA,false,NA,\n";
    expect(rows(await readTable(textSource(text, "sheet.csv")))).toEqual([
      { id: "001", age: 56, male: true, group: "WT", plate: null },
      { id: "2", age: null, male: false, group: null, plate: null },
    ]);
  });

  test("a table of one row, of text only, of row names without a header", async () => {
    expect(rows(await readTable(textSource("a\tb\nx\ty\n")))).toEqual([{ a: "x", b: "y" }]);
    expect(rows(await readTable(textSource("a b\nr1 1 2\nr2 3 4\n")))).toEqual([
      { row: "r1", a: 1, b: 2 },
      { row: "r2", a: 3, b: 4 },
    ]);
  });

  test("Arrow files and streams keep types and levels", async () => {
    const { samples } = smallExperiment();
    for (const bytes of [tableToBytes(samples), tableToBytes(samples, "file")]) {
      const table = await readTable(textSource(bytes, "x.arrow.gz"));
      expect(rows(table)).toEqual(rows(samples));
      expect(levelsOf(table, "genotype").levels).toEqual(["WT", "SOD1", "other"]);
    }
    const wide = await readTable(fixture("arrow/wide-batches.arrow"));
    expect(strings(wide, "gene_id")).toHaveLength(7);
    expect(rows(wide)[6]).toMatchObject({ biotype: null, s1: 6, s2: 60 });
    expect((await failure(readTable(fixture("arrow/lz4.feather")))).message).toMatch(/compressed/);
  });

  test("bad sheets", async () => {
    const twice = await failure(readTable(textSource("a,b,a\n1,2,3\n", "s.csv")));
    expect(twice.message).toBe("two columns have one name: a");
    expect(twice.details).toMatchObject({ file: "s.csv", line: 1, column: 3 });
    const ragged = await failure(readTable(textSource("a,b,c\n1,2,3\n4,5\n6,7,8\n", "s.csv")));
    expect(ragged.details).toMatchObject({ line: 3, column: 3 });
  });
});
