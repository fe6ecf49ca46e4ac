// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { selection } from "../../src/base/selection.ts";
import type { ChartElement } from "../../src/stage/charts/frame.ts";
import { foldChangeHeatmap } from "../../src/stage/charts/fold-change-heatmap.ts";
import { volcano } from "../../src/stage/charts/volcano.ts";
import { factor, float64, makeTable, utf8 } from "../../src/tables/index.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { oddResults } from "./support/odd-results.ts";

afterEach(() => document.body.replaceChildren());

async function snapshot(name: string, chart: ChartElement) {
  expect(chart.toSVG()).not.toMatch(/NaN|Infinity|undefined/);
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(
    `./output/fold-change-heatmap-${name}.svg`,
  );
  return chart;
}

const spinal = oddResults([
  { id: "g1", symbol: "Atf3", change: 3, p: 1e-9 },
  { id: "g2", symbol: "Gal", change: -2, p: 1e-4 },
  { id: "g3", symbol: "Actb", change: 0.1, p: 0.9 },
]);
const oculomotor = oddResults([
  { id: "g1", symbol: "Atf3", change: 0.4, p: 0.3 },
  { id: "g2", symbol: "Gal", change: null, p: null, reason: "all zero" },
]);

/** What a fit gives for a list of contrasts: one table with a column of their names. */
const long = makeTable(
  {
    contrast: factor(["age P112", "age P112", "age P56", "age P56"], ["age P112", "age P56"]),
    gene_id: utf8(["g1", "g2", "g1", "g2"]),
    symbol: utf8(["Atf3", "Gal", "Atf3", "Gal"]),
    log2FoldChange: float64([2, -1, 0.2, -0]),
    pvalue: float64([1e-8, 1e-3, 0.5, 1]),
    padj: float64([1e-8, 1e-3, 0.5, 1]),
  },
  {
    contrast:
      "age P112: SOD1 over WT, at P112: positive means higher in SOD1; age P56: SOD1 over WT, at P56: positive means higher in SOD1",
    alpha: "0.01",
  },
);

describe("foldChangeHeatmap", () => {
  it("marks what is not significant and greys what has no change", async () => {
    const chart = await snapshot(
      "tables",
      foldChangeHeatmap({ "Spinal cord": spinal, Oculomotor: oculomotor }, { width: 480 }),
    );
    expect(chart.textContent).toContain("×: not significant (padj ≥ 0.05, or none).");
    expect(chart.textContent).toContain("Grey: no value (1).");
    expect(chart.toCSV().split("\n")[1]).toBe("g1,Atf3,Spinal cord,3,1e-9,true");
  });

  it("takes a list of contrasts apart and tells each in words", async () => {
    const chart = await snapshot("contrasts", foldChangeHeatmap(long, { width: 480, dark: true }));
    expect(chart.textContent).toContain(
      "age P112: SOD1 over WT, at P112: positive means higher in SOD1.",
    );
    expect(chart.textContent).toContain(
      "age P56: SOD1 over WT, at P56: positive means higher in SOD1.",
    );
    expect(chart.textContent).toContain("padj ≥ 0.01");
  });

  it("asks which contrast a volcano is of", () => {
    expect(() => volcano(long)).toThrow("the table holds several contrasts: 2");
    expect(() => volcano(long, { contrast: "age" })).toThrow("no such contrast: age");
    const chart = volcano(long, { contrast: "age P56", width: 400 });
    expect(chart.textContent).toContain("SOD1 over WT, at P56: positive means higher in SOD1.");
    expect(chart.textContent).toContain("No gene is significant at padj < 0.01.");
  });

  it("draws named genes in their order, and none", async () => {
    const chart = await snapshot(
      "named",
      foldChangeHeatmap([spinal], { genes: ["Actb", "g1"], width: 360, limit: 2 }),
    );
    expect(chart.textContent).toContain("1 value lies beyond.");
    const none = oddResults([{ id: "a", change: 1, p: 0.5 }]);
    expect(
      (await snapshot("none", foldChangeHeatmap([none], { width: 360 }))).textContent,
    ).toContain("No gene is significant in any contrast.");
    expect(() => foldChangeHeatmap([spinal], { genes: ["Nope"] })).toThrow(
      "no such gene in the results: Nope",
    );
  });

  it("selects genes, not contrasts", () => {
    const picked = selection();
    const chart = foldChangeHeatmap([spinal], { width: 400, selection: picked });
    document.body.append(chart);
    const cursor = chart.querySelector(".chart-cursor")!;
    for (const key of ["End", "Enter"])
      cursor.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
    expect(picked.value).toEqual({ genes: ["g2"], samples: [] });
  });
});
