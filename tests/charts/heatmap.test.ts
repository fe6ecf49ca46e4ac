// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { heatmap, type HeatmapOptions } from "../../src/stage/charts/heatmap.ts";
import type { ChartData } from "../../src/stage/charts/source.ts";
import { float64, makeTable, utf8 } from "../../src/tables/index.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { seeded } from "./support/small-counts.ts";

const samples = ["WT1", "WT2", "SOD1", "SOD2"];
const genes = ["Atf3", "Vgf", "Gal"];
const numbers = [
  [1, 2, 8, 9],
  [5, 4, 4, 5],
  [9, 8, 1, 2],
];
const small = makeTable([
  ["gene_id", utf8(["g1", "g2", "g3"])],
  ["symbol", utf8(genes)],
  ...samples.map((s, j) => [s, float64(numbers.map((row) => row[j]))] as const),
]);
const rows = {
  order: [2, 1, 3],
  merge: [
    [-1, -2],
    [-3, 1],
  ],
  height: [1, 4],
  labels: ["g1", "g2", "g3"],
  note: "genes by euclidean distance",
};
const columns = {
  order: Int32Array.of(1, 2, 3, 4),
  merge: Int32Array.of(-1, -2, -3, -4, 1, 2),
  height: [1, 1.5, 6],
  labels: samples,
};
const sheet = samples.map((sample_id, j) => ({
  sample_id,
  genotype: j < 2 ? "WT" : "SOD1",
  rin: 7 + j / 10,
}));

async function snapshot(name: string, data: ChartData, options: HeatmapOptions = {}) {
  const chart = heatmap(data, { width: 640, ...options });
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/heatmap-${name}.svg`);
  return chart;
}

describe("heatmap", () => {
  it("draws z-scores, trees and annotations", async () => {
    const chart = await snapshot("trees", small, {
      rows,
      columns,
      samples: sheet,
      title: "Three genes",
    });
    expect(chart.querySelector("canvas")).not.toBeNull();
    expect(chart.textContent).toContain("Trees: genes by euclidean distance.");
    const [head, first] = chart.toCSV().split("\n");
    expect(head).toBe("gene_id,symbol,WT1,WT2,SOD1,SOD2");
    expect(first.startsWith("g2,Vgf,")).toBe(true);
  });

  it("scores rows over n - 1", () => {
    const csv = heatmap(small, { width: 400 })
      .toCSV()
      .split("\n")[1]
      .split(",")
      .slice(2)
      .map(Number);
    const sd = Math.sqrt((16 + 9 + 9 + 16) / 3);
    expect(csv).toEqual([-4, -3, 3, 4].map((d) => expect.closeTo(d / sd, 12)));
  });

  it("draws values, and stops at the limits", async () => {
    const chart = await snapshot("values-dark", small, {
      scale: "none",
      value: "log2 CPM",
      dark: true,
      limit: [2, 8],
    });
    expect(chart.textContent).toContain("Colours end at 2 and 8; 4 values lie beyond.");
  });

  it("draws one gene, one sample, and no genes", async () => {
    await snapshot("one", [{ gene_id: "a", s: 3 }]);
    const none = makeTable([
      ["gene_id", utf8([])],
      ["s1", float64([])],
    ]);
    expect(heatmap(none, { width: 300 }).textContent).toContain("There are no genes to draw.");
  });

  it("says which genes do not vary and what is missing", async () => {
    const data = [
      { gene_id: "flat", a: 1, b: 1, c: 1 },
      { gene_id: "gap", a: 1, b: null, c: 2 },
      { gene_id: "אבגדהוזחטיכלמנסעפצקרשת-long-name-that-does-not-end", a: -1, b: -0, c: 2 },
    ];
    const chart = await snapshot("flat-and-missing", data);
    expect(chart.textContent).toContain("1 gene does not vary and has no z-score.");
    expect(chart.textContent).toContain("1 missing value.");
  });

  it("thins names out and says so", () => {
    const random = seeded(1);
    const many = makeTable([
      ["gene_id", utf8(Array.from({ length: 3000 }, (_, i) => `g${i}`))],
      ...Array.from(
        { length: 300 },
        (_, j) => [`s${j}`, float64(Float64Array.from({ length: 3000 }, random))] as const,
      ),
    ]);
    const chart = heatmap(many, { width: 640 });
    expect(chart.textContent).toMatch(/Every \d+th gene is named/);
    expect(chart.textContent).toContain("3000 genes share 760 px: neighbours are averaged");
    expect(chart.textContent).toContain("300 samples; point at the picture for their names.");
    const canvas = chart.querySelector("canvas")!;
    expect([canvas.width, canvas.height]).toEqual([300, 1520]);
    const chosen = heatmap(many, { width: 640, labels: ["g7", "g2900"] });
    expect(chosen.textContent).toContain("g2900");
  });

  it("draws the genes asked for, and samples of the sheet only", () => {
    const chart = heatmap(small, { genes: ["Gal", "g1"], samples: sheet.slice(1), width: 400 });
    expect(
      chart
        .toCSV()
        .split("\n")
        .map((line) => line.split(",")[0]),
    ).toEqual(["gene_id", "g3", "g1", ""]);
    expect(chart.toCSV()).not.toContain("WT1");
  });

  it("refuses trees that do not fit", () => {
    expect(() =>
      heatmap(small, { rows: { order: [1, 2], merge: [[-1, -2]], height: [1] } }),
    ).toThrow("heatmap: rows: 2 leaves for 3 rows: they do not match");
    expect(() => heatmap(small, { rows: { ...rows, order: [1, 1, 3] } })).toThrow(
      "not a permutation",
    );
    expect(() =>
      heatmap(small, {
        rows: {
          ...rows,
          merge: [
            [-1, -2],
            [-3, 2],
          ],
        },
      }),
    ).toThrow("merge 2 names");
    expect(() => heatmap(small, { rows: { ...rows, height: [1] } })).toThrow("needs 2 merges");
    expect(() => heatmap(small, { genes: ["x"] })).toThrow("no such gene in the table: x");
    expect(() => heatmap([{ gene_id: "a" }])).toThrow("no sample columns");
    expect(() => heatmap(small, { limit: -1 })).toThrow("invalid limit: -1");
    expect(() => heatmap(small, { samples: [{ id: 1 }] })).toThrow(
      "the annotations need a column: sample_id",
    );
  });
});
