// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { timeCourse, type TimeCourseOptions } from "../../src/stage/charts/time-course.ts";
import type { ChartData } from "../../src/stage/charts/source.ts";
import { normalSvg } from "./support/normal-svg.ts";
import { smallCounts } from "./support/small-counts.ts";

const genes = [
  { id: "ENSMUSG01", symbol: "Atf3" },
  { id: "ENSMUSG02", symbol: "Vgf" },
];
const value = (g: number, s: number) => (g + 1) * 100 + s * 7 + (s % 4) * 10;

async function snapshot(name: string, data: ChartData, options: Partial<TimeCourseOptions> = {}) {
  const chart = timeCourse(data, { x: "day", width: 640, ...options });
  await expect(normalSvg(chart.toSVG())).toMatchFileSnapshot(`./output/time-course-${name}.svg`);
  return chart;
}

describe("timeCourse", () => {
  it("draws mean and interval by group", async () => {
    const chart = await snapshot("groups", smallCounts(genes, value), { group: "genotype" });
    expect(chart.textContent).toContain("95 % confidence interval");
    expect(chart.textContent).toContain("n\u00a0=\u00a04 each");
  });

  it("puts numbers at their place and other levels evenly", () => {
    const rows = ["0", "1", "10"].map((hour) => ({ hour, count: 1 }));
    const numeric = timeCourse(rows, { x: "hour", width: 500, points: false });
    const places = xOf(numeric);
    expect((places[2] - places[1]) / (places[1] - places[0])).toBeCloseTo(9, 1);
    const text = rows.map((row) => ({ ...row, hour: `h${row.hour}` }));
    const even = xOf(timeCourse(text, { x: "hour", width: 500, points: false }));
    expect((even[2] - even[1]) / (even[1] - even[0])).toBeCloseTo(1, 3);
  });

  it("gives the interval asked for", () => {
    const rows = [1, 2, 3, 4].map((count) => ({ day: 1, count }));
    const row = (interval: TimeCourseOptions["interval"]) =>
      timeCourse(rows, { x: "day", width: 400, interval })
        .toCSV()
        .split("\n")[1]
        .split(",")
        .slice(-3)
        .map(Number);
    const sd = Math.sqrt(5 / 3);
    expect(row("ci")).toEqual([
      2.5,
      expect.closeTo(2.5 - (3.182446 * sd) / 2, 5),
      expect.closeTo(2.5 + (3.182446 * sd) / 2, 5),
    ]);
    expect(row("se")[1]).toBeCloseTo(2.5 - sd / 2, 12);
    expect(row("sd")[2]).toBeCloseTo(2.5 + sd, 12);
    expect(row("quartiles")).toEqual([2.5, 1.75, 3.25]);
    expect(row("none")).toEqual([2.5, 0, 0]);
  });

  it("draws one time, one value, and a time without values", async () => {
    await snapshot("one-value", [{ day: 3, count: 5 }]);
    const gap = smallCounts(genes.slice(0, 1), (_, s) => (s >= 4 && s < 8 ? null : s));
    const chart = await snapshot("gap", gap, { group: "genotype", interval: "quartiles" });
    expect(chart.textContent).toContain("4 rows without a value or a time are left out.");
  });

  it("draws a log scale in dark ink", async () => {
    await snapshot(
      "log-dark",
      smallCounts(genes, (g, s) => (s % 5 ? value(g, s) : 0)),
      {
        scale: "log",
        dark: true,
      },
    );
  });

  it("needs a time", () => {
    expect(() => timeCourse(smallCounts(genes, value))).toThrow("timeCourse: invalid x: undefined");
    expect(() => timeCourse(smallCounts(genes, value), { x: "dya" })).toThrow(
      "no such column: dya",
    );
    expect(timeCourse([], { x: "day", width: 300 }).querySelector("svg")).not.toBeNull();
  });
});

function xOf(chart: HTMLElement): number[] {
  return [...chart.querySelectorAll('[aria-label="dot"] circle')].map((dot) =>
    Number(dot.getAttribute("cx")),
  );
}
