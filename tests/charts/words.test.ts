import { describe, expect, it } from "vitest";
import { shortNames } from "../../src/stage/charts/short-names.ts";
import { typeset } from "../../src/stage/charts/typeset.ts";

describe("names of contrasts side by side", () => {
  it("keeps what differs, each word once", () => {
    const vs = (level: string, age: string) => `${level}, genotype:age SOD1:${age} vs WT:${age}`;
    expect(
      shortNames([vs("SC", "P56"), vs("SC", "P112"), vs("CN3/4", "P56"), vs("CN3/4", "P112")]),
    ).toEqual(["SC P56", "SC P112", "CN3/4 P56", "CN3/4 P112"]);
    expect(shortNames(["group A vs C", "group B vs C"])).toEqual(["A", "B"]);
  });

  it("leaves names that are built in different ways, are alike, or stand alone", () => {
    for (const names of [["a b", "c"], ["x, a", "b"], ["one"], [], ["A vs B", "B vs A"]])
      expect(shortNames(names)).toEqual(names);
    expect(shortNames(["same", "same"])).toEqual(["same", "same"]);
  });
});

it("sets captions with subscripts and without line ends inside numbers", () => {
  expect(
    typeset("Rows are z-scores of log2 CPM; log2(x + 1), n = 3 to 5, 95 % of log2FoldChange"),
  ).toBe(
    "Rows are z-scores of log₂ CPM; log₂(x + 1), n\u00a0=\u00a03 to 5, 95\u00a0% of log2FoldChange",
  );
});
