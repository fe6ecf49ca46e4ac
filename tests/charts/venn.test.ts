// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import type { ChartElement } from "../../src/stage/charts/frame.ts";
import { venn } from "../../src/stage/charts/venn.ts";
import {
  distanceFor,
  lensArea,
  regionAreas,
  vennLayout,
} from "../../src/stage/charts/venn-layout.ts";
import { vennRegions } from "../../src/stage/charts/venn-regions.ts";
import { simulatedResults } from "../support/simulated-results.ts";
import { simulatedSets } from "../support/simulated-sets.ts";
import { seeded } from "../support/random.ts";
import { normalSvg } from "./support/normal-svg.ts";

afterEach(() => document.body.replaceChildren());

async function snapshot(name: string, chart: ChartElement) {
  expect(chart.toSVG()).not.toMatch(/NaN|Infinity|undefined/);
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/venn-${name}.svg`);
  return chart;
}

function key(chart: HTMLElement, name: string) {
  chart
    .querySelector(".chart-cursor")!
    .dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

describe("the layout of a Venn diagram", () => {
  it("shares exactly the area of two sets", () => {
    const d = distanceFor(5, 3, 12);
    expect(lensArea(5, 3, d)).toBeCloseTo(12, 8);
    expect(distanceFor(5, 3, 0)).toBeGreaterThan(8);
    expect(distanceFor(5, 3, Math.PI * 9)).toBeLessThan(2);
  });

  it("knows the areas of three circles as throwing darts does", () => {
    const random = seeded(4);
    for (const centers of [
      [
        [0, 0],
        [1.2, 0],
        [0.5, 1],
      ],
      [
        [0, 0],
        [0.3, 0],
        [0.1, 0.2],
      ],
      [
        [0, 0],
        [1.9, 0],
        [0.95, 0.2],
      ],
      [
        [0, 0],
        [5, 0],
        [0.2, 0.1],
      ],
    ] as [number, number][][]) {
      const radii = [1, 1.1, 0.7];
      const counts = new Float64Array(8);
      const n = 200_000;
      for (let i = 0; i < n; ++i) {
        const x = -2 + random() * 9;
        const y = -2 + random() * 5;
        let mask = 0;
        centers.forEach(([cx, cy], k) => {
          if (Math.hypot(x - cx, y - cy) < radii[k]) mask |= 1 << k;
        });
        ++counts[mask];
      }
      const areas = regionAreas(centers, radii);
      for (let mask = 1; mask < 8; ++mask)
        expect(Math.abs(areas[mask] - (counts[mask] * 45) / n)).toBeLessThan(0.04);
    }
  });

  it("fits three circles to the numbers where circles can", () => {
    const sizes = [0, 60, 50, 20, 40, 15, 10, 8];
    const { shapes, proportional } = vennLayout(sizes, 3);
    const areas = regionAreas(
      shapes.map((s) => [s.x, s.y]),
      shapes.map((s) => s.rx),
    );
    expect(proportional).toBe(true);
    for (let mask = 1; mask < 8; ++mask)
      expect(Math.abs(areas[mask] - sizes[mask])).toBeLessThan(6);
  });

  it("makes all 15 and 31 regions of four and five sets", () => {
    for (const n of [4, 5]) {
      const regions = vennRegions(vennLayout(new Float64Array(1 << n).fill(1), n).shapes);
      expect(regions.length).toBe(2 ** n - 1);
      expect(Math.min(...regions.map(({ room }) => room))).toBeGreaterThan(0.03);
    }
  });
});

describe("venn", () => {
  it("draws two to five sets", async () => {
    const names = [
      "Spinal cord",
      "Hypoglossal",
      "Oculomotor",
      "Vagus",
      "A name that is too long for its room",
    ];
    for (const n of [2, 3, 4, 5])
      await snapshot(
        `${n}-sets`,
        venn(simulatedSets(names.slice(0, n), 60 * n), {
          width: n === 4 ? 360 : 640,
          dark: n === 3,
        }),
      );
  });

  it("draws genes up and down of contrasts apart", async () => {
    const chart = await snapshot(
      "results",
      venn(
        {
          P56: simulatedResults({ genes: 600, changed: 0.2 }),
          P112: simulatedResults({ genes: 600, changed: 0.2, seed: 8, truthSeed: 7 }),
        },
        { width: 700 },
      ),
    );
    expect(chart.textContent).toMatch(/▲ higher in SOD1, \d+ genes/);
    expect(chart.textContent).toMatch(/▼ lower in SOD1, \d+ genes/);
  });

  it("draws sets that are equal, nested, apart or empty", async () => {
    await snapshot("equal", venn({ A: ["a", "b"], B: ["a", "b"] }, { width: 400 }));
    await snapshot(
      "nested",
      venn({ A: ["a", "b", "c", "d"], B: ["b"], C: ["b", "c"] }, { width: 400 }),
    );
    await snapshot("apart", venn({ A: ["a"], B: ["b"], C: ["c"] }, { width: 400 }));
    const chart = await snapshot(
      "empty",
      venn({ A: ["a"], B: [], مجموعة: ["a", "c"] }, { width: 400 }),
    );
    expect(chart.textContent).toContain("No genes: B.");
    expect(venn({}, { width: 400 }).textContent).toContain("No gene is in any set.");
  });

  it("gives the genes of a region as value and table", () => {
    const chart = venn({ A: ["a", "b"], B: ["b", "c"] }, { width: 400 });
    document.body.append(chart);
    key(chart, "End");
    key(chart, "Enter");
    expect(chart.value).toEqual({ genes: ["b"], samples: [], name: "A and B" });
    expect(chart.querySelector(".chart-below")!.textContent).toContain("1 gene: A and B");
    key(chart, "Home");
    key(chart, " ");
    expect(chart.value).toEqual({ genes: ["b", "a"], samples: [], name: "selected" });
  });

  it("says that it draws five sets at most", () => {
    const six = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [name, [name]]));
    expect(() => venn(six)).toThrow("too many sets: 6");
    expect(() => venn(six, { sets: ["a", "b"], width: 400 })).not.toThrow();
  });
});
