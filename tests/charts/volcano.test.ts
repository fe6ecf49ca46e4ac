// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { selection } from "../../src/base/selection.ts";
import { volcano, type VolcanoOptions } from "../../src/stage/charts/volcano.ts";
import type { Table } from "../../src/tables/index.ts";
import { simulatedResults } from "../support/simulated-results.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { oddResults, type OddGene } from "./support/odd-results.ts";

afterEach(() => document.body.replaceChildren());

async function snapshot(name: string, data: Table, options: VolcanoOptions = {}) {
  const chart = volcano(data, { width: 640, ...options });
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/volcano-${name}.svg`);
  return chart;
}

const three: OddGene[] = [
  { id: "g1", symbol: "Atf3", change: 3, p: 1e-20 },
  { id: "g2", symbol: "Gal", change: -2, p: 1e-8 },
  { id: "g3", symbol: "Actb", change: 0.1, p: 0.7 },
];

function mounted<T extends HTMLElement>(chart: T): T {
  document.body.append(chart);
  return chart;
}

function point(chart: HTMLElement, type: string, x: number, y: number, more: object = {}) {
  const body = chart.querySelector(".chart-body")!;
  body.dispatchEvent(
    Object.assign(
      new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, button: 0, ...more }),
      {
        pointerType: "mouse",
        pointerId: 1,
      },
    ),
  );
}

function key(chart: HTMLElement, name: string) {
  chart
    .querySelector(".chart-cursor")!
    .dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

describe("volcano", () => {
  it("draws genes up, down and neither, told apart by shape, and says the direction", async () => {
    const chart = await snapshot(
      "simulated",
      simulatedResults({ genes: 300, seed: 5, changed: 0.2 }),
      {
        title: "SOD1 against WT",
        threshold: 0.5,
        labels: ["Actb".replace("Actb", "Atf1")],
      },
    );
    expect(chart.textContent).toContain("SOD1 over WT: positive means higher in SOD1.");
    expect(chart.textContent).toMatch(/\d+ higher in SOD1/);
    expect(chart.querySelector('[role="group"]')!.getAttribute("aria-describedby")).toBeTruthy();
  });

  it("draws p-values at the limit as triangles and never as infinity", async () => {
    const chart = await snapshot(
      "limit",
      oddResults([
        ...three,
        { id: "g4", symbol: "Sod1", change: 4, p: 0 },
        { id: "g5", change: -1, p: 1e-310 },
      ]),
    );
    expect(chart.textContent).toContain("2 genes with p < 1e-300: triangles at the top.");
    expect(chart.toSVG()).not.toMatch(/NaN|Infinity/);
  });

  it("says when nothing is significant, and when nothing can be drawn", async () => {
    const none = three.map((gene) => ({ ...gene, padj: 1 }));
    expect((await snapshot("none-significant", oddResults(none))).textContent).toContain(
      "No gene is significant at padj < 0.05.",
    );
    const missing = three.map((gene) => ({ ...gene, change: null, p: null, reason: "all zero" }));
    const chart = await snapshot("all-missing", oddResults(missing));
    expect(chart.textContent).toContain("No gene has a p-value.");
    expect(chart.textContent).toContain("3 genes have no p-value (3 all zero) and are not drawn.");
    expect(volcano(oddResults([]), { width: 400 }).textContent).toContain("There are no genes.");
  });

  it("draws one gene, ties and negative zero", async () => {
    await snapshot("one-gene", oddResults([three[0]]));
    const ties = Array.from({ length: 8 }, (_, i) => ({
      id: `t${i}`,
      symbol: `Tie${i}`,
      change: 1,
      p: 0.001,
    }));
    await snapshot("ties", oddResults([...ties, { id: "z", change: -0, p: 1 }]));
  });

  it("names genes of long, right-to-left, non-Latin and shared symbols", async () => {
    const chart = await snapshot(
      "names",
      oddResults([
        {
          id: "ENSG01",
          symbol: "a-very-long-gene-name-that-no-one-would-want-to-read-in-a-figure",
          change: 3,
          p: 1e-30,
        },
        { id: "ENSG02", symbol: "جين", change: -3, p: 1e-25 },
        { id: "ENSG03", symbol: "遺伝子", change: 2, p: 1e-20 },
        { id: "ENSG04", symbol: "Pcdhb", change: 1, p: 1e-15 },
        { id: "ENSG05", symbol: "Pcdhb", change: -1, p: 1e-12 },
        { id: "<b>&", symbol: null, change: 1.5, p: 1e-10 },
      ]),
      { width: 360, dark: true },
    );
    expect(chart.textContent).toContain("Pcdhb (ENSG04)");
    expect(chart.querySelector("b")).toBeNull();
  });

  it("clips changes far out and says how many", () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      id: `g${i}`,
      change: Math.sin(i),
      p: 0.5,
    }));
    const chart = volcano(oddResults([...many, { id: "far", change: 30, p: 0.4 }]), { width: 500 });
    expect(chart.textContent).toContain("1 gene beyond ±1.3: triangles at the sides.");
    expect(volcano(oddResults(three), { width: 500, limit: 1 }).textContent).toContain(
      "2 genes beyond ±1",
    );
  });

  it("selects by click, keys and lasso, and shows what was selected elsewhere", () => {
    const picked = selection();
    const chart = mounted(volcano(oddResults(three), { width: 640, selection: picked }));
    const heard: unknown[] = [];
    chart.addEventListener("input", () => heard.push(chart.value));
    const svg = chart.querySelector(".chart-body > svg")!;
    const parts = () => svg.querySelectorAll("path[stroke-linecap], g[stroke-linecap] path").length;
    expect(parts()).toBe(0);
    picked.select({ genes: ["g1", "not here"] });
    expect(parts()).toBeGreaterThan(0);
    expect(svg.isConnected).toBe(true);
    key(chart, "ArrowRight");
    key(chart, "ArrowRight");
    key(chart, "Enter");
    expect(picked.value.genes).toEqual(["g2"]);
    key(chart, "Home");
    key(chart, " ");
    expect(picked.value.genes).toEqual(["g2", "g1"]);
    expect(chart.querySelector(".chart-cursor")!.getAttribute("aria-valuetext")).toContain("Atf3");
    key(chart, "Escape");
    expect(picked.value.genes).toEqual([]);
    point(chart, "pointerdown", 0, 0);
    for (const [x, y] of [
      [640, 0],
      [640, 600],
      [0, 600],
    ])
      point(chart, "pointermove", x, y);
    point(chart, "pointerup", 0, 600);
    expect([...picked.value.genes].sort()).toEqual(["g1", "g2", "g3"]);
    expect(heard.length).toBe(5);
    expect(heard.at(-1)).toEqual(picked.value);
  });

  it("forgets a selection when it leaves the document", () => {
    const picked = selection();
    const chart = mounted(volcano(oddResults(three), { width: 640, selection: picked }));
    let told = 0;
    chart.addEventListener("input", () => ++told);
    chart.remove();
    picked.select({ genes: ["g1"] });
    expect(told).toBe(0);
    mounted(chart);
    expect(chart.querySelectorAll("g[stroke-linecap] path").length).toBeGreaterThan(0);
  });

  it("writes its data with what each gene is drawn as", () => {
    const lines = volcano(oddResults(three), { width: 400 }).toCSV().trim().split("\n");
    expect(lines[0]).toBe(
      "gene_id,symbol,baseMean,log2FoldChange,lfcSE,stat,pvalue,padj,reason,drawn_as",
    );
    expect(lines[1]).toMatch(/^g1,Atf3,100,3,.*,up$/);
  });

  it("refuses what it can't use", () => {
    expect(() => volcano([{ gene_id: "a" }])).toThrow("it has no log2FoldChange, pvalue, padj");
    expect(() => volcano(oddResults(three), { labels: ["Nope"] })).toThrow(
      "no such gene in the results: Nope",
    );
    expect(() => volcano(oddResults(three), { alpha: 0 })).toThrow("invalid alpha: 0");
    expect(() => volcano(oddResults(three), { selection: {} as never })).toThrow("not a selection");
    expect(() => volcano(oddResults(three), { tpo: 3 } as never)).toThrow("unknown option: tpo");
  });
});
