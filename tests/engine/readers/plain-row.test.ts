import { describe, expect, it } from "vitest";
import { fromBlob } from "../../../src/engine/bytes/index.ts";
import { notPlain, plainRow } from "../../../src/engine/readers/delimited/plain-row.ts";
import { readCounts } from "../../../src/engine/readers/delimited/read-counts.ts";
import { newRecord } from "../../../src/engine/readers/delimited/scan-record.ts";

/** Reads one row of three values; what follows `end` must not be looked at. */
function row(text: string, after = "") {
  const record = newRecord();
  record.bytes = new TextEncoder().encode(text + after);
  const values = new Int32Array(3);
  const largest = Float64Array.of(-Infinity);
  const next = plainRow(record, 0, text.length, 9, values, 0, 3, largest);
  const id = new TextDecoder().decode(record.bytes.subarray(record.starts[0], record.ends[0]));
  return { next, id, values: [...values], largest: largest[0] };
}

describe("a plain row", () => {
  it("is an id and whole numbers up to LF or CRLF", () => {
    expect(row("g1\t1\t20\t300\n", "g2")).toEqual({
      next: 12,
      id: "g1",
      values: [1, 20, 300],
      largest: 300,
    });
    expect(row('"g1"\t0\t007\t999999999\r\n')).toMatchObject({
      next: 22,
      id: "g1",
      values: [0, 7, 999_999_999],
    });
  });

  it("is left to the general way in every other form", () => {
    for (const text of [
      "g1\t1\t2\n",
      "g1\t1\t2\t3\t4\n",
      "g1\t1\t2\t3\t\n",
      "g1\t1\t\t3\n",
      "g1\t1\t-2\t3\n",
      "g1\t1\t2.0\t3\n",
      "g1\t1\t 2\t3\n",
      "g1\t1\t1234567890\t3\n",
      'g1\t1\t"2"\t3\n',
      '"g""1"\t1\t2\t3\n',
      '"g1\n\t1\t2\t3\n',
      '"g1" \t1\t2\t3\n',
      "g1\t1\t2\t3\r",
      "\n",
      "",
    ])
      expect([text, row(text, "4\t5\t6\n").next]).toEqual([text, notPlain]);
  });

  it("does not end with the bytes: more may come", () => {
    for (const text of ["g1", "g1\t", "g1\t1\t2", "g1\t1\t2\t3", "g1\t1\t2\t3\r", '"g1', '"g1"'])
      expect([text, row(text, "\n").next]).toEqual([text, notPlain]);
  });
});

describe("a table of plain rows and others", () => {
  it("is read alike, whatever comes between, with its lines", async () => {
    const lines = ["gene\ta\tb"];
    for (let g = 0; g < 300; ++g)
      lines.push(
        g % 7 === 3
          ? `"g${g}"\t"${g}"\t 5`
          : g % 100 === 50
            ? `g${g}\t${g}.0\t12345678901`
            : `g${g}\t${g}\t${2 * g}`,
        ...(g % 50 === 9 ? [""] : []),
      );
    lines.splice(40, 0, "__no_feature\t999999999\t1");
    const {
      counts,
      lines: at,
      facts,
    } = await readCounts(fromBlob(new Blob([lines.join("\r\n")]), "mixed.tsv"), {});
    expect([counts.nGenes, counts.nSamples]).toEqual([300, 2]);
    for (let g = 0; g < 300; ++g) {
      const b = g % 7 === 3 ? 5 : g % 100 === 50 ? 12345678901 : 2 * g;
      expect([...counts.values.subarray(2 * g, 2 * g + 2)]).toEqual([g, b]);
      expect(lines[at![g] - 1]).toContain(`g${g}`);
    }
    expect(facts?.max).toBe(12345678901);
  });
});
