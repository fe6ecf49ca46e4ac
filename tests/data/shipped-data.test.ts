import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { columnKind, strings, tableFromBytes, type Table } from "../../src/tables/index.ts";

const data = join(import.meta.dirname, "../../data");
const sums = readFileSync(join(data, "checksums.txt"), "utf8").trimEnd().split("\n");
const files = sums.map((line) => line.split("  ") as [string, string]);

function open(name: string): Table {
  return tableFromBytes(gunzipSync(readFileSync(join(data, name))));
}

function sampleFields(table: Table) {
  return table.schema.fields.filter((f) => f.metadata.get("engrailed.role") === "sample");
}

/** The MD5 of the values gene by gene, little-endian, as make.R takes it of R's matrix. */
function md5OfValues(table: Table, type: Float64ArrayConstructor | Int32ArrayConstructor): string {
  const columns = sampleFields(table).map((f) => {
    const [chunk] = table.getChild(f.name)!.data;
    return chunk.values as Float64Array | Int32Array;
  });
  const values = new type(table.numRows * columns.length);
  columns.forEach((column, s) => {
    for (let g = 0; g < table.numRows; ++g) values[g * columns.length + s] = column[g];
  });
  return createHash("md5").update(new Uint8Array(values.buffer)).digest("hex");
}

function csv(name: string): string[][] {
  const text = readFileSync(join(data, name), "utf8");
  expect(text).not.toContain("\r");
  return text
    .trimEnd()
    .split("\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        (field) => field[1]?.replaceAll('""', '"') ?? field[2],
      ),
    );
}

describe("the data that ship", () => {
  test.each(files)("%s is the sum of %s", (sum, name) => {
    const bytes = readFileSync(join(data, name));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum);
  });

  test("all files are listed, and none is too large for a static host", () => {
    expect(files.map(([, name]) => name)).toEqual([
      "agreement/g85r.csv.gz",
      "agreement/g86r.csv.gz",
      "agreement/marioni.csv.gz",
      "als/g37r.arrow.gz",
      "als/g85r.arrow.gz",
      "als/g86r.arrow.gz",
      "als/human.arrow.gz",
      "als/mouse.arrow.gz",
      "als/orthologs.csv",
      "als/truth-samples.csv",
      "als/truth.csv.gz",
      "hsmm/hsmm.arrow.gz",
      "marioni/counts.csv",
      "marioni/marioni.arrow.gz",
      "marioni/samples.csv",
      "simulate/mouse-genes.csv",
    ]);
    for (const [, name] of files)
      expect(statSync(join(data, name)).size).toBeLessThan(25 * 2 ** 20);
  });

  test.each(["als/mouse.arrow.gz", "hsmm/hsmm.arrow.gz", "marioni/marioni.arrow.gz"])(
    "%s names neither time nor system",
    (name) => {
      const head = readFileSync(join(data, name)).subarray(0, 10);
      expect([...head]).toEqual([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 2, 255]);
    },
  );
});

describe("the HSMM experiment", () => {
  const table = open("hsmm/hsmm.arrow.gz");
  const fields = sampleFields(table);

  test("is 47,192 genes by 271 cells in one batch", () => {
    expect(table.numRows).toBe(47192);
    expect(fields.length).toBe(271);
    expect(table.batches.length).toBe(1);
  });

  test("says what it is", () => {
    const about = table.schema.metadata;
    expect(about.get("engrailed.version")).toBe("1");
    expect(about.get("engrailed.kind")).toBe("abundance");
    expect(about.get("engrailed.organism")).toBe("Homo sapiens");
    expect(about.get("licence")).toBe("Artistic-2.0");
    expect(about.get("source")).toContain("10.1038/nbt.2859");
  });

  test("has unique Ensembl ids with their versions, symbols, and non-null float64 values", () => {
    const ids = strings(table, "gene_id");
    expect(ids[0]).toBe("ENSG00000000003.10");
    expect(new Set(ids).size).toBe(47192);
    expect(new Set(strings(table, "symbol")).size).toBe(47192 - 198);
    for (const f of fields) {
      expect(columnKind(table.getChild(f.name)!)).toBe("number");
      expect(f.nullable).toBe(false);
    }
  });

  test("holds the numbers that R holds", () => {
    expect(md5OfValues(table, Float64Array)).toBe("0d75bff4e53f1e7d84683caaec1cd7e6");
  });

  test("has 69, 74, 79 and 49 cells, one chip an hour", () => {
    const sheet = JSON.parse(table.schema.metadata.get("engrailed.samples")!) as { name: string }[];
    expect(sheet.map((c) => c.name)).toEqual(
      "hour time media chip well mapped_fragments pseudotime state".split(" "),
    );
    expect(sheet[0]).toEqual({ name: "hour", type: "number" });
    expect(sheet[1]).toEqual({
      name: "time",
      type: "factor",
      levels: ["0 h", "24 h", "48 h", "72 h"],
    });
    const seen = new Map<string, number>();
    for (const { metadata } of fields) {
      const key = `${metadata.get("hour")} ${metadata.get("chip")} ${metadata.get("media")}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(seen)).toEqual({
      "0 SCC10013 GM": 69,
      "24 SCC10014 DM": 74,
      "48 SCC10015 DM": 79,
      "72 SCC10023 DM": 49,
    });
    expect(fields[0].name).toBe("T0_CT_A01");
    expect(fields[0].metadata.get("pseudotime")).toBe("23.91667258602016");
  });
});

describe("the Marioni experiment", () => {
  const table = open("marioni/marioni.arrow.gz");
  const fields = sampleFields(table);

  test("is 5,088 genes by 10 lanes of counts", () => {
    expect([table.numRows, fields.length, table.batches.length]).toEqual([5088, 10, 1]);
    expect(table.schema.metadata.get("engrailed.kind")).toBe("counts");
    for (const f of fields) expect(columnKind(table.getChild(f.name)!)).toBe("integer");
    expect(md5OfValues(table, Int32Array)).toBe("6c3f6418b6e8cf0ed1d41547212efaba");
  });

  test("says that all lanes are of one donor", () => {
    expect(new Set(fields.map((f) => f.metadata.get("donor")))).toEqual(new Set(["donor 1"]));
    expect(table.schema.metadata.get("note")).toContain("technical replicates");
  });

  test("equals the two CSV files", () => {
    const [header, ...body] = csv("marioni/counts.csv");
    expect(header).toEqual(table.schema.fields.map((f) => f.name));
    expect(body.length).toBe(5088);
    header.forEach((name, j) => {
      const values = strings(table, name).map((v) => v ?? "");
      expect(body.map((row) => row[j])).toEqual(values);
    });
    const [columns, ...lanes] = csv("marioni/samples.csv");
    expect(columns).toEqual(["sample_id", "tissue", "donor", "run", "lane"]);
    expect(lanes).toEqual(
      fields.map((f) => [f.name, ...columns.slice(1).map((name) => f.metadata.get(name))]),
    );
  });
});
