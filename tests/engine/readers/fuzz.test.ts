import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EngrailedError } from "../../../src/base/errors.ts";
import { fromBlob, fromBytes, type ByteSource } from "../../../src/engine/bytes/index.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { createReading, type Reading } from "../../../src/engine/reading/index.ts";
import { readTable } from "../../../src/engine/readers/read-table.ts";
import * as made from "../../fixtures/formats.ts";
import { mutations } from "../../support/mutate.ts";
import { nodeReader } from "../../support/node-reader.ts";
import { gzip, tar, zip } from "../../support/pack.ts";
import { seeded } from "../../support/random.ts";
import { textSource } from "../../support/sources.ts";

/** A file is a fixture and how it is opened; `wrap` packs the spoilt bytes again, so that what is inside is spoilt. */
interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly n: number;
  open(bytes: Uint8Array): Promise<unknown>;
}

const files = await made.singleFiles();
const bytes = (text: string) => new TextEncoder().encode(text);
const alone = (name: string) => (spoilt: Uint8Array) => intake(fromBytes(spoilt, name));
const table = (name: string) => (spoilt: Uint8Array) => readTable(fromBytes(spoilt, name));
const with2 = (first: ByteSource, second: ByteSource) => (name: string) => (spoilt: Uint8Array) =>
  intake({ counts: [first, second, fromBytes(spoilt, name)] });
const genes = textSource(made.genesTsv, "genes.tsv");
const barcodes = textSource(made.barcodes, "barcodes.tsv");
const matrix = textSource(made.mtx(), "matrix.mtx");

const text: readonly [string, string, (bytes: Uint8Array) => Promise<unknown>][] = [
  ["htseq.txt", made.htseq(0), alone("htseq.txt")],
  ["star.tab", made.star(0), alone("star.tab")],
  ["rsem", made.rsem(0), alone("a.genes.results")],
  [
    "salmon",
    made.salmon(0),
    (b) =>
      intake({ counts: fromBytes(b, "quant.sf"), transcripts: textSource(made.tx2gene, "t.tsv") }),
  ],
  [
    "tx2gene",
    made.tx2gene,
    (b) =>
      intake({
        counts: textSource(made.kallisto(1), "abundance.tsv"),
        transcripts: fromBytes(b, "t.tsv"),
      }),
  ],
  [
    "kallisto",
    made.kallisto(0),
    (b) =>
      intake({
        counts: fromBytes(b, "abundance.tsv"),
        transcripts: textSource(made.tx2gene, "t.tsv"),
      }),
  ],
  ["featureCounts", made.featureCounts, alone("fc.txt")],
  ["TEcount", made.teCount(0), alone("te.txt")],
  ["matrix.mtx", made.mtx(), with2(genes, barcodes)("matrix.mtx")],
  ["genes.tsv", made.genesTsv, with2(matrix, barcodes)("genes.tsv")],
  ["series matrix", made.seriesMatrix(), alone("GSE1_series_matrix.txt")],
  ["soft", made.softFamily, table("x.soft")],
  ["miniml", made.miniml, table("x.xml")],
  ["gmt", made.gmt, table("x.gmt")],
  ["wide.tsv", new TextDecoder().decode(files["wide.tsv"]), alone("wide.tsv")],
  ["packed in gz", made.htseq(1), (b) => intake(fromBytes(gzip(b), "h.txt.gz"))],
  [
    "packed in tar",
    made.htseq(1),
    (b) => intake(fromBytes(tar({ "a.txt": made.htseq(0), "b.txt": b }), "x.tar")),
  ],
  [
    "packed in zip",
    made.star(1),
    (b) => intake(fromBytes(zip({ "a.tab": made.star(0), "b.tab": b }), "x.zip")),
  ],
];

const binary: readonly [string, number][] = [
  ["htseq.tar", 400],
  ["star.zip", 400],
  ["rsem.tar.gz", 300],
  ["mtx.zip", 300],
  ["mtx.tar", 300],
  ["wide.csv.gz", 300],
  ["wide.parquet", 500],
  ["plain.parquet", 500],
  ["long.parquet", 400],
  ["book.xlsx", 400],
];

/** The libraries of these can loop on spoilt bytes: they are read as in the product, in a worker that is ended then. */
let reading: Reading;
const inWorker: readonly [string, number][] = [
  ["v3.h5", 200],
  ["v1.h5", 200],
  ["dense.h5ad", 200],
  ["csr.h5ad", 200],
  ["csc.h5ad", 200],
  ["long.arrow", 500],
  ["experiment.arrow", 500],
  ["experiment-batches.arrow", 300],
  ["wide.arrow", 300],
  ["wide-stream.arrow", 300],
];
const arrow = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../fixtures/arrow", name)));
const read = (name: string) => (spoilt: Uint8Array) =>
  reading.experiment(fromBlob(new Blob([spoilt as Uint8Array<ArrayBuffer>]), name));

const cases: readonly Case[] = [
  ...text.map(([name, content, open]): Case => ({ name, bytes: bytes(content), n: 380, open })),
  ...binary.map(([name, n]): Case => ({ name, bytes: files[name], n, open: alone(name) })),
  ...inWorker.map(([name, n]): Case => ({
    name,
    bytes: files[name] ?? arrow(name),
    n,
    open: read(name),
  })),
];

/** Every spoilt file is done with within this time, on a busy machine. */
const longest = 8000;
/** Seconds without a sign of life after which a worker is ended here. */
const silence = 2;
let total = 0;
let opened = 0;

describe("spoilt files open right or end in a ReadError", () => {
  beforeAll(async () => {
    reading = createReading({ spawn: await nodeReader(), silence });
  });

  for (const [k, { name, bytes: whole, n, open }] of cases.entries())
    test(`${name}, ${n} times`, { timeout: 60_000 }, async () => {
      const kinds = Object.entries(mutations);
      const wrong: string[] = [];
      await open(whole);
      const one = async (i: number): Promise<void> => {
        const seed = 1000 * k + i;
        const random = seeded(seed);
        const [kind, mutate] = kinds[i % kinds.length];
        const spoilt = mutate(whole, random);
        const from = performance.now();
        try {
          const result = (await open(spoilt)) as {
            counts?: { values: ArrayLike<number> };
            numRows?: number;
          };
          ++opened;
          if (result.numRows === undefined && !((result.counts?.values.length ?? 0) > 0))
            wrong.push(`${kind} ${seed}: nothing in it`);
        } catch (error) {
          const known =
            error instanceof EngrailedError &&
            error.name === "ReadError" &&
            error.details.file !== undefined;
          if (!known)
            wrong.push(`${kind} ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
        }
        ++total;
        const ms = performance.now() - from;
        if (ms > longest) wrong.push(`${kind} ${seed}: took ${Math.round(ms)} ms`);
      };
      const isInWorker = inWorker.some(([other]) => other === name);
      let next = 0;
      const turn = async (): Promise<void> => {
        while (next < n) await one(next++);
      };
      await Promise.all(isInWorker ? [turn(), turn()] : [turn()]);
      expect(wrong.slice(0, 3)).toEqual([]);
    });

  afterAll(() => {
    expect(total).toBeGreaterThanOrEqual(10_000);
    expect(opened).toBeGreaterThan(500);
  });
});
