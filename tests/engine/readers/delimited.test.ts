import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseNumber } from "../../../src/engine/readers/delimited/parse-number.ts";
import { typedColumn } from "../../../src/engine/readers/delimited/typed-column.ts";
import { tableReader } from "../../../src/engine/readers/table.ts";
import type { ReadOptions } from "../../../src/engine/readers/types.ts";
import { columnNames, rows, strings } from "../../../src/tables/index.ts";
import { failure } from "../../support/failure.ts";
import { textSource, trickling } from "../../support/sources.ts";

const read = (text: string | Uint8Array, options: ReadOptions = {}, name?: string) =>
  tableReader.read(textSource(text, name), options);

async function seen(text: string | Uint8Array, options: ReadOptions = {}, name?: string) {
  const parts = await read(text, options, name);
  return {
    genes: strings(parts.genes, "gene_id"),
    samples: strings(parts.samples, "sample_id"),
    values: [...parts.counts.values],
    columns: columnNames(parts.genes).slice(1),
  };
}

const plain = {
  genes: ["A", "B"],
  samples: ["s1", "s2"],
  values: [1, 2, 3, 40],
  columns: [],
};

describe("one table in many spellings", () => {
  const spellings: Record<string, string | Uint8Array> = {
    tsv: "gene\ts1\ts2\nA\t1\t2\nB\t3\t40\n",
    csv: "gene,s1,s2\nA,1,2\nB,3,40",
    semicolon: "gene;s1;s2\nA;1;2\nB;3;40\n",
    bar: "gene|s1|s2\nA|1|2\nB|3|40\n",
    spaces: "gene s1 s2\nA 1 2\nB 3 40\n",
    "aligned spaces": "gene  s1   s2 \nA      1    2\nB      3   40 \n",
    crlf: "gene\ts1\ts2\r\nA\t1\t2\r\nB\t3\t40\r\n",
    cr: "gene\ts1\ts2\rA\t1\t2\rB\t3\t40",
    bom: "\ufeffgene,s1,s2\nA,1,2\nB,3,40\n",
    "utf-16": new Uint8Array(Buffer.from("\ufeffgene,s1,s2\nA,1,2\nB,3,40\n", "utf16le")),
    quoted: '"gene","s1","s2"\n"A","1","2"\n"B",3,"40"\n',
    "R's write.table": '"s1" "s2"\n"A" 1 2\n"B" 3 40\n',
    "header one field fewer": "s1\ts2\nA\t1\t2\nB\t3\t40\n",
    "comments before": "# made by hand\n#\n\ngene\ts1\ts2\nA\t1\t2\nB\t3\t40\n",
    "header behind a #": "#gene\ts1\ts2\nA\t1\t2\nB\t3\t40\n",
    "empty lines": "gene\ts1\ts2\n\nA\t1\t2\n\nB\t3\t40\n\n",
    "row numbers": ",gene,s1,s2\n1,A,1,2\n2,B,3,40\n",
    "row numbers from 0": "Unnamed: 0,gene,s1,s2\n0,A,1,2\n1,B,3,40\n",
    "decimal zeros": "gene,s1,s2\nA,1.0,2.000\nB,3.,4e1\n",
    "decimal comma": "gene;s1;s2\nA;1,0;2,00\nB;3,0;40,0\n",
    "last delimiter on rows": "gene,s1,s2\nA,1,2,\nB,3,40,\n",
    "last delimiter everywhere": "gene,s1,s2,\nA,1,2,\nB,3,40,\n",
    "spaces around numbers": "gene,s1,s2\nA, 1,2 \nB, 3 ,40\n",
    "summary rows": "gene,s1,s2\nA,1,2\nB,3,40\n__no_feature,9,9\n__not_aligned,9,9\n",
  };

  for (const [name, text] of Object.entries(spellings))
    test(name, async () => {
      expect(await seen(text)).toEqual(plain);
      expect(await seen(text, {}, "counts.txt.gz")).toEqual(plain);
    });

  test("every boundary between chunks", async () => {
    for (const name of ["crlf", "quoted", "utf-16", "decimal comma", "row numbers"])
      for (const size of [1, 2, 3, 5, 7]) {
        const parts = await tableReader.read(
          trickling(textSource(spellings[name], "counts.csv"), size),
          {},
        );
        expect([...parts.counts.values]).toEqual(plain.values);
      }
  });

  test("quotes hold delimiters, line ends and doubled quotes", async () => {
    const text = 'gene,"description","s""1",s2\nA,"x, y\nz ""q""",1,2\nB,"",3,40\n';
    const parts = await read(text);
    expect(rows(parts.genes)).toEqual([
      { gene_id: "A", description: 'x, y\nz "q"' },
      { gene_id: "B", description: null },
    ]);
    expect(strings(parts.samples, "sample_id")).toEqual(['s"1', "s2"]);
    expect([...parts.lines!]).toEqual([2, 4]);
  });

  test("windows-1252 names", async () => {
    const bytes = Uint8Array.from("gene,Tumör,s2\nA,1,2\n", (c) => c.charCodeAt(0));
    expect((await seen(bytes)).samples).toEqual(["Tumör", "s2"]);
  });

  test("a comment line of as many words is no header", async () => {
    const text = "# a b c\ngene s1 s2\nA 1 2\nB 3 40\n";
    expect(await seen(text)).toEqual(plain);
  });
});

describe("columns", () => {
  test("annotation is told from samples by name and by what it holds", async () => {
    const text =
      "Geneid\tChr\tLength\tgene_name\tnote\ts1\ts2\nE1\t1\t100\tActb\tx\t1\t2\nE2\tX\t200\t\ty\t3\t4\n";
    const parts = await read(text);
    expect(rows(parts.genes)).toEqual([
      { gene_id: "E1", symbol: "Actb", Chr: "1", Length: 100, note: "x" },
      { gene_id: "E2", symbol: null, Chr: "X", Length: 200, note: "y" },
    ]);
    expect(strings(parts.samples, "sample_id")).toEqual(["s1", "s2"]);
    expect(parts.report.map((line) => line.code)).toEqual(["annotation-columns"]);
  });

  test("names of the sample sheet are samples", async () => {
    const sampleIds = new Set(["length"]);
    const { samples } = await seen("gene,length,s1\nA,1,2\n", { sampleIds });
    expect(samples).toEqual(["length", "s1"]);
  });

  test("ids and symbols by option", async () => {
    const text = "a,b,s1\nx,X,1\ny,Y,2\n";
    const parts = await read(text, { geneId: "b", symbol: "a" });
    expect(rows(parts.genes)[0]).toEqual({ gene_id: "X", symbol: "x" });
    const error = await failure(read(text, { geneId: "bb" }));
    expect(error.message).toBe("no such column (geneId): bb");
    expect(error.details).toMatchObject({ line: 1, help: "Did you mean b?" });
  });

  test("Entrez numbers are ids, gene_id wins over the first column", async () => {
    expect((await seen("EntrezGeneID,s1\n497097,438\n")).genes).toEqual(["497097"]);
    expect((await seen("name,gene_id,s1\nn,E1,3\n")).genes).toEqual(["E1"]);
    expect((await seen("symbol,ensembl_gene_id,s1\nn,E1,3\n")).genes).toEqual(["E1"]);
  });

  test("rows that are samples", async () => {
    const text = "sample,group,g1,g2,g3\na,x,1,2,3\nb,y,4,5,6\n";
    const parts = await read(text, { orientation: "samples" });
    expect(parts.counts).toEqual({
      nGenes: 3,
      nSamples: 2,
      values: Int32Array.of(1, 4, 2, 5, 3, 6),
    });
    expect(rows(parts.samples)).toEqual([
      { sample_id: "a", group: "x" },
      { sample_id: "b", group: "y" },
    ]);
    expect(strings(parts.genes, "gene_id")).toEqual(["g1", "g2", "g3"]);
  });
});

describe("values", () => {
  test("fractions, negatives and large numbers make float64, with facts", async () => {
    const parts = await read("gene,s1,s2\nA,1,2.5\nB,-3,4e10\n");
    expect(parts.counts.values).toEqual(Float64Array.of(1, 2.5, -3, 4e10));
    expect(parts.facts).toEqual({ fractional: 1, negative: 1, max: 4e10 });
    expect(parts.firstFractional).toEqual({ line: 2, column: 3, text: "2.5" });
    expect(parts.firstNegative).toEqual({ line: 3, column: 2, text: "-3" });
  });

  test("many rows grow the array and keep their lines", async () => {
    const n = 50_000;
    const text = `g,a,b\n${Array.from({ length: n }, (_, i) => `g${i},${i},${i % 7}\n`).join("")}`;
    const { counts, lines } = await read(text, {}, "x.csv.gz");
    expect([counts.nGenes, counts.values.length, lines!.length]).toEqual([n, 2 * n, n]);
    expect([counts.values[2 * (n - 1)], lines![n - 1]]).toEqual([n - 1, n + 1]);
  });

  test("the platform's parser agrees on any double", () => {
    const parse = (text: string, point = 46) => {
      const bytes = new TextEncoder().encode(text);
      return parseNumber(bytes, 0, bytes.length, point);
    };
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => parse(String(x)) === x),
      { seed: 1, numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.nat(20), (x, digits) => {
        const text = x.toFixed(digits);
        return (
          Object.is(parse(text), Number(text)) &&
          Object.is(parse(text.replace(".", ","), 44), Number(text))
        );
      }),
      { seed: 2, numRuns: 3000 },
    );
    for (const text of [
      "",
      " ",
      "-",
      ".",
      "1e",
      "1e+",
      "0x10",
      "1_0",
      "1 2",
      "NaN",
      "NA",
      "--1",
      "1.2.3",
      "∞",
    ])
      expect(parse(text), text).toBeNaN();
    expect([
      parse("+5"),
      parse(" 5 "),
      parse(".5"),
      parse("1E3"),
      parse("-inf"),
      parse("1e999"),
    ]).toEqual([5, 5, 0.5, 1000, -Infinity, Infinity]);
  });

  test("typed columns", () => {
    const kinds = (values: (string | null)[], comma = false) => {
      const column = typedColumn(values, comma);
      return [String(column.type), ...values.map((_, i) => column.get(i) as unknown)];
    };
    expect(kinds(["1", "NA", "2.5"])).toEqual(["Float64", 1, null, 2.5]);
    expect(kinds(["007", "8"])).toEqual(["Utf8", "007", "8"]);
    expect(kinds(["TRUE", "false", ""])).toEqual(["Bool", true, false, null]);
    expect(kinds(["1,5", "2"], true)).toEqual(["Float64", 1.5, 2]);
    expect(kinds(["1,5", "2"])).toEqual(["Utf8", "1,5", "2"]);
    expect(kinds([null, "n/a"])).toEqual(["Utf8", null, null]);
    expect(kinds(["P56", "1"])).toEqual(["Utf8", "P56", "1"]);
  });
});

describe("bad tables", () => {
  const cases: [string, string, ReadOptions, RegExp, number | undefined, number | undefined][] = [
    ["too few fields", "g,a,b\nA,1,2\nB,3\nC,4,5\n", {}, /row has 2 fields, not 3: line 3/, 3, 3],
    ["too many", "g,a,b\nA,1,2\nB,3,4,5\nC,6,7\n", {}, /row has 4 fields, not 3/, 3, 4],
    ["a word", "g,a,b\nA,1,2\nB,3,x\nC,1,1\n", {}, /not a number in b: x/, 3, 3],
    ["missing", "g,a,b\nA,1,2\nB,NA,4\n", {}, /missing value in a: NA/, 3, 2],
    ["empty cell", "g,a,b\nA,1,2\nB,,4\n", {}, /missing value in a: empty/, 3, 2],
    ["infinite", "g,a\nA,1\nB,Inf\n", {}, /not a number in a: Inf/, 3, 2],
    ["thousands", 'g,a\nA,1\nB,"1,234"\nC,5\n', {}, /not a number in a: 1,234/, 3, 2],
    ["negative", "g,a\nA,1\nB,-2\n", { kind: "counts" }, /negative count in a: -2/, 3, 2],
    ["fractional", "g,a\nA,1\nB,2.5\n", { kind: "counts" }, /not a whole number in a: 2.5/, 3, 2],
    ["two samples of one name", "g,a,a\nA,1,2\n", {}, /two samples have one name: a/, 1, 3],
    ["unnamed sample", "g,a,\nA,1,2\n", {}, /sample column has no name: column 3/, 1, 3],
    ["no id", "g,a\n,1\nB,2\n", {}, /missing gene id: line 2/, 2, 1],
    ["no header", "A,1,0\nB,3,4\n", {}, /no header/, 1, undefined],
    ["a header only", "g,a,b\n", {}, /no rows/, 2, undefined],
    ["comments only", "# nothing\n", {}, /no rows/, 1, undefined],
    ["no numbers", "g,a\nA,x\nB,y\n", {}, /no sample columns/, 1, undefined],
    ["prose", "hello\nworld\n", {}, /no sample columns/, 1, undefined],
    ["open quote", 'g,a\nA,1\nB,"2\nC,3\n', {}, /a quote is never closed/, 3, 2],
    ["text after a quote", 'g,d,a\nA,"x",1\nB,"y"z,2\n', {}, /text after a closing quote/, 3, 2],
  ];
  for (const [name, text, options, message, line, column] of cases)
    test(name, async () => {
      const error = await failure(read(text, options, "bad.csv"));
      expect(error.name).toBe("ReadError");
      expect(error.message).toMatch(message);
      expect(error.details.file).toBe("bad.csv");
      expect([error.details.line, error.details.column]).toEqual([line, column]);
      expect(error.details.expected).toBeTruthy();
    });

  test("zero bytes are no text", async () => {
    const error = await failure(read("g,a\nA,1\nB,\0\n"));
    expect(error.details.offset).toBe(10);
  });

  test("mutated tables open or end in a ReadError", async () => {
    const text = 'gene,"note",s1,s2\r\n"A","x, ""y""",1,2.5\r\nB,z,3,40\r\n';
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(bytes.length),
        async (edits, length) => {
          const bad = bytes.slice(0, length);
          for (const [at, byte] of edits) if (at < length) bad[at] = byte;
          try {
            await tableReader.read(textSource(bad, "bad.csv"), {});
          } catch (error) {
            if ((error as Error).name !== "ReadError") throw error;
          }
        },
      ),
      { seed: 3, numRuns: 1500 },
    );
  });

  test("an abort ends it", async () => {
    const text = `g,a\n${"A,1\n".repeat(500_000)}`;
    const stop = new AbortController();
    const work = tableReader.read(
      textSource(text, "x.csv"),
      {},
      {
        signal: stop.signal,
        onProgress: () => stop.abort(),
      },
    );
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
});
