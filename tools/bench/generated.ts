import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { tarHeader, join as together } from "./pack.ts";

/** Seeded numbers in [0, 1) (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const nGenes = 28_953;
const nSamples = 176;

/** Counts as of bulk tissue: a gene's mean over five decades, samples about it, some genes silent. */
function bulkCounts(random: () => number): Int32Array {
  const values = new Int32Array(nGenes * nSamples);
  for (let g = 0, i = 0; g < nGenes; ++g) {
    const mean = random() < 0.2 ? 0 : Math.exp(11 * random() - 2);
    for (let s = 0; s < nSamples; ++s, ++i)
      values[i] = Math.floor(mean * Math.exp(0.8 * (random() + random() - 1)) + random() / 2);
  }
  return values;
}

const geneName = (g: number) => `GENE${g}${g % 7 === 0 ? "-AS1" : ""}`;

/** A gzipped table of 28,953 genes x 176 samples (5.1 million records), and twelve of the samples as a tar of gzipped files. */
export async function bulkFiles(folder: string): Promise<void> {
  const values = bulkCounts(seeded(1));
  const rows = [`gene\t${Array.from({ length: nSamples }, (_, s) => `GSM${1000 + s}`).join("\t")}`];
  for (let g = 0; g < nGenes; ++g)
    rows.push(`${geneName(g)}\t${values.subarray(g * nSamples, (g + 1) * nSamples).join("\t")}`);
  await writeFile(join(folder, "bulk.tsv.gz"), gzipSync(`${rows.join("\n")}\n`));
  const parts: Uint8Array[] = [];
  for (let s = 0; s < 12; ++s) {
    const lines = [`gene/TE\t../mapping/sample-${s}.bam`];
    for (let g = 0; g < nGenes; ++g) lines.push(`"${geneName(g)}"\t${values[g * nSamples + s]}`);
    const packed = gzipSync(`${lines.join("\n")}\n`);
    parts.push(tarHeader(`GSM${1000 + s}_sample-${s}_counts.txt.gz`, packed.length), packed);
    parts.push(new Uint8Array((512 - (packed.length % 512)) % 512));
  }
  await writeFile(join(folder, "bulk.tar"), together([...parts, new Uint8Array(1024)]));
}

const cells = 906;
const features = 14_688;
const nonZero = 1_604_642;

/** One single-cell matrix of 14,688 genes x 906 cells with 1,604,642 counts, as 10x writes it: three gzipped texts, and HDF5. */
export async function cellFiles(folder: string): Promise<void> {
  const random = seeded(2);
  const weights = Float64Array.from({ length: features }, () => Math.exp(-6 * random()));
  const chosen = new Uint8Array(features * cells);
  for (let n = 0; n < nonZero;) {
    const g = Math.floor(random() * features);
    if (random() > weights[g]) continue;
    const at = Math.floor(random() * cells) * features + g;
    if (chosen[at] !== 0) continue;
    chosen[at] = 1 + Math.floor(Math.exp(3 * random() * random()));
    ++n;
  }
  const data = new Int32Array(nonZero);
  const indices = new BigInt64Array(nonZero);
  const indptr = new BigInt64Array(cells + 1);
  const lines: string[] = [];
  let n = 0;
  for (let c = 0; c < cells; ++c) {
    for (let g = 0; g < features; ++g) {
      const value = chosen[c * features + g];
      if (value === 0) continue;
      data[n] = value;
      indices[n++] = BigInt(g);
      lines.push(`${g + 1} ${c + 1} ${value}`);
    }
    indptr[c + 1] = BigInt(n);
  }
  const ids = Array.from({ length: features }, (_, g) => `ENSG${String(g).padStart(11, "0")}`);
  const symbols = ids.map((_, g) => `SYM${g}`);
  const barcodes = Array.from({ length: cells }, (_, c) => `CELL${String(c).padStart(12, "0")}-1`);
  const text = (name: string, content: string) =>
    writeFile(join(folder, name), gzipSync(`${content}\n`));
  await text(
    "matrix.mtx.gz",
    `%%MatrixMarket matrix coordinate integer general\n%\n${features} ${cells} ${nonZero}\n${lines.join("\n")}`,
  );
  await text("barcodes.tsv.gz", barcodes.join("\n"));
  await text(
    "features.tsv.gz",
    ids.map((id, g) => `${id}\t${symbols[g]}\tGene Expression`).join("\n"),
  );
  const h5wasm = await import("h5wasm");
  const { FS } = (await h5wasm.ready) as unknown as { FS: { readFile(path: string): Uint8Array } };
  const file = new h5wasm.File("/cells.h5", "w");
  const matrix = file.create_group("matrix");
  const packed = (name: string, values: Int32Array | BigInt64Array) =>
    matrix.create_dataset({
      name,
      data: values,
      chunks: [Math.min(values.length, 80_000)],
      compression: "gzip",
      compression_opts: 4,
    });
  packed("data", data);
  packed("indices", indices);
  packed("indptr", indptr);
  matrix.create_dataset({ name: "shape", data: Int32Array.of(features, cells) });
  matrix.create_dataset({ name: "barcodes", data: barcodes });
  const about = matrix.create_group("features");
  about.create_dataset({ name: "id", data: ids });
  about.create_dataset({ name: "name", data: symbols });
  about.create_dataset({ name: "feature_type", data: ids.map(() => "Gene Expression") });
  about.create_dataset({ name: "genome", data: ids.map(() => "GRCh38") });
  file.close();
  await writeFile(join(folder, "cells.h5"), FS.readFile("/cells.h5"));
}

/** A table of 1 GB of text: 40,000 genes x 4,200 samples (168 million records) of five digits. */
export async function hugeFile(path: string): Promise<{ bytes: number; values: number }> {
  const [rows, columns] = [40_000, 4200];
  const random = seeded(3);
  const out = createWriteStream(path);
  let bytes = 0;
  const write = async (chunk: Buffer | string): Promise<void> => {
    bytes += chunk.length;
    if (!out.write(chunk)) await new Promise((done) => out.once("drain", () => done(undefined)));
  };
  const names = Array.from({ length: columns }, (_, s) => `SAMPLE${s}`);
  await write(`gene_id\t${names.join("\t")}\n`);
  const row = Buffer.alloc(6 * columns, 9);
  for (let g = 0; g < rows; ++g) {
    let state = Math.floor(random() * 2 ** 31);
    for (let at = 0; at < row.length; at += 6) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      let value = 10_000 + (state % 89_999);
      for (let d = 4; d >= 0; --d) {
        row[at + d] = 48 + (value % 10);
        value = Math.floor(value / 10);
      }
    }
    row[row.length - 1] = 10;
    await write(`ENSG${String(g).padStart(11, "0")}\t`);
    await write(Buffer.from(row));
  }
  await new Promise<void>((done) => out.end(() => done()));
  return { bytes, values: rows * columns };
}
