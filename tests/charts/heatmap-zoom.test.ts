// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { selection } from "../../src/base/selection.ts";
import { heatmap } from "../../src/stage/charts/heatmap.ts";
import { float64, makeTable, utf8 } from "../../src/tables/index.ts";
import { seeded } from "./support/small-counts.ts";

afterEach(() => document.body.replaceChildren());

const n = 200;
const ids = Array.from({ length: n }, (_, i) => `g${i}`);
const random = seeded(4);
const table = makeTable([
  ["gene_id", utf8(ids)],
  ...["a", "b", "c"].map(
    (name) => [name, float64(Float64Array.from({ length: n }, random))] as const,
  ),
]);
/** A comb: each gene joins those before it. */
const comb = {
  order: ids.map((_, i) => i + 1),
  merge: ids.slice(1).map((_, k) => (k ? [k, -(k + 2)] : [-1, -2])),
  height: ids.slice(1).map((_, k) => k + 1),
  labels: ids,
};

function mounted(options = {}) {
  const chart = heatmap(table, { width: 600, rows: comb, ...options });
  document.body.append(chart);
  const button = (name: string) =>
    chart.querySelector<HTMLButtonElement>(`.chart-zoom [aria-label="${name}"]`)!;
  const cursor = () => chart.querySelector<HTMLElement>(".chart-cursor")!;
  const key = (name: string) =>
    cursor().dispatchEvent(
      new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }),
    );
  const status = () => chart.querySelector(".chart-zoom-status")!.textContent;
  const rows = () => chart.querySelector("canvas")!.height;
  return { chart, button, cursor, key, status, rows };
}

describe("zooming a heatmap", () => {
  it("shows fewer genes, moves, and comes back, by buttons", () => {
    const { chart, button, status, rows } = mounted();
    expect(rows()).toBe(n);
    expect(status()).toBe("");
    button("Zoom in").click();
    expect(rows()).toBe(100);
    expect(status()).toBe("genes 51 to 150 of 200");
    expect(chart.querySelector(".chart-notes")!.textContent).toContain(
      "Shown: genes 51 to 150 of 200.",
    );
    expect(chart.toSVG()).toContain("Shown: genes 51 to 150 of 200.");
    button("Later genes").click();
    expect(status()).toBe("genes 101 to 200 of 200");
    button("Earlier genes").click();
    button("Zoom out").click();
    expect(status()).toBe("");
    expect(button("Show the whole").getAttribute("aria-disabled")).toBe("true");
    expect(chart.toCSV().trim().split("\n").length).toBe(n + 1);
  });

  it("keeps the keyboard's gene in view, and tells it", () => {
    const picked = selection();
    const { cursor, key, status } = mounted({ selection: picked });
    cursor().focus();
    key("End");
    expect(cursor().getAttribute("aria-valuetext")).toBe("g199");
    key("+");
    key("+");
    expect(status()).toBe("genes 151 to 200 of 200");
    key("Home");
    expect(status()).toBe("genes 1 to 50 of 200");
    expect(document.activeElement).toBe(cursor());
    expect(cursor().getAttribute("aria-valuetext")).toBe("g0");
    key("Enter");
    expect(picked.value.genes).toEqual(["g0"]);
    key("0");
    expect(status()).toBe("");
  });

  it("shows what is selected alone", () => {
    const picked = selection();
    const { button, status } = mounted({ selection: picked });
    picked.select({ genes: ["g40", "g90"] });
    button("Zoom to what is selected").click();
    expect(status()).toBe("genes 41 to 91 of 200");
  });

  it("draws trees within the picture", () => {
    const { chart, button } = mounted();
    button("Zoom in").click();
    const svg = chart.querySelector(".chart-body > svg")!;
    const height = Number(svg.getAttribute("height"));
    const tree = [...svg.querySelectorAll(":scope > path")].map((p) => p.getAttribute("d")!);
    for (const d of tree)
      for (const [, y] of d.matchAll(/V([\d.-]+)/g)) {
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(height);
      }
  });

  it("has nothing to zoom in a small one", () => {
    const small = heatmap([{ gene_id: "a", s: 1, t: 2 }], { width: 400 });
    expect(small.querySelector(".chart-zoom")).toBeNull();
  });
});
