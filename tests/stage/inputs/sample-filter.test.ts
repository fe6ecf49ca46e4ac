// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { sampleFilter } from "../../../src/stage/inputs/sample-filter.ts";
import { factor, float64, int32, makeTable, utf8 } from "../../../src/tables/index.ts";

const samples = makeTable({
  sample_id: utf8(["a", "b", "c", "d"]),
  genotype: factor(["WT", "SOD1", null, "WT"], ["WT", "SOD1", "unused"]),
  day: int32([56, 112, 56, 112]),
  rin: float64([7.1, 8.2, 9.3, 8.4]),
});

const boxes = (root: HTMLElement) => [...root.querySelectorAll<HTMLInputElement>("input")];

describe("sampleFilter", () => {
  it("keeps all at first, and offers the columns of few values", () => {
    const input = sampleFilter({ samples });
    expect(input.value).toEqual({});
    expect([...input.querySelectorAll("legend")].map((l) => l.textContent)).toEqual([
      "genotype",
      "day",
    ]);
    expect(input.textContent).toContain("(missing)1");
    expect(input.textContent).toContain("all 4 samples");
    expect(input.textContent).not.toContain("unused");
  });

  it("gives what filterSamples takes, with values of their type, and says how many are left", () => {
    const input = sampleFilter(samples);
    document.body.append(input);
    let told = 0;
    input.addEventListener("input", () => ++told);
    boxes(input)[2].click();
    boxes(input)[3].click();
    expect(told).toBe(2);
    expect(input.value).toEqual({ genotype: ["WT", "SOD1"], day: [112] });
    expect(input.textContent).toContain("2 of 4 samples");
    input.querySelector("button")!.click();
    expect(input.value).toEqual({});
  });

  it("is set by value, and refuses what it can't use", () => {
    const input = sampleFilter(samples, { value: { genotype: "SOD1" } });
    expect(input.value).toEqual({ genotype: ["SOD1"] });
    input.value = {};
    expect(input.value).toEqual({});
    expect(() => sampleFilter(samples, { value: { sex: ["f"] } })).toThrow(
      "no such column to choose by: sex",
    );
    expect(() => sampleFilter(samples, { columns: ["sex"] })).toThrow("no such column: sex");
    expect(() => sampleFilter({} as never)).toThrow("not an experiment");
    expect(sampleFilter(makeTable({ sample_id: utf8([]) })).textContent).toContain(
      "No sample column",
    );
  });
});
