// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { selection } from "../../src/base/selection.ts";
import { dispersionPlot } from "../../src/stage/charts/dispersion-plot.ts";
import type { ChartElement } from "../../src/stage/charts/frame.ts";
import { librarySizes } from "../../src/stage/charts/library-sizes.ts";
import { pvalueHistogram } from "../../src/stage/charts/pvalue-histogram.ts";
import { sampleDistances } from "../../src/stage/charts/sample-distances.ts";
import { float64, makeTable, utf8 } from "../../src/tables/index.ts";
import {
  simulatedCorrelations,
  simulatedDispersions,
  simulatedSizes,
} from "../support/simulated-fit.ts";
import { simulatedResults } from "../support/simulated-results.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { oddResults } from "./support/odd-results.ts";

afterEach(() => document.body.replaceChildren());

async function snapshot(name: string, chart: ChartElement) {
  expect(chart.toSVG()).not.toMatch(/NaN|Infinity|undefined/);
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/${name}.svg`);
  return chart;
}

function key(chart: HTMLElement, name: string) {
  chart
    .querySelector(".chart-cursor")!
    .dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

describe("pvalueHistogram", () => {
  it("counts p-values in bins, 0 and 1 included, and says what is missing", async () => {
    const data = simulatedResults({ genes: 2000, seed: 3 });
    const chart = await snapshot(
      "pvalue-histogram-simulated",
      pvalueHistogram(data, { width: 640 }),
    );
    expect(chart.textContent).toMatch(/genes have no p-value \(\d+ all zero, \d+ outliers?\)\./);
    const csv = pvalueHistogram(
      oddResults([0, -0, 1, 0.5, 0.499, null].map((p, i) => ({ id: `g${i}`, change: 1, p }))),
      { bins: 2, width: 400 },
    ).toCSV();
    expect(csv).toBe("from,to,genes\n0,0.5,3\n0.5,1,2\n");
  });

  it("draws nothing, one gene and ties", async () => {
    const one = pvalueHistogram(oddResults([{ id: "a", change: 0, p: null }]), {
      width: 400,
      dark: true,
    });
    expect((await snapshot("pvalue-histogram-none", one)).textContent).toContain(
      "No gene has a p-value.",
    );
    const ties = oddResults(
      Array.from({ length: 50 }, (_, i) => ({ id: `t${i}`, change: 1, p: 1 })),
    );
    await snapshot("pvalue-histogram-ties", pvalueHistogram(ties, { width: 400, bins: 10 }));
    expect(() => pvalueHistogram(ties, { bins: 1 })).toThrow("invalid bins: 1");
  });
});

describe("dispersionPlot", () => {
  it("draws gene-wise, trend and final, outliers and what is below the axis", async () => {
    const chart = await snapshot(
      "dispersion-plot-simulated",
      dispersionPlot(simulatedDispersions({ genes: 300 }), { width: 640 }),
    );
    expect(chart.textContent).toMatch(/gene-wise estimates are below the axis: triangles\./);
    expect(chart.textContent).toMatch(/\d+ genes have no dispersion\./);
  });

  it("draws one gene, none, and a fit without trend or final estimates", async () => {
    const table = makeTable({
      gene_id: utf8(["a"]),
      baseMean: float64([10]),
      gene_wise: float64([0.1]),
    });
    await snapshot("dispersion-plot-one-gene", dispersionPlot(table, { width: 400, dark: true }));
    const gone = makeTable({
      gene_id: utf8(["a"]),
      baseMean: float64([0]),
      gene_wise: float64([NaN]),
    });
    expect(dispersionPlot(gone, { width: 400 }).textContent).toContain("No gene has a dispersion.");
    expect(() => dispersionPlot([{ gene: "a" }])).toThrow("no gene_id, baseMean");
  });

  it("selects genes by mean", () => {
    const picked = selection();
    const chart = dispersionPlot(simulatedDispersions({ genes: 30 }), {
      width: 640,
      selection: picked,
    });
    document.body.append(chart);
    key(chart, "End");
    key(chart, "Enter");
    expect(picked.value.genes).toHaveLength(1);
    expect(chart.querySelectorAll('path[stroke-linecap="round"]').length).toBe(3);
  });
});

describe("librarySizes", () => {
  it("draws sizes and factors with groups told apart by colour and symbol", async () => {
    const { table, samples } = simulatedSizes(8);
    const chart = await snapshot(
      "library-sizes-groups",
      librarySizes(table, { samples, color: "genotype", width: 640, sort: "size" }),
    );
    expect(chart.textContent).toContain("Size factors by median of ratios.");
  });

  it("draws one sample, 300, none, long names and missing sizes", async () => {
    await snapshot("library-sizes-one", librarySizes(simulatedSizes(1).table, { width: 400 }));
    const many = librarySizes(simulatedSizes(300).table, { width: 640 });
    expect(many.textContent).toContain("300 samples; point at the picture for the other names.");
    const odd = makeTable({
      sample_id: utf8(["motor-neuron-sample-of-a-very-long-name-animal-17-left", "عينة", "試料一"]),
      library_size: float64([5e6, NaN, 0]),
    });
    const chart = await snapshot(
      "library-sizes-odd",
      librarySizes(odd, { width: 360, dark: true }),
    );
    expect(chart.textContent).toContain("1 without a library size.");
    const none = makeTable({ sample_id: utf8([]), library_size: float64([]) });
    expect(librarySizes(none, { width: 400 }).textContent).toContain("There are no samples.");
    expect(() => librarySizes([{ sample: "a" }])).toThrow("no sample_id, library_size");
  });

  it("selects samples", () => {
    const picked = selection();
    const chart = librarySizes(simulatedSizes(4).table, { width: 400, selection: picked });
    document.body.append(chart);
    key(chart, "Home");
    key(chart, "Enter");
    expect(chart.value).toEqual({ genes: [], samples: ["WT_P56_1"] });
  });
});

describe("sampleDistances", () => {
  it("draws a clustered matrix with its values and bars", async () => {
    const { table, samples, tree } = simulatedCorrelations(6);
    const chart = await snapshot(
      "sample-distances-tree",
      sampleDistances(table, { tree, samples, width: 640 }),
    );
    expect(chart.textContent).toContain("Pearson correlation");
    expect(chart.textContent).toContain("on log₂ CPM.");
  });

  it("draws one sample, equal and missing values", async () => {
    await snapshot(
      "sample-distances-one",
      sampleDistances(simulatedCorrelations(1).table, { width: 400 }),
    );
    const rows = [
      { sample_id: "a", a: 1, b: null, c: 0.5 },
      { sample_id: "b", a: null, b: 1, c: 0.5 },
      { sample_id: "c", a: 0.5, b: 0.5, c: 1 },
    ];
    const chart = await snapshot(
      "sample-distances-missing",
      sampleDistances(rows, { width: 400, dark: true }),
    );
    expect(chart.textContent).toContain("missing values.");
  });

  it("selects a sample by key, and refuses what is no matrix", () => {
    const picked = selection();
    const chart = sampleDistances(simulatedCorrelations(4).table, {
      width: 400,
      selection: picked,
    });
    document.body.append(chart);
    key(chart, "ArrowDown");
    key(chart, "Enter");
    expect(picked.value.samples).toHaveLength(1);
    expect(() => sampleDistances([{ sample_id: "a", b: 1 }])).toThrow("no column for: a");
    expect(() => sampleDistances([{ id: "a" }])).toThrow("no sample_id");
  });
});
