// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { selection } from "../../src/base/selection.ts";
import { genePlot } from "../../src/stage/charts/gene-plot.ts";
import { heatmap } from "../../src/stage/charts/heatmap.ts";
import { pcaPlot } from "../../src/stage/charts/pca-plot.ts";
import { pvalueHistogram } from "../../src/stage/charts/pvalue-histogram.ts";
import { timeCourse } from "../../src/stage/charts/time-course.ts";
import { upset } from "../../src/stage/charts/upset.ts";
import { volcano } from "../../src/stage/charts/volcano.ts";
import { oddResults } from "./support/odd-results.ts";

const width = 640;

beforeEach(() => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(
    new DOMRect(0, 0, width, 400),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

vi.stubGlobal(
  "DOMRect",
  class {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
    constructor(x: number, y: number, w: number, h: number) {
      [this.left, this.top, this.width, this.height] = [x, y, w, h];
    }
  },
);

function click(chart: HTMLElement, x: number, y: number, more: MouseEventInit = {}) {
  const body = chart.querySelector(".chart-body")!;
  for (const type of ["pointerdown", "pointerup"])
    body.dispatchEvent(
      new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, button: 0, ...more }),
    );
}

function mounted<T extends HTMLElement>(chart: T): T {
  document.body.append(chart);
  return chart;
}

const scores = [
  { sample_id: "a", PC1: 0, PC2: 0 },
  { sample_id: "b", PC1: 10, PC2: 5 },
  { sample_id: "c", PC1: 5, PC2: -5 },
];
const table = ["g1", "g2", "g3"].map((gene_id, i) => ({ gene_id, a: i, b: i * 2 + 1, c: 3 - i }));
const rows = {
  order: [1, 2, 3],
  merge: [
    [-1, -2],
    [1, -3],
  ],
  height: [1, 4],
  labels: ["g1", "g2", "g3"],
};

describe("selecting in a picture", () => {
  it("takes a point, adds with shift, clears on nothing", () => {
    const picked = selection();
    const chart = mounted(pcaPlot({ scores }, { width, selection: picked }));
    const at = (k: number) => {
      chart
        .querySelector(".chart-cursor")!
        .dispatchEvent(
          new KeyboardEvent("keydown", { key: k ? "ArrowRight" : "Home", cancelable: true }),
        );
      const ring = chart.querySelector("[data-live] circle")!;
      return [Number(ring.getAttribute("cx")), Number(ring.getAttribute("cy"))] as const;
    };
    const [a, b] = [at(0), at(1)];
    click(chart, ...a);
    expect(picked.value.samples).toEqual(["a"]);
    click(chart, ...b, { shiftKey: true });
    expect(picked.value.samples).toEqual(["a", "b"]);
    click(chart, ...a, { shiftKey: true });
    expect(picked.value.samples).toEqual(["b"]);
    click(chart, 2, 2);
    expect(picked.value.samples).toEqual([]);
  });

  it("takes the genes of a branch, a row, and the sample of a name", () => {
    const picked = selection();
    const chart = mounted(heatmap(table, { rows, width, selection: picked }));
    const tree = [...chart.querySelectorAll(".chart-body > svg > path")].map((p) =>
      p.getAttribute("d")!,
    );
    const inner = tree.find((d) => d.includes("H") && d.split("M").length === 3)!;
    const [, x0, y0, h, y1] = /M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)/.exec(inner)!.map(Number);
    expect(x0).toBeGreaterThan(h);
    click(chart, h, (y0 + y1) / 2);
    expect(picked.value.genes).toEqual(["g1", "g2"]);
    click(chart, width / 3, y1);
    expect(picked.value.genes).toEqual(["g2"]);
    const height = Number(chart.querySelector(".chart-body > svg")!.getAttribute("height"));
    click(chart, 90, height - 6);
    expect(picked.value).toEqual({ genes: ["g2"], samples: ["a"] });
  });

  it("takes the genes of a bar of p-values, and fills bars by what is selected", () => {
    const picked = selection();
    const results = oddResults([
      { id: "low", change: 1, p: 0.01 },
      { id: "lower", change: 1, p: 0.02 },
      { id: "high", change: 1, p: 0.99 },
      { id: "none", change: 1, p: null },
    ]);
    const chart = mounted(pvalueHistogram(results, { width, bins: 4, selection: picked }));
    const cursor = chart.querySelector(".chart-cursor")!;
    cursor.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
    expect(picked.value.genes).toEqual(["low", "lower"]);
    const filled = () => chart.querySelectorAll(".chart-body > svg > g rect").length;
    expect(filled()).toBeGreaterThan(0);
    picked.select({ genes: ["none"] });
    expect(filled()).toBe(1);
    picked.clear();
  });

  it("takes points, means and titles of a time course", () => {
    const picked = selection();
    const counts = ["a", "b", "c", "d"].flatMap((sample_id, j) =>
      ["g1", "g2"].map((gene_id) => ({ gene_id, sample_id, day: j % 2, count: j + 1 })),
    );
    const chart = mounted(timeCourse(counts, { x: "day", width, selection: picked }));
    const cursor = chart.querySelector(".chart-cursor")!;
    const key = (name: string) =>
      cursor.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true }));
    key("Home");
    key("Enter");
    expect(picked.value.samples).toEqual(["a"]);
    expect(chart.querySelectorAll('circle[stroke-width="1.6"]').length).toBe(2);
    click(chart, 10, 8);
    expect(picked.value).toEqual({ genes: ["g1"], samples: ["a"] });
    key("End");
    key("Enter");
    expect(picked.value.genes).toEqual(["g2"]);
    key("Escape");
    expect(picked.value).toEqual({ genes: [], samples: [] });
    const means = mounted(
      timeCourse(counts, { x: "day", points: false, width, selection: picked }),
    );
    means
      .querySelector(".chart-cursor")!
      .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
    expect(picked.value.samples).toEqual(["a", "c"]);
  });

  it("shows one selection in every picture, each drawn once", () => {
    const picked = selection();
    const results = oddResults([
      { id: "g1", change: 2, p: 1e-9 },
      { id: "g2", change: -2, p: 1e-9 },
    ]);
    const counts = scores.map(({ sample_id }) => ({ gene_id: "g1", sample_id, count: 3 }));
    const charts = [
      volcano(results, { width, selection: picked }),
      heatmap(table, { width, selection: picked }),
      upset(results, { width, selection: picked }),
      pcaPlot({ scores }, { width, selection: picked }),
      genePlot(counts, { width, selection: picked }),
    ].map(mounted);
    const pictures = charts.map((chart) => chart.querySelector(".chart-body > svg")!);
    const before = pictures.map((svg) => svg.innerHTML);
    picked.select({ genes: ["g1"], samples: ["b"] });
    expect(charts.map((chart) => chart.querySelector(".chart-body > svg"))).toEqual(pictures);
    pictures.forEach((svg, i) => expect(svg.innerHTML).not.toBe(before[i]));
    picked.clear();
    pictures.forEach((svg, i) => expect(svg.innerHTML).toBe(before[i]));
  });
});
