// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { genePlot } from "../../src/stage/charts/gene-plot.ts";
import { librarySizes } from "../../src/stage/charts/library-sizes.ts";
import { pcaPlot } from "../../src/stage/charts/pca-plot.ts";
import { thinPoints } from "../../src/stage/charts/thin-points.ts";
import { timeCourse } from "../../src/stage/charts/time-course.ts";
import { seeded } from "./support/small-counts.ts";

const n = 14_000;
const random = seeded(9);
const cells = Array.from({ length: n }, (_, i) => ({
  sample_id: `s${i}`,
  count: random() * 100,
  group: i % 2 ? "A" : "B",
  day: i % 4,
}));
const dots = (chart: HTMLElement) =>
  chart.querySelectorAll('[aria-label="dot"] circle, [aria-label="dot"] path').length;

describe("more marks than a picture holds", () => {
  it("keeps the least and the greatest of each group, and its shape", () => {
    const values = [5, 1, 9, 3, 7, 2, 8];
    const rows = values.map((_, i) => i);
    expect(thinPoints(rows, values, 3).map((i) => values[i])).toEqual([1, 5, 9]);
    expect(thinPoints(rows, values, 4).map((i) => values[i])).toEqual([1, 7, 9]);
    expect(thinPoints(rows, values, 1)).toEqual(rows);
  });

  it("draws some points, says how many, and keeps boxes and n of all", () => {
    const chart = genePlot(cells, { width: 500, x: "group", mark: "box" });
    expect(dots(chart)).toBeLessThan(6000);
    expect(chart.textContent).toContain("14,000 values: every third by size is drawn");
    expect(chart.textContent).toContain("n = 7000");
    const course = timeCourse(cells, { width: 500, x: "day" });
    expect(dots(course)).toBeLessThan(6010);
    expect(course.textContent).toContain("every third by size is drawn; lines are of all.");
  });

  it("draws some samples of many on components", () => {
    const scores = cells.map(({ sample_id, count }) => ({ sample_id, PC1: count, PC2: -count }));
    const chart = pcaPlot({ scores }, { width: 500 });
    expect(dots(chart)).toBeLessThan(6000);
    expect(chart.textContent).toContain("14,000 samples: one in 3 along PC1 is drawn.");
  });

  it("lets neighbours share a row of library sizes", () => {
    const chart = librarySizes(
      cells.slice(0, 1000).map(({ sample_id }, i) => ({ sample_id, library_size: i })),
      { width: 500 },
    );
    expect(chart.textContent).toContain("1000 samples: each row is the mean of 3 neighbours.");
    expect(chart.querySelectorAll(".chart-body svg rect").length).toBe(334);
  });
});
