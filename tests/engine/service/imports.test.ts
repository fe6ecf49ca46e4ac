import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readTable } from "../../../src/engine/readers/read-table.ts";
import { fromBytes } from "../../../src/engine/bytes/index.ts";
import { createCache } from "../../../src/engine/service/cache.ts";
import { readHere } from "../../../src/engine/reading/index.ts";
import { createImports } from "../../../src/engine/service/create-imports.ts";
import type { OperationContext } from "../../../src/engine/service/context.ts";
import { inspectFiles } from "../../../src/engine/service/inspect-files.ts";
import type { ImportFiles, NamedFile } from "../../../src/protocol/import.ts";
import { columnNames } from "../../../src/tables/index.ts";

const file = (name: string, text: string | Uint8Array): NamedFile => ({
  name,
  blob: new Blob([text as Uint8Array<ArrayBuffer>]),
});
const none: ImportFiles = { counts: [], samples: [], genes: [], transcripts: [] };

const wide = (columns: readonly string[], rows: number): string =>
  [
    ["gene_id", ...columns].join("\t"),
    ...Array.from({ length: rows }, (_, g) =>
      [`ENSG${String(g).padStart(11, "0")}`, ...columns.map((_, s) => (g * 7 + s * 3) % 50)].join(
        "\t",
      ),
    ),
  ].join("\n");

const counts = file("counts.tsv", wide(["s1", "s2", "s3"], 400));
const sheet = file("sheet.csv", "id,group,age\ns3,a,3\ns1,b,4\ns2,b,5\n");

const rolesOf = async (...files: NamedFile[]) =>
  (await inspectFiles(readHere, files)).map(({ role }) => role);

describe("what files are", () => {
  test("counts, their sheet, an annotation and a table of transcripts", async () => {
    const genes = file("genes.csv", "gene_id,symbol\nENSG00000000001,A\nENSG00000000002,B\n");
    const tx = file("t2g.tsv", "ENST00000000001.1\tENSG00000000001\nENST00000000002\tENSG1\n");
    expect(await rolesOf(sheet, counts, genes, tx)).toEqual([
      "samples",
      "counts",
      "genes",
      "transcripts",
    ]);
  });

  test("a packed wide table is looked into without reading it whole", async () => {
    const names = Array.from({ length: 176 }, (_, i) => `GSM${i}`);
    const packed = file("many.tsv.gz", gzipSync(wide(names, 5000)));
    const table = file("meta.tsv", `gsm\tx\n${names.map((name, i) => `${name}\t${i}`).join("\n")}`);
    const [first, second] = await inspectFiles(readHere, [packed, table]);
    expect(first).toMatchObject({ role: "counts", label: "a table (CSV, TSV), gzipped" });
    expect(first.head).toMatchObject({ width: 177 });
    expect(first.head?.rows).toHaveLength(8);
    expect(second.role).toBe("samples");
  });

  test("a sheet of numbers under other names is told by its size", async () => {
    const numbers = file("metadata.csv", "n,age,weight\n1,3,4\n2,4,5\n3,5,6\n");
    expect(await rolesOf(counts, numbers)).toEqual(["counts", "samples"]);
  });

  test.each<[string, string, string | null]>([
    [
      "orthologs.tsv",
      "homologene_id\tmouse_symbol\tmouse_entrez\thuman_symbol\thuman_entrez\n3\tAcadm\t11364\tACADM\t34\n",
      "genes",
    ],
    [
      "grch38.tsv",
      "ensgene\tentrez\tsymbol\tchr\tstart\tend\tstrand\nENSG00000000003\t7105\tTSPAN6\t1\t100\t200\t-1\n",
      "genes",
    ],
    ["lengths.csv", "gene_id,length\nENSG00000000003,700\n", "genes"],
    [
      "deseq2.csv",
      "gene,baseMean,log2FoldChange,lfcSE,stat,pvalue,padj\nA,3,1,1,1,0.1,0.2\n",
      null,
    ],
    ["edger.csv", "entrez,logFC,logCPM,F,PValue,FDR\n1,1,2,3,0.1,0.2\n", null],
    ["naive.rnk", "ID\tt\n1\t-3.5\n2\t4\n", null],
    ["sheet.csv", "sample,group,age\ns1,a,40\ns2,b,50\n", "samples"],
    ["factors.tsv", "sample\tsize_factor\ns1\t1.1\ns2\t0.9\n", "samples"],
    ["counts.csv", "sample,ACTB,GAPDH\ns1,5,40\ns2,6,50\n", "counts"],
    ["long.csv", "sample_id,gene_id,symbol,count,group\ns1,G1,A,4,a\n", "counts"],
    ["means.txt", "ensembl_id\tmean_a\tmean_b\nENSG00000000003\t1.5\t2\n", "counts"],
    ["annotated.csv", "gene,symbol,chr,Length,s1,s2\nENSG00000000003,A,1,100,4,5\n", "counts"],
    ["broken.csv", 'gene,s1\n"A,1\nB,2\n', "counts"],
  ])("%s by itself is taken for what it is", async (name, text, role) => {
    expect(await rolesOf(file(name, text))).toEqual([role]);
  });

  test("results beside counts and their annotation are left out", async () => {
    const results = file("deseq2.csv", "gene,baseMean,log2FoldChange,padj\nA,3,1,0.2\n");
    const genes = file("map.tsv", "ensgene\tentrez\tsymbol\nENSG00000000001\t1\tA\n");
    expect(await rolesOf(results, genes, counts)).toEqual([null, "genes", "counts"]);
  });

  test("the three files of a 10x matrix, gene sets, and what can't be read", async () => {
    const mtx = "%%MatrixMarket matrix coordinate integer general\n2 1 1\n1 1 5\n";
    const looks = await inspectFiles(readHere, [
      file("matrix.mtx", mtx),
      file("barcodes.tsv", "AAA-1\n"),
      file("features.tsv", "ENSG1\tA\tGene Expression\nENSG2\tB\tGene Expression\n"),
      file("sets.gmt", "SET\tabout\tA\tB\nOTHER\tabout\tC\n"),
      file("empty.csv", ""),
      file(
        "noise.bin",
        Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256),
      ),
    ]);
    expect(looks.map(({ role }) => role)).toEqual(["counts", "counts", "counts", null, null, null]);
    expect(looks[4].problem?.message).toContain("empty.csv");
    expect(looks[5].problem?.name).toBe("ReadError");
  });

  test("a long field is cut, a broken table shows its lines", async () => {
    const [long, broken] = await inspectFiles(readHere, [
      file("long.csv", `a,b\n${"x".repeat(500)},1\n`),
      file("broken.csv", 'gene,s1\n"A,1\nB,2\n'),
    ]);
    expect(long.head?.rows[0][0]).toHaveLength(80);
    expect(broken.head?.rows[1]).toEqual(['"A,1']);
  });
});

describe("what files make", () => {
  const held: object[] = [];
  const imports = createImports({
    reading: readHere,
    pool: { hold: (it: object) => void held.push(it) },
    read: createCache(1e9, () => undefined),
  } as unknown as OperationContext);
  let call = 0;

  test("an experiment, with its factors and how names meet", async () => {
    const files = { ...none, counts: [counts], samples: [sheet] };
    const { found, problem, join } = await imports.previewExperiment(files, {}, ++call);
    expect(problem).toBeNull();
    expect(found).toMatchObject({ kind: "counts", shape: { genes: 400, samples: 3 } });
    expect(found?.factors).toEqual([{ name: "group", levels: ["a", "b"] }]);
    expect(found?.gene).toMatch(/^ENSG/);
    expect(join).toMatchObject({ column: "id", matched: 3, aloneInCounts: [], aloneInSheet: [] });
  });

  test("nothing, with the reason and both sides of the join", async () => {
    const other = file("other.csv", "id,group\ns1_x,a\ns2_x,b\ns3_x,b\ns4_x,b\n");
    const files = { ...none, counts: [counts], samples: [other] };
    const first = await imports.previewExperiment(files, {}, ++call);
    expect(first.found).toBeNull();
    expect(first.problem).toMatchObject({ name: "ReadError", details: { file: "other.csv" } });
    expect(first.join?.aloneInCounts).toEqual(["s1", "s2", "s3"]);
    const second = await imports.previewExperiment(files, { join: { strip: /_x$/ } }, ++call);
    expect(second.found?.shape.samples).toBe(3);
    expect(second.join).toMatchObject({ matched: 3, aloneInSheet: ["s4_x"] });
    expect(second.join?.sheet[0]).toEqual({ id: "s1_x", key: "s1" });
  });

  test("the Experiment file", async () => {
    const bytes = await imports.experimentFile({ ...none, counts: [counts] }, {}, ++call);
    const table = await readTable(fromBytes(bytes, "counts.arrow"));
    expect(columnNames(table)).toEqual(["gene_id", "s1", "s2", "s3"]);
  });

  test("a stopped call rejects and makes nothing", async () => {
    const big = file("big.tsv", wide(["s1", "s2", "s3", "s4"], 60_000));
    const before = held.length;
    const work = imports.previewExperiment({ ...none, counts: [big] }, {}, ++call);
    imports.cancel(call);
    await expect(work).rejects.toThrow(/abort|stop/i);
    expect(held).toHaveLength(before);
    const looking = imports.inspect([big], ++call);
    imports.cancel(call);
    await expect(looking).rejects.toThrow(/abort|stop/i);
  });
});
