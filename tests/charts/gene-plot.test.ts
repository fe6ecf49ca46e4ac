// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { genePlot, type GenePlotOptions } from "../../src/stage/charts/gene-plot.ts";
import type { ChartData } from "../../src/stage/charts/source.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { seeded, smallCounts } from "./support/small-counts.ts";

const genes = [
  { id: "ENSMUSG01", symbol: "Atf3" },
  { id: "ENSMUSG02", symbol: "Vgf" },
];
const value = (g: number, s: number) =>
  Math.round((g + 1) * 100 + s * 7 + 30 * Math.sin(s * 5 + g));

async function snapshot(name: string, data: ChartData, options: GenePlotOptions = {}) {
  const chart = genePlot(data, { width: 640, ...options });
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/gene-plot-${name}.svg`);
  return chart;
}

describe("genePlot", () => {
  it("draws two genes by age and genotype", async () => {
    const chart = await snapshot("two-genes", smallCounts(genes, value), {
      x: "day",
      color: "genotype",
      title: "Two genes",
      subtitle: "by age",
      caption: "Made by rule.",
    });
    expect(chart.querySelectorAll("svg svg")).toHaveLength(2);
    expect(chart.querySelector("[role=group]")?.getAttribute("aria-label")).toBe("Two genes");
    expect(chart.textContent).toContain("Atf3: 56 n 8");
  });

  it("draws boxes, violins and means", async () => {
    const data = smallCounts(genes.slice(0, 1), value, 12);
    await snapshot("box", data, { x: "genotype" });
    await snapshot("violin", data, { x: "genotype", mark: "violin" });
    await snapshot("mean-dark", data, { x: "genotype", mark: "mean", dark: true });
  });

  it("shows zeros on a log scale", async () => {
    const data = smallCounts(genes, (g, s) => (s % 3 ? 0 : 10 ** (g + s / 6)));
    const chart = await snapshot("log", data, { x: "genotype", scale: "log", value: "FPKM" });
    expect(chart.textContent).toContain("FPKM, log scale");
  });

  it("draws one sample of one gene", async () => {
    await snapshot("one-sample", [{ gene_id: "a", sample_id: "only", count: 3 }]);
  });

  it("draws a gene that is all zero", async () => {
    const chart = await snapshot(
      "all-zero",
      smallCounts(genes.slice(0, 1), () => 0),
      { x: "day" },
    );
    expect(chart.textContent).toContain("0");
  });

  it("says n = 0 for a group without values, and counts what is missing", async () => {
    const data = smallCounts(genes, (g, s) => (g === 0 && s < 12 ? null : value(g, s)));
    const chart = await snapshot("missing-group", data, { x: "genotype" });
    expect(chart.textContent).toContain("n = 0");
    expect(chart.textContent).toContain("12 missing values are left out.");
  });

  it("gives samples without a level a group of their own", async () => {
    const rows = [1, 2, 3, 4].map((k) => ({
      sample_id: `s${k}`,
      count: k,
      type: k === 4 ? null : "WT",
    }));
    await snapshot("missing-level", rows, { x: "type" });
  });

  it("tells genes of one symbol apart by id", async () => {
    const same = [
      { id: "ENSG1", symbol: "MATR3" },
      { id: "ENSG2", symbol: "MATR3" },
      { id: "ENSG3", symbol: null },
    ];
    const chart = await snapshot("same-symbol", smallCounts(same, value), { x: "day" });
    expect(chart.textContent).toContain("ENSG2");
    expect(chart.textContent).toContain("ENSG3");
  });

  it("keeps long and non-Latin names inside", async () => {
    const names = [
      "mouse spinal cord, lumbar segments 3 to 5, laser-captured motor neurons",
      "脊髄運動ニューロン（頸髄）",
      "الخلايا العصبية الحركية",
      "אבגדהוזחטיכלמנסעפצקרשת",
    ];
    const rows = names.flatMap((tissue) =>
      [1, 2, 3, 4, 5].map((k) => ({
        gene_id: "ДНК-связывающий",
        count: k * tissue.length,
        tissue,
      })),
    );
    await snapshot("long-names", rows, { x: "tissue" });
    await snapshot("long-names-narrow", rows, { x: "tissue", width: 300 });
  });

  it("stays legible with hundreds of cells and many groups", async () => {
    const random = seeded(7);
    const rows = Array.from({ length: 300 }, (_, i) => ({
      gene_id: "g",
      sample_id: `cell_${i}`,
      count: random() < 0.5 ? 0 : Math.round(random() ** 4 * 2000),
      hour: String((i % 4) * 24),
    }));
    await snapshot("300-cells", rows, { x: "hour", scale: "log" });
    const chart = genePlot(rows, { x: "sample_id", width: 640 });
    expect(chart.textContent).toContain("n\u00a0=\u00a01 in each group.");
    expect(chart.textContent).toMatch(/Every \d+th group is named/);
  });

  it("keeps every dot inside its group", () => {
    const rows = Array.from({ length: 200 }, () => ({ count: 0, group: "a" }));
    const chart = genePlot(rows, { width: 400, x: "group" });
    const dots = [...chart.querySelectorAll('[aria-label="dot"] circle')];
    expect(dots).toHaveLength(200);
    for (const dot of dots) {
      expect(Number(dot.getAttribute("cx"))).toBeGreaterThan(0);
      expect(Number(dot.getAttribute("cx"))).toBeLessThan(400);
    }
  });

  it("draws the genes asked for, in that order", () => {
    const chart = genePlot(smallCounts(genes, value), { genes: ["Vgf", "ENSMUSG01"], width: 600 });
    const titles = [...chart.querySelectorAll("svg svg > text[font-weight]")].map(
      (t) => t.textContent,
    );
    expect(titles).toEqual(["Vgf", "Atf3"]);
  });

  it("draws an empty table", () => {
    const chart = genePlot([], { width: 300 });
    expect(chart.querySelector("svg")).not.toBeNull();
    expect(chart.toCSV()).toBe("\n");
  });

  it("writes its data as CSV at full precision", () => {
    const chart = genePlot([{ gene_id: "a,b", count: 0.1 + 0.2, g: null }], {
      width: 300,
      x: null,
    });
    expect(chart.toCSV()).toBe('gene_id,count,g\n"a,b",0.30000000000000004,\n');
  });

  it("refuses what it can't use", () => {
    const data = smallCounts(genes, value);
    expect(() => genePlot(data, { colour: "day" } as GenePlotOptions)).toThrow(
      "genePlot: unknown option: colour",
    );
    expect(() => genePlot(data, { x: "dya" })).toThrow("no such column: dya");
    expect(() => genePlot(data, { genes: ["Atf4"] })).toThrow("no such gene in the table: Atf4");
    expect(() => genePlot(data, { y: "genotype" })).toThrow("column is not numeric: genotype");
    expect(() => genePlot(data, { scale: "sqrt" as "log" })).toThrow("invalid scale: sqrt");
    expect(() => genePlot(data, { width: -1 })).toThrow("invalid width: -1");
    expect(() => genePlot(Promise.resolve() as unknown as ChartData)).toThrow(
      "not a table: Promise",
    );
  });
});
