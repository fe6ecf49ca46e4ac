// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { pcaPlot, type PcaLike, type PcaPlotOptions } from "../../src/stage/charts/pca-plot.ts";
import { float64, makeTable, utf8 } from "../../src/tables/index.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { seeded } from "./support/small-counts.ts";

function samples(n: number) {
  const random = seeded(3);
  return Array.from({ length: n }, (_, i) => ({
    sample_id: `sample_${i + 1}`,
    PC1: (random() - 0.5) * 40 + (i % 2 ? 15 : -15),
    PC2: (random() - 0.5) * 20,
    PC3: random(),
    genotype: i % 2 ? "SOD1" : "WT",
    age: `P${56 * (1 + (i % 3 ? 1 : 0))}`,
    rin: i === 3 ? null : 6 + random() * 4,
  }));
}
const variance = [0.3421, 0.12, 0.05];

async function snapshot(name: string, data: PcaLike, options: PcaPlotOptions = {}) {
  const chart = pcaPlot(data, { width: 640, ...options });
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/pca-plot-${name}.svg`);
  return chart;
}

describe("pcaPlot", () => {
  it("names the components with their share of variance", async () => {
    const chart = await snapshot(
      "labels",
      { scores: samples(12), variance },
      {
        color: "genotype",
        shape: "age",
        label: true,
        title: "Twelve samples",
      },
    );
    expect(chart.textContent).toContain("PC1 (34.2\u00a0%)");
    expect(chart.textContent).toContain("WT: 6");
  });

  it("draws a number as continuous colour, missing ones in grey", async () => {
    const chart = await snapshot(
      "continuous",
      { scores: samples(12), variance },
      { color: "rin", y: 3 },
    );
    expect(chart.textContent).toContain("PC3 (5.0\u00a0%)");
    expect(chart.querySelectorAll('[fill="#c9c5bb"]').length).toBeGreaterThan(0);
  });

  it("reads the variance of a table, as shares or variances", () => {
    const scores = samples(4);
    for (const table of [
      makeTable({ component: utf8(["PC1", "PC2"]), share: float64([0.75, 0.25]) }),
      makeTable({ component: utf8(["PC1", "PC2"]), variance: float64([30, 10]) }),
      makeTable({ component: utf8(["PC1", "PC2"]), percent: float64([75, 25]) }),
    ])
      expect(pcaPlot({ scores, variance: table }, { width: 400 }).textContent).toContain(
        "PC1 (75.0\u00a0%)",
      );
    expect(pcaPlot({ scores }, { width: 400 }).textContent).toContain("PC1");
  });

  it("draws one sample, equal scores and missing scores", async () => {
    await snapshot("one-sample", { scores: samples(1), variance: [NaN] });
    const same = samples(3).map((row) => ({ ...row, PC1: 0, PC2: -0 }));
    await snapshot("ties", { scores: same });
    const gone = samples(3).map((row, i) => ({ ...row, PC1: i ? row.PC1 : null }));
    expect(pcaPlot({ scores: gone }, { width: 400 }).textContent).toContain(
      "1 sample without scores is left out.",
    );
  });

  it("draws components against each other", async () => {
    const data = { scores: samples(12), variance };
    const chart = await snapshot("pairs", data, { pairs: 3, color: "genotype" });
    expect(chart.querySelectorAll('.chart-body svg [aria-label="dot"]').length).toBe(3);
    for (const title of ["PC1 (34.2\u00a0%)", "PC2 (12.0\u00a0%)", "PC3 (5.0\u00a0%)"])
      expect(chart.textContent).toContain(title);
    expect(pcaPlot(data, { pairs: [1, 3], width: 400 }).textContent).not.toContain("PC2 (");
    expect(() => pcaPlot(data, { pairs: 4 })).toThrow("invalid pairs: 4");
    expect(() => pcaPlot(data, { pairs: 2, x: 1 })).toThrow("both pairs and x or y");
  });

  it("says how many of 300 labels have no room", () => {
    const chart = pcaPlot({ scores: samples(300), variance }, { label: true, width: 500 });
    expect(chart.textContent).toMatch(/\d+ of 300 labels have no room/);
  });

  it("refuses what it can't use", () => {
    expect(() => pcaPlot({} as PcaLike)).toThrow("not the result of pca");
    expect(() => pcaPlot({ scores: samples(3) }, { x: 4 })).toThrow("invalid x: 4");
    expect(() => pcaPlot({ scores: samples(3) }, { color: "genotpye" })).toThrow(
      "no such column: genotpye",
    );
  });
});
