import { describe, expect, test } from "vitest";
import { makeDesign, modelMatrixTable, requireNested } from "../../../src/engine/design/index.ts";
import {
  bool,
  columnNames,
  factor,
  float64,
  makeTable,
  utf8,
  type Table,
} from "../../../src/tables/index.ts";
import { expectClose, golden, type GoldenMatrix } from "../../support/golden.ts";

interface Sheet {
  genotype: string[];
  age: string[];
  batch: string[];
  weight: number[];
  week: number[];
  male: boolean[];
  "cell type": string[];
}
interface Case {
  formula: string;
  full: boolean;
  names: string[];
  matrix: GoldenMatrix;
}
const { sheet, cases } = golden<{ sheet: Sheet; cases: Case[] }>("design");
const samples = makeTable([
  ["sample_id", utf8(sheet.genotype.map((_, i) => `s${i + 1}`))],
  ["genotype", factor(sheet.genotype, ["WT", "SOD1", "HET"])],
  ["age", factor(sheet.age, ["P56", "P112"])],
  ["batch", utf8(sheet.batch)],
  ["weight", float64(sheet.weight)],
  ["week", float64(sheet.week)],
  ["male", bool(sheet.male)],
  ["cell type", utf8(sheet["cell type"])],
]);

describe("makeDesign", () => {
  test.each(cases.filter((c) => c.full))(
    "codes $formula as R does",
    ({ formula, names, matrix }) => {
      const design = makeDesign(samples, formula);
      expect(design.coefficients).toEqual(names);
      expectClose(design.matrix, matrix.values);
    },
  );

  test.each(cases.filter((c) => !c.full))("refuses $formula", ({ formula }) => {
    expect(() => makeDesign(samples, formula)).toThrow("columns are not independent");
  });

  test("names aliased terms and their samples", () => {
    const table = with_({ batch: utf8(sheet.genotype.map((g) => (g === "SOD1" ? "two" : "one"))) });
    expect(() => makeDesign(table, "~ batch + genotype")).toThrow(
      expect.objectContaining({
        message: "the design's columns are not independent: genotypeSOD1",
        details: {
          help: "genotypeSOD1 is the same as batchtwo; it stands for s5, s6, s7, s8. Leave a term out of the design, or take other samples.",
        },
      }),
    );
    const empty = with_({
      age: utf8(sheet.genotype.map((g, i) => (g === "SOD1" ? "P112" : sheet.age[i]))),
    });
    expect(() => makeDesign(empty, "~ age * genotype", { reference: { age: "P112" } })).toThrow(
      expect.objectContaining({
        details: {
          help: "No sample has ageP56:genotypeSOD1. Leave a term out of the design, or take other samples.",
        },
      }),
    );
  });

  test("puts the reference first and leaves out levels without samples", () => {
    const { coefficients } = makeDesign(samples, "~ genotype", { reference: { genotype: "HET" } });
    expect(coefficients).toEqual(["(Intercept)", "genotypeWT", "genotypeSOD1"]);
    const spare = with_({ age: factor(sheet.age, ["P1", "P112", "P56"]) });
    expect(makeDesign(spare, "~ age").coefficients).toEqual(["(Intercept)", "ageP56"]);
    expect(() => makeDesign(spare, "~ age", { reference: { age: "P1" } })).toThrow(
      "no sample has the reference of age: P1",
    );
    expect(() => makeDesign(samples, "~ age", { reference: { batch: "a" } })).toThrow(
      "reference of a column that the design does not have: batch",
    );
    expect(() => makeDesign(samples, "~ week", { reference: { week: 8 } })).toThrow(
      "reference of a column of numbers: week",
    );
    expect(makeDesign(samples, "~ male", { reference: { male: true } }).coefficients).toEqual([
      "(Intercept)",
      "maleFALSE",
    ]);
  });

  test("levels with blanks and umlauts keep their names", () => {
    const tissue = sheet.age.map((a) => (a === "P56" ? "Rückenmark" : "motor cortex"));
    expect(makeDesign(with_({ Gewebe: utf8(tissue) }), "~ Gewebe").coefficients).toEqual([
      "(Intercept)",
      "Gewebemotor cortex",
    ]);
  });

  test("warns of a covariate of few whole values", () => {
    expect(makeDesign(samples, "~ week").warnings[0]).toContain("Write factor(week)");
    expect(makeDesign(samples, "~ weight").warnings).toEqual([]);
    expect(makeDesign(samples, "~ factor(week)").warnings).toEqual([]);
  });

  test("refuses missing values and names their samples", () => {
    const holes = with_({
      weight: float64(sheet.weight.map((w, i) => (i === 3 ? null : w))),
      batch: utf8(sheet.batch.map((b, i) => (i > 4 ? null : b))),
    });
    expect(() => makeDesign(holes, "~ weight")).toThrow(
      "weight is missing for samples of the design: s4",
    );
    expect(() => makeDesign(holes, "~ batch")).toThrow(
      "batch is missing for samples of the design: s6, s7, s8, s9, s10 and 2 more",
    );
  });

  test("refuses what is no design", () => {
    const message = (formula: unknown) => {
      try {
        makeDesign(samples, formula as string);
      } catch (error) {
        return (error as Error).message;
      }
      return "fine";
    };
    expect(message("genotype")).toBe("a design begins with ~: genotype");
    expect(message(7)).toBe("invalid design: 7");
    expect(message("~ genotype +")).toBe("the design breaks off: ~ genotype +");
    expect(message("~ log(weight)")).toBe("the design calls a function: log");
    expect(message("~ genotype ^ 2")).toBe("the design holds what is not understood: ^ 2");
    expect(message("~ genotype + 3")).toBe("unexpected in the design: 3");
    expect(message("~ (genotype")).toBe("the design breaks off: ~ (genotype");
    expect(message("~ genotpye")).toBe("the design names no column of samples: genotpye");
    expect(message("~ 0")).toBe("the design has no coefficient: ~ 0");
    expect(message("y ~ genotype")).toBe("a design begins with ~: y ~ genotype");
    const same = with_({ genotype: utf8(sheet.genotype.map(() => "WT")) });
    expect(() => makeDesign(same, "~ genotype")).toThrow(
      "the design needs two levels or more of genotype: WT",
    );
  });

  test("the model matrix is a table of one row a sample", () => {
    const table = modelMatrixTable(makeDesign(samples, "~ genotype"));
    expect(columnNames(table)).toEqual(["sample_id", "(Intercept)", "genotypeSOD1", "genotypeHET"]);
    expect(table.numRows).toBe(12);
  });

  test("requireNested takes smaller designs only", () => {
    const full = makeDesign(samples, "~ genotype * age");
    requireNested(full, makeDesign(samples, "~ genotype"));
    requireNested(full, makeDesign(samples, "~ 0 + genotype"));
    expect(() => requireNested(full, makeDesign(samples, "~ batch"))).toThrow("not part of");
    expect(() => requireNested(full, makeDesign(samples, "~ 0 + genotype:age"))).toThrow(
      "leaves nothing out",
    );
  });
});

function with_(columns: Record<string, ReturnType<typeof utf8>>): Table {
  const names = columnNames(samples);
  return makeTable([
    ...names.map((name, j) => [name, columns[name] ?? samples.getChildAt(j)!] as const),
    ...Object.entries(columns).filter(([name]) => !names.includes(name)),
  ]);
}
