import { expect, test } from "vitest";
import { fromBytes } from "../../../src/engine/bytes/index.ts";
import { formats, openReader } from "../../../src/engine/readers/index.ts";
import * as made from "../../fixtures/formats.ts";
import { gzip } from "../../support/pack.ts";

const files = await made.singleFiles();
const text = (content: string) => new TextEncoder().encode(content);

/** A fixture of every reader, by format: adding a reader means adding one here. */
const fixtures: Readonly<Record<string, readonly [string, Uint8Array]>> = {
  arrow: ["long.arrow", files["long.arrow"]],
  hdf5: ["v3.h5", files["v3.h5"]],
  parquet: ["wide.parquet", files["wide.parquet"]],
  xlsx: ["book.xlsx", files["book.xlsx"]],
  "series-matrix": ["GSE1_series_matrix.txt", text(made.seriesMatrix())],
  soft: ["GSE1_family.soft", text(made.softFamily)],
  miniml: ["GSE1_family.xml", text(made.miniml)],
  mtx: ["matrix.mtx", text(made.mtx())],
  salmon: ["quant.sf", text(made.salmon(0))],
  kallisto: ["abundance.tsv", text(made.kallisto(0))],
  rsem: ["s1.genes.results", text(made.rsem(0))],
  star: ["s1ReadsPerGene.out.tab", text(made.star(0))],
  featurecounts: ["counts.txt", text(made.featureCounts)],
  tetranscripts: ["s1.cntTable", text(made.teCount(0))],
  htseq: ["s1.htseq.txt", text(made.htseq(0))],
  gmt: ["sets.gmt", text(made.gmt)],
  table: ["wide.tsv", files["wide.tsv"]],
};

test("every reader has a fixture", () => {
  expect(Object.keys(fixtures).toSorted()).toEqual([...formats].toSorted());
});

test.each(Object.keys(fixtures))("%s is told by its content, gzipped too", async (format) => {
  const [name, bytes] = fixtures[format];
  expect((await openReader(fromBytes(bytes, name))).format).toBe(format);
  expect((await openReader(fromBytes(gzip(bytes), `${name}.gz`))).format).toBe(format);
  if (format !== "gmt")
    expect((await openReader(fromBytes(bytes, "data.txt"))).format).toBe(format);
});
