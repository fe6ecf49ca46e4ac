// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { contrastInput } from "../../../src/stage/inputs/contrast-input.ts";
import { factor, float64, makeTable, utf8 } from "../../../src/tables/index.ts";

const samples = makeTable({
  sample_id: utf8(["a", "b", "c", "d"]),
  genotype: factor(["WT", "SOD1", "FUS", "WT"], ["WT", "SOD1", "FUS"]),
  age: factor(["P56", "P112", "P56", "P112"], ["P56", "P112"]),
  rin: float64([7, 8, 9, 8]),
});
const fit = {
  design: "~ rin + genotype * age",
  coefficients: [
    "(Intercept)",
    "rin",
    "genotypeSOD1",
    "genotypeFUS",
    "ageP112",
    "genotypeSOD1:ageP112",
  ],
};

function selects(root: HTMLElement): HTMLSelectElement[] {
  return [...root.querySelectorAll("select")];
}

function change(select: HTMLSelectElement, text: string) {
  select.selectedIndex = [...select.options].findIndex((o) => o.text === text);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

describe("contrastInput", () => {
  it("starts at the last factor's last level over its reference, in words", () => {
    const input = contrastInput(fit, { samples });
    expect(input.value).toEqual(["age", "P112", "P56"]);
    expect(input.textContent).toContain("P112 over P56, at WT: positive means higher in P112");
    expect(selects(input)[0].textContent).toContain("genotypeSOD1:ageP112");
  });

  it("chooses factors, levels, slopes and interactions, and tells each change once", () => {
    const input = contrastInput(fit, { samples });
    const heard: unknown[] = [];
    input.addEventListener("input", () => heard.push(input.value));
    const [what, above, below] = selects(input);
    change(what, "genotype");
    change(above, "SOD1");
    change(below, "SOD1");
    input.querySelector("button")!.click();
    change(what, "rin");
    change(what, "genotypeSOD1:ageP112");
    expect(heard).toEqual([
      ["genotype", "FUS", "WT"],
      ["genotype", "SOD1", "WT"],
      ["genotype", "WT", "SOD1"],
      ["genotype", "SOD1", "WT"],
      "rin",
      "genotypeSOD1:ageP112",
    ]);
    expect(above.hidden).toBe(true);
    expect(input.textContent).toContain("effects together are higher than their sum");
  });

  it("stands without the samples, by coefficient", () => {
    const input = contrastInput({
      design: "~genotype",
      coefficients: ["(Intercept)", "genotypeSOD1", "genotypeFUS"],
    });
    expect(input.value).toBe("genotypeFUS");
    expect(input.textContent).toContain("FUS over the reference of genotype");
    input.querySelector("button")!.click();
    expect(input.value).toEqual({ genotypeFUS: -1 });
    input.value = ["genotype", "SOD1", "FUS"];
    expect(input.value).toEqual(["genotype", "SOD1", "FUS"]);
  });

  it("knows levels and references from the fit, and combinations of factors that interact", () => {
    const input = contrastInput({
      ...fit,
      factors: [
        { label: "genotype", column: "genotype", levels: ["WT", "SOD1", "FUS"] },
        { label: "age", column: "age", levels: ["P56", "P112"] },
      ],
    });
    expect(input.value).toEqual(["age", "P112", "P56"]);
    expect(input.textContent).toContain("P112 over P56, at WT");
    input.value = ["genotype:age", "SOD1:P112", "WT:P112"];
    expect(input.value).toEqual(["genotype:age", "SOD1:P112", "WT:P112"]);
    expect(input.textContent).toContain("SOD1:P112 over WT:P112: positive means higher in");
  });

  it("reads factor(), backticks, and designs without intercept", () => {
    const input = contrastInput({
      design: "~ 0 + factor(day) + `cell type`",
      coefficients: ["factor(day)56", "factor(day)112", "`cell type`MN"],
    });
    input.value = ["day", "112", "56"];
    expect(input.value).toEqual(["day", "112", "56"]);
  });

  it("refuses what it can't use", () => {
    expect(() => contrastInput({} as never)).toThrow("not a fit");
    expect(() => contrastInput({ design: "~1", coefficients: ["(Intercept)"] })).toThrow(
      "nothing to contrast",
    );
    expect(() => contrastInput(fit, { samples, value: ["genotype", "SOD1", "SOD1"] })).toThrow(
      "no such contrast",
    );
    expect(() => contrastInput(fit, { sample: samples } as never)).toThrow(
      "unknown option: sample",
    );
  });
});
