import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gzip } from "../../../data/support/gzip.ts";
import { fromBytes } from "../../../src/engine/bytes/index.ts";
import { intake } from "../../../src/engine/intake/index.ts";
import { inflateMember } from "../../../src/engine/pool/inflate-member.ts";
import {
  columnNames,
  float64,
  makeTable,
  strings,
  tableToBytes,
  utf8,
  type Column,
  type Table,
} from "../../../src/tables/index.ts";

const data = join(import.meta.dirname, "../../../data");
let inflated = 0;
const inflate = async (member: Blob, size: number) => {
  ++inflated;
  return inflateMember(new Uint8Array(await member.arrayBuffer()), size);
};

async function both(file: Uint8Array) {
  const source = () => fromBytes(file, "x.arrow.gz");
  inflated = 0;
  const [apart, whole] = [await intake(source(), {}, { inflate }), await intake(source())];
  expect(apart.counts.values.constructor).toBe(whole.counts.values.constructor);
  expect(Buffer.compare(bytesOf(apart.counts.values), bytesOf(whole.counts.values))).toBe(0);
  for (const name of ["genes", "samples"] as const)
    expect(textOf(apart[name])).toEqual(textOf(whole[name]));
  expect({ ...apart, counts: null, genes: null, samples: null }).toEqual({
    ...whole,
    counts: null,
    genes: null,
    samples: null,
  });
  return apart;
}

function textOf(table: Table) {
  return columnNames(table).map((name) => [name, ...strings(table, name)].join("\n"));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

test("an experiment read in thirteen pieces is the experiment read whole", async () => {
  const file = new Uint8Array(readFileSync(join(data, "hsmm/hsmm.arrow.gz")));
  const { counts } = await both(file);
  expect(counts.nGenes).toBe(47192);
  expect(inflated).toBe(13);
});

test("so is one of a single piece", async () => {
  const { counts } = await both(
    new Uint8Array(readFileSync(join(data, "marioni/marioni.arrow.gz"))),
  );
  expect(counts.nSamples).toBe(10);
  expect(inflated).toBe(1);
});

test("a foreign table in pieces is read whole", async () => {
  const rows = 60_000;
  const columns: [string, Column][] = [
    ["gene_id", utf8(Array.from({ length: rows }, (_, i) => `G${i}`))],
  ];
  for (let s = 0; s < 24; ++s)
    columns.push([
      `S${s}`,
      float64(Float64Array.from({ length: rows }, (_, i) => ((i * 7 + s * 13) % 101) + 0.5)),
    ]);
  const { report } = await both(gzip(tableToBytes(makeTable(columns), "file")));
  expect(inflated).toBe(2);
  expect(report.map(({ code }) => code)).toContain("bare-arrow-table");
});
