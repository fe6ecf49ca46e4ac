// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { dispersionPlot } from "../../src/stage/charts/dispersion-plot.ts";
import { genePlot } from "../../src/stage/charts/gene-plot.ts";
import { heatmap } from "../../src/stage/charts/heatmap.ts";
import { librarySizes } from "../../src/stage/charts/library-sizes.ts";
import { maPlot } from "../../src/stage/charts/ma-plot.ts";
import { pcaPlot } from "../../src/stage/charts/pca-plot.ts";
import { pvalueHistogram } from "../../src/stage/charts/pvalue-histogram.ts";
import { timeCourse } from "../../src/stage/charts/time-course.ts";
import { upset } from "../../src/stage/charts/upset.ts";
import { volcano } from "../../src/stage/charts/volcano.ts";
import { oddResults } from "./support/odd-results.ts";

const width = 500;
const results = oddResults([
  { id: "a", change: 3, p: 1e-20, mean: 10 },
  { id: "b", change: -2, p: 1e-8, mean: 1000 },
  { id: "c", change: 0.1, p: 0.7, mean: 100 },
]);
const counts = [1, 4, 9, 16].map((count, j) => ({ sample_id: `s${j}`, day: j, count }));
const texts = (chart: HTMLElement) =>
  [...chart.querySelectorAll(".chart-body svg text")].map((node) => node.textContent);

describe("axis options", () => {
  it("name the axes of every picture that has some", () => {
    const axes = { x: { label: "across" }, y: { label: "upwards" } };
    const scores = counts.map(({ sample_id }, j) => ({ sample_id, PC1: j, PC2: j * j }));
    const sizes = counts.map(({ sample_id }) => ({ sample_id, library_size: 5 }));
    const dispersions = [{ gene_id: "a", baseMean: 9, gene_wise: 1, trend: 1, map: 1 }];
    for (const chart of [
      volcano(results, { width, axes }),
      maPlot(results, { width, axes }),
      pvalueHistogram(results, { width, axes }),
      dispersionPlot(dispersions, { width, axes }),
      genePlot(counts, { width, axes }),
      timeCourse(counts, { width, axes, x: "day" }),
      pcaPlot({ scores }, { width, axes }),
      heatmap([{ gene_id: "a", s: 1, t: 2 }], { width, axes }),
    ]) {
      expect(texts(chart)).toContain("across");
      expect(texts(chart)).toContain("upwards");
    }
    const bars = librarySizes(sizes, { width, axes: { x: { label: "reads" } } });
    expect(texts(bars)).toContain("reads");
    expect(texts(upset({ A: ["a"] }, { width, axes: { y: { label: "members" } } }))).toContain(
      "members",
    );
  });

  it("set ends and ticks, and say what lies beyond", () => {
    const chart = volcano(results, {
      width,
      axes: { x: { domain: [-2.5, 2.5], ticks: [-1, 1] }, y: { domain: [0, 10], ticks: 2 } },
    });
    expect(texts(chart)).toContain("−1");
    expect(texts(chart)).not.toContain("−2");
    expect(chart.textContent).toContain("1 gene above the axis: triangles at the top.");
    const few = genePlot(counts, { width, axes: { y: { domain: [0, 10], ticks: [0, 10] } } });
    expect(few.textContent).toContain("1 value lies beyond the axis.");
    const course = timeCourse(counts, { width, x: "day", axes: { x: { domain: [0, 2] } } });
    expect(course.textContent).toContain("1 value lies beyond the axes.");
  });

  it("choose linear or log where both make sense", () => {
    const log = genePlot(counts, { width, axes: { y: { type: "log" } } });
    expect(log.textContent).toContain("counts, log scale");
    const linear = maPlot(results, { width, axes: { x: { type: "linear" } } });
    expect(texts(linear)).toContain("200");
    expect(() => volcano(results, { axes: { x: { type: "log" } } })).toThrow(
      "volcano: axes.x: invalid type: log",
    );
  });

  it("are refused where they make no sense", () => {
    expect(() => volcano(results, { axes: { z: {} } as never })).toThrow(
      "volcano: axes: unknown option: z",
    );
    expect(() => volcano(results, { axes: { x: { lable: "x" } as never } })).toThrow(
      "volcano: axes.x: unknown option: lable",
    );
    expect(() => volcano(results, { axes: { x: { domain: [3, 1] } } })).toThrow(
      "volcano: axes.x: empty domain: 3,1",
    );
    expect(() => volcano(results, { axes: { y: { ticks: "many" as never } } })).toThrow(
      "invalid ticks: many",
    );
    expect(() => genePlot(counts, { axes: { x: { domain: [0, 1] } } })).toThrow(
      "genePlot: axes.x: unknown option: domain",
    );
    expect(() => maPlot(results, { axes: { x: { domain: [0, 9] } } })).toThrow(
      "invalid domain of a log axis: 0",
    );
    expect(() => upset({ A: ["a"] }, { axes: { y: { domain: [5, 9] } } })).toThrow(
      "bars begin at 0: 5",
    );
  });
});
