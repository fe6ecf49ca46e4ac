// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { maPlot, type MaPlotOptions } from "../../src/stage/charts/ma-plot.ts";
import type { Table } from "../../src/tables/index.ts";
import { simulatedResults } from "../support/simulated-results.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { oddResults } from "./support/odd-results.ts";

async function snapshot(name: string, data: Table, options: MaPlotOptions = {}) {
  const chart = maPlot(data, { width: 640, ...options });
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/ma-plot-${name}.svg`);
  return chart;
}

describe("maPlot", () => {
  it("draws changes by mean on a log scale and leaves out what has none", async () => {
    const chart = await snapshot(
      "simulated",
      simulatedResults({ genes: 300, seed: 5, changed: 0.2 }),
    );
    expect(chart.textContent).toMatch(/genes have no mean above 0 or no change \(\d+ all zero\)/);
    expect(chart.textContent).toContain("↑ higher in SOD1");
  });

  it("takes limma's mean as the log value that it is", async () => {
    const genes = [-1, 2, 5].map((mean, i) => ({ id: `g${i}`, mean, change: i - 1, p: 0.01 }));
    const chart = await snapshot("limma", oddResults(genes, { method: "limma-voom" }));
    expect(chart.textContent).toContain("mean log₂ value");
    expect(maPlot(oddResults(genes), { width: 400 }).textContent).toContain("mean log₂ value");
  });

  it("draws one gene, none and all missing", async () => {
    await snapshot("one-gene", oddResults([{ id: "a", change: -0, p: 1 }]));
    const gone = [{ id: "a", mean: 0, change: null, p: null, reason: "all zero" }];
    expect((await snapshot("all-missing", oddResults(gone))).textContent).toContain(
      "No gene has a mean and a change.",
    );
    expect(maPlot(oddResults([]), { width: 400 }).textContent).toContain("There are no genes.");
  });

  it("refuses a table without means", () => {
    expect(() => maPlot([{ gene_id: "a", log2FoldChange: 1, pvalue: 1, padj: 1 }])).toThrow(
      "no baseMean",
    );
  });
});
