import { expect, it } from "vitest";
import { fromBytes } from "../../src/engine/bytes/index.ts";
import { readTable } from "../../src/engine/readers/read-table.ts";
import { writeXlsx } from "../../src/grid/write-xlsx.ts";
import {
  bool,
  columnKind,
  float64,
  int32,
  makeTable,
  strings,
  utf8,
  numbers,
  type Table,
} from "../../src/tables/index.ts";

async function reopened(table: Table, name = "results"): Promise<Table> {
  const blob = await writeXlsx(table, name);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return readTable(fromBytes(bytes, "results.xlsx"), {});
}

it("keeps text as text, numbers to the last bit, and missing as missing", async () => {
  const symbols = ["SEPT9", "MARCH1", "1-Dec", "0012", "2310009E13", null, "=1+1", ' a <b> & "c" '];
  const values = [
    0.1 + 0.2,
    1e-300,
    -1.7976931348623157e308,
    5e-324,
    0,
    NaN,
    1 / 3,
    123456789.12345679,
  ];
  const table = makeTable({
    symbol: utf8(symbols),
    padj: float64(Float64Array.from(values)),
    n: int32([1, 2, null, -4, 5, 6, 7, 2147483647]),
    kept: bool([true, false, null, true, true, true, true, false]),
  });
  const back = await reopened(table);
  expect(strings(back, "symbol").map((s) => s?.trim() ?? null)).toEqual(
    symbols.map((s) => s?.trim() ?? null),
  );
  expect(columnKind(back.getChild("symbol")!)).toBe("string");
  expect([...numbers(back, "padj")]).toEqual(values);
  expect([...numbers(back, "n")].map((v) => (Number.isNaN(v) ? null : v))).toEqual([
    1,
    2,
    null,
    -4,
    5,
    6,
    7,
    2147483647,
  ]);
  expect(back.numRows).toBe(8);
});

it("gives the same bytes again, in a file that is a workbook", async () => {
  const table = makeTable({
    a: utf8(["x", "漢字 \u0001 end"]),
    "b c": float64([Infinity, -Infinity]),
  });
  const [one, two] = await Promise.all([writeXlsx(table, "a/b:c*?"), writeXlsx(table, "a/b:c*?")]);
  expect(new Uint8Array(await one.arrayBuffer())).toEqual(new Uint8Array(await two.arrayBuffer()));
  const back = await reopened(table, "[x]".repeat(20));
  expect([...numbers(back, "b c")]).toEqual([Infinity, -Infinity]);
  expect(strings(back, "a")[1]).toContain("漢字");
});

it("holds many rows, and refuses what no sheet holds", async () => {
  const n = 20_000;
  const back = await reopened(
    makeTable({
      gene_id: utf8(Array.from({ length: n }, (_, i) => `ENSG${i}`)),
      p: float64(Float64Array.from({ length: n }, (_, i) => i / 7)),
    }),
  );
  expect(back.numRows).toBe(n);
  expect(numbers(back, "p")[n - 1]).toBe((n - 1) / 7);
  await expect(writeXlsx(makeTable({ a: utf8(["x".repeat(40_000)]) }), "t")).rejects.toThrow(
    "too long for a cell of a workbook: a, A2",
  );
  const tall = makeTable({ a: int32(new Int32Array(1_048_576)) });
  await expect(writeXlsx(tall, "t")).rejects.toThrow("too large for a workbook: 1,048,576 rows");
  const stop = new AbortController();
  stop.abort();
  await expect(
    writeXlsx(makeTable({ a: int32([1]) }), "t", { signal: stop.signal }),
  ).rejects.toThrow();
});
