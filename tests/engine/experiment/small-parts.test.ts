import { expect, test } from "vitest";
import { experimentKey } from "../../../src/engine/experiment/experiment-key.ts";
import {
  isAnnotationName,
  isGeneIdName,
  isSymbolName,
} from "../../../src/engine/experiment/gene-columns.ts";
import { factsOfValues, kindOfValues } from "../../../src/engine/experiment/kind-of-values.ts";
import { firstFew, plural, reportLine } from "../../../src/engine/experiment/report-line.ts";
import { reportTable } from "../../../src/engine/experiment/report-table.ts";
import { rows } from "../../../src/tables/index.ts";

test("keys ignore the order of options and what is undefined, and see patterns", () => {
  const key = (options: object) => experimentKey({ counts: ["a", "b"], samples: "c" }, options);
  expect(key({ kind: "counts", symbol: undefined, join: "id" })).toBe(
    key({ join: "id", kind: "counts" }),
  );
  expect(key({ join: { strip: /a/ } })).not.toBe(key({ join: { strip: /a/i } }));
  expect(key({})).toBe(experimentKey({ samples: "c", counts: ["a", "b"] }, undefined));
  expect(key({})).not.toBe(experimentKey({ samples: "c", counts: ["b", "a"] }, {}));
});

test("kinds by values", () => {
  const kind = (...values: number[]) => kindOfValues(factsOfValues(Float64Array.from(values))).kind;
  expect(kind(0, 5, 723)).toBe("counts");
  expect(kind(0, 5.5, 723)).toBe("abundance");
  expect(kind(2.5, 14.1)).toBe("log");
  expect(kind(-0.5, 14)).toBe("log");
  expect(kindOfValues(factsOfValues(Int32Array.of(0, 1))).kind).toBe("counts");
});

test("column names that describe genes", () => {
  for (const name of ["Geneid", "gene_id", "EntrezGeneID", "ensembl_gene_id", "ENSEMBL"])
    expect(isGeneIdName(name), name).toBe(true);
  for (const name of ["symbol", "external_gene_name", "Gene Name", "gene_short_name"])
    expect(isSymbolName(name), name).toBe(true);
  for (const name of ["Length", "Chr", "gene_biotype", "Start", "Strand", "GC.content"])
    expect(isAnnotationName(name), name).toBe(true);
  for (const name of ["s1", "control", "GSM1234", "d0", "WT_1", "A1"])
    expect(isAnnotationName(name), name).toBe(false);
});

test("report lines and words", () => {
  expect(rows(reportTable([reportLine("info", "code", "Text.", 3, "x")]))).toEqual([
    { level: "info", code: "code", message: "Text.", n: 3, example: "x" },
  ]);
  expect(reportTable([]).numRows).toBe(0);
  expect(firstFew(["a", "b", "c"], 2)).toBe("a, b and 1 more");
  expect([plural(1, "gene"), plural(2000, "gene")]).toEqual(["1 gene", "2,000 genes"]);
});
