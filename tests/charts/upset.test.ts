// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { selection } from "../../src/base/selection.ts";
import type { ChartElement } from "../../src/stage/charts/frame.ts";
import { upset } from "../../src/stage/charts/upset.ts";
import { simulatedResults } from "../support/simulated-results.ts";
import { simulatedSets } from "../support/simulated-sets.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { oddResults } from "./support/odd-results.ts";

afterEach(() => document.body.replaceChildren());

async function snapshot(name: string, chart: ChartElement) {
  expect(chart.toSVG()).not.toMatch(/NaN|Infinity|undefined/);
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/upset-${name}.svg`);
  return chart;
}

function key(chart: HTMLElement, name: string) {
  chart
    .querySelector(".chart-cursor")!
    .dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

const lists = { A: ["g1", "g2", "g3"], B: ["g2", "g3", "g4"], C: ["g3"] };

describe("upset", () => {
  it("counts every gene in exactly one combination", async () => {
    const chart = await snapshot("lists", upset(lists, { width: 640 }));
    expect(chart.toCSV()).toBe(
      "sets,degree,genes,gene_ids\nA,1,1,g1\nB,1,1,g4\nA; B,2,1,g2\nA; B; C,3,1,g3\n",
    );
    const data = simulatedSets(["a", "b", "c", "d"], 200);
    const rows = upset(data, { width: 600 }).toCSV().trim().split("\n").slice(1);
    expect(rows.reduce((sum, row) => sum + Number(row.split(",")[2]), 0)).toBe(200);
  });

  it("keeps genes up and down in a contrast apart", async () => {
    const chart = await snapshot(
      "results",
      upset(
        {
          P56: simulatedResults({ genes: 600, changed: 0.2 }),
          P112: simulatedResults({ genes: 600, changed: 0.2, seed: 8, truthSeed: 7 }),
        },
        { width: 640 },
      ),
    );
    expect(chart.textContent).toContain("▲ P56");
    expect(chart.textContent).toContain("▼ P112");
    expect(chart.textContent).toContain("▲ higher in SOD1, ▼ lower in SOD1: padj < 0.05.");
  });

  it("draws empty sets, one set, none, and names of any script", async () => {
    await snapshot(
      "one",
      upset({ "عصبونات حركية": ["g1"], 運動ニューロン: [] }, { width: 400, dark: true }),
    );
    expect(upset({}, { width: 400 }).textContent).toContain("There are no sets.");
    expect(upset({ A: [] }, { width: 400 }).textContent).toContain("No gene is in any set.");
    const none = oddResults([{ id: "a", change: 1, p: 0.9 }]);
    expect(upset(none, { width: 400 }).textContent).toContain("No gene is in any set.");
  });

  it("draws as many combinations as have room, and says how many it left out", async () => {
    const names = [
      "one",
      "two",
      "three",
      "four",
      "five",
      "a set of a name that is far too long to be read here",
    ];
    const chart = await snapshot(
      "narrow",
      upset(simulatedSets(names, 500), { width: 360, sort: "degree" }),
    );
    expect(chart.textContent).toMatch(/\d+ more combinations are not drawn\./);
  });

  it("gives the genes of a bar as value and table, and shows what is selected elsewhere", () => {
    const picked = selection();
    const chart = upset(lists, { width: 640, selection: picked });
    document.body.append(chart);
    let told: unknown = null;
    chart.addEventListener("input", () => (told = chart.value));
    for (const name of ["Home", "ArrowRight", "ArrowRight", "Enter"]) key(chart, name);
    expect(told).toEqual({ genes: ["g2"], samples: [], name: "A and B only" });
    expect(picked.value.genes).toEqual(["g2"]);
    const below = chart.querySelector<HTMLElement>(".chart-below")!;
    expect(below.hidden).toBe(false);
    expect(below.textContent).toContain("1 gene: A and B only");
    key(chart, "End");
    key(chart, "Enter");
    expect(told).toMatchObject({ genes: ["g3"], name: "C" });
    picked.select({ genes: ["g1", "g4"] });
    expect(told).toMatchObject({ genes: ["g1", "g4"], name: null });
    expect(below.hidden).toBe(true);
    key(chart, "Escape");
    expect(picked.value.genes).toEqual([]);
  });

  it("refuses what it can't use", () => {
    expect(() => upset(lists, { sets: ["D"] })).toThrow("no such set: D");
    expect(() => upset(3 as never)).toThrow("not a results table: 3");
    expect(() => upset(lists, { sort: "name" as never })).toThrow("invalid sort: name");
  });
});
