import { describe, expect, test } from "vitest";
import {
  defaultContrast,
  designWarnings,
  findDonors,
  makeDesign,
  resolveContrast,
  resolveContrasts,
  type ContrastSpec,
} from "../../../src/engine/design/index.ts";
import { factor, float64, makeTable, utf8 } from "../../../src/tables/index.ts";

const genotype = [
  "WT",
  "WT",
  "WT",
  "WT",
  "SOD1",
  "SOD1",
  "SOD1",
  "SOD1",
  "HET",
  "HET",
  "HET",
  "HET",
];
const age = genotype.map((_, i) => (i % 2 ? "P112" : "P56"));
const samples = makeTable({
  sample_id: utf8(genotype.map((_, i) => `s${i + 1}`)),
  genotype: factor(genotype, ["WT", "SOD1", "HET"]),
  age: factor(age, ["P56", "P112"]),
  weight: float64(genotype.map((_, i) => 20 + ((i * 7) % 5) / 2)),
  "Mouse ID": utf8(genotype.map((_, i) => `m${i >> 1}`)),
  batch: utf8(genotype.map((g) => (g === "WT" ? "one" : g === "SOD1" ? "two" : "three"))),
  group: utf8(genotype.map((g, i) => `${g}_${age[i]}`)),
});
const design = makeDesign(samples, "~ age + genotype");
const weightsOf = (formula: string, contrast: ContrastSpec) => [
  ...resolveContrast(makeDesign(samples, formula), contrast).weights,
];

describe("resolveContrast", () => {
  test("compares levels with the reference and with each other", () => {
    expect(resolveContrast(design, ["genotype", "SOD1", "WT"])).toEqual({
      weights: Float64Array.of(0, 0, 1, 0),
      coefficient: 2,
      name: "genotype SOD1 vs WT",
      words: "SOD1 over WT: positive means higher in SOD1",
      groups: {
        factor: "genotype",
        numerator: "SOD1",
        denominator: "WT",
        numeratorSamples: Int32Array.of(4, 5, 6, 7),
        denominatorSamples: Int32Array.of(0, 1, 2, 3),
      },
    });
    const other = resolveContrast(design, ["genotype", "SOD1", "HET"]);
    expect([...other.weights]).toEqual([0, 0, 1, -1]);
    expect(other.coefficient).toBe(-1);
    expect([...resolveContrast(design, ["genotype", "WT", "HET"]).weights]).toEqual([0, 0, 0, -1]);
  });

  test("takes coefficients, weights, lists of levels and combinations", () => {
    expect(resolveContrast(design, "genotypeSOD1").words).toBe(
      "SOD1 over WT: positive means higher in SOD1",
    );
    expect(weightsOf("~ age + genotype", { genotypeSOD1: 0.5, genotypeHET: -1 })).toEqual([
      0, 0, 0.5, -1,
    ]);
    expect(weightsOf("~ age + genotype", ["genotype", ["SOD1", "HET"], "WT"])).toEqual([
      0, 0, 0.5, 0.5,
    ]);
    expect(weightsOf("~ 0 + genotype", ["genotype", "SOD1", "WT"])).toEqual([-1, 1, 0]);
    expect(weightsOf("~ genotype * age", ["genotype:age", "SOD1:P112", "WT:P112"])).toEqual([
      0, 1, 0, 0, 1, 0,
    ]);
    const cells = resolveContrast(makeDesign(samples, "~ genotype * age"), [
      "age:genotype",
      "P112:SOD1",
      "P56:WT",
    ]);
    expect([...cells.weights]).toEqual([0, 1, 0, 1, 1, 0]);
    expect([...cells.groups!.numeratorSamples]).toEqual([5, 7]);
    expect(weightsOf("~ 0 + genotype:age", ["genotype:age", "SOD1:P56", "WT:P56"])).toEqual([
      -1, 1, 0, 0, 0, 0,
    ]);
  });

  test("says where an interacting comparison holds", () => {
    const both = makeDesign(samples, "~ genotype * age");
    expect(resolveContrast(both, ["genotype", "SOD1", "WT"]).words).toBe(
      "SOD1 over WT, where age is P56: positive means higher in SOD1",
    );
    expect(resolveContrast(makeDesign(samples, "~ weight"), "weight").words).toBe(
      "weight: positive means higher as weight grows, per unit",
    );
  });

  test("refuses what the design can't answer", () => {
    const message = (contrast: unknown) => {
      try {
        resolveContrast(design, contrast as ContrastSpec);
      } catch (error) {
        return (error as Error).message;
      }
      return "fine";
    };
    expect(message(["sex", "f", "m"])).toBe("the design has no such factor: sex");
    expect(message(["genotype", "SOD2", "WT"])).toBe("no such level of genotype: SOD2");
    expect(message(["genotype", "WT", "WT"])).toBe(
      "the contrast compares a group with itself: genotype WT over WT",
    );
    expect(message(["genotype", [], "WT"])).toBe("the contrast has an empty group of genotype");
    expect(message(["genotype", ["HET", "HET"], "WT"])).toBe(
      "a group of the contrast names a level twice: HET, HET",
    );
    expect(message("genotypeSOD")).toBe("the design has no such coefficient: genotypeSOD");
    expect(message({ genotypeSOD1: NaN })).toBe(
      "invalid weight of genotypeSOD1 in the contrast: NaN",
    );
    expect(message({})).toBe("the contrast has no weight: {}");
    expect(message(["genotype", "SOD1"])).toBe("invalid contrast: [genotype, SOD1]");
    expect(message(["genotype:age", "SOD1", "WT"])).toBe(
      "no such combination of genotype:age: SOD1",
    );
    expect(message(4)).toBe("invalid contrast: 4");
    const covariate = makeDesign(samples, "~ weight");
    expect(() => resolveContrast(covariate, ["weight", 20, 21])).toThrow(
      "the contrast compares levels of a number: weight",
    );
  });

  test("numbers as groups go by the column's name or by factor()", () => {
    const table = makeTable({
      sample_id: utf8(["a", "b", "c", "d"]),
      day: float64([10, 9, 10, 9]),
    });
    const made = makeDesign(table, "~ factor(day)");
    expect(made.coefficients).toEqual(["(Intercept)", "factor(day)10"]);
    expect(resolveContrast(made, ["day", 10, 9]).weights).toEqual(Float64Array.of(0, 1));
    expect(resolveContrast(made, ["factor(day)", "10", "9"]).words).toBe(
      "10 over 9: positive means higher in 10",
    );
  });
});

test("the default is the last term's last level over its reference", () => {
  expect(defaultContrast(design).name).toBe("genotype HET vs WT");
  expect(defaultContrast(makeDesign(samples, "~ genotype * age")).name).toBe("genotypeHET:ageP112");
  expect(defaultContrast(makeDesign(samples, "~ genotype + weight")).name).toBe("weight");
  expect([...defaultContrast(makeDesign(samples, "~ 0 + genotype")).weights]).toEqual([-1, 0, 1]);
  expect(() => defaultContrast(makeDesign(samples, "~ 1"))).toThrow("compares nothing: ~ 1");
});

test("a list of contrasts is told from one", () => {
  const names = (given: Parameters<typeof resolveContrasts>[1]) => {
    const { contrasts, isList } = resolveContrasts(design, given);
    return [isList, ...contrasts.map((c) => c.name)];
  };
  expect(names(undefined)).toEqual([false, "genotype HET vs WT"]);
  expect(names(["genotype", "SOD1", "WT"])).toEqual([false, "genotype SOD1 vs WT"]);
  expect(names([["genotype", "SOD1", "WT"]])).toEqual([true, "genotype SOD1 vs WT"]);
  expect(names(["ageP112", "genotypeSOD1", "genotypeHET"])).toEqual([
    true,
    "age P112 vs P56",
    "genotype SOD1 vs WT",
    "genotype HET vs WT",
  ]);
});

test("warns of shared donors and of confounded factors", () => {
  expect(findDonors(samples)).toMatchObject({ column: "Mouse ID", n: 6 });
  expect(designWarnings(samples, design)).toEqual([
    "12 samples come from 6 donors (column Mouse ID), which the design does not know: samples of one donor are alike, so p-values are too small.",
    "genotype and batch can't be told apart: every batch has one genotype, so a difference between groups may be either.",
  ]);
  expect(designWarnings(samples, design, "Mouse ID")).toHaveLength(1);
  expect(designWarnings(samples, makeDesign(samples, "~ age"), "Mouse ID")).toEqual([]);
});
