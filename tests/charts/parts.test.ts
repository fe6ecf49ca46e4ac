import { describe, expect, it } from "vitest";
import { lab } from "d3";
import { readFileSync } from "node:fs";
import { categories, inksOf, ramp, rampTable } from "../../src/stage/charts/colour.ts";
import { toCsv } from "../../src/stage/charts/csv.ts";
import { readTree } from "../../src/stage/charts/dendrogram.ts";
import { density } from "../../src/stage/charts/density.ts";
import { heatmapPixels } from "../../src/stage/charts/heatmap-pixels.ts";
import { tQuantile975 } from "../../src/stage/charts/interval.ts";
import { placeLabels } from "../../src/stage/charts/labels.ts";
import { formatNumber, formatPercent, formatTick } from "../../src/stage/charts/numbers.ts";
import { quantile } from "../../src/stage/charts/quantile.ts";
import { swarm } from "../../src/stage/charts/swarm.ts";
import { ellipsis, textWidth, wrapText } from "../../src/stage/charts/text.ts";
import { valueScale } from "../../src/stage/charts/value-scale.ts";
import { seeded } from "./support/small-counts.ts";

describe("numbers", () => {
  it("are short and honest", () => {
    const values = [0, -0, 1234, 12345, 0.5, 1 / 3, -2.5, 1e-5, 2.5e7, NaN, Infinity];
    expect(values.map((v) => formatNumber(v))).toEqual([
      "0",
      "0",
      "1234",
      "12,345",
      "0.5",
      "0.333",
      "−2.5",
      "1 × 10⁻⁵",
      "2.5 × 10⁷",
      "–",
      "∞",
    ]);
    expect([0, 950, 1000, 20000, 1.5e6, -0.25].map(formatTick)).toEqual([
      "0",
      "950",
      "1000",
      "20k",
      "1.5M",
      "−0.25",
    ]);
    expect(formatPercent(0.3421)).toBe("34.2\u00a0%");
  });
});

describe("colours", () => {
  it("are the theme's", () => {
    const css = readFileSync(new URL("../../src/base/theme.css", import.meta.url), "utf8");
    const [light, dark] = css.split(':root[data-theme="dark"]');
    for (const [text, inks] of [
      [light, inksOf(false)],
      [dark, inksOf(true)],
    ] as const) {
      const roles = {
        paper: inks.paper,
        ink: inks.ink,
        muted: inks.muted,
        rule: inks.rule,
        "rule-strong": inks.ruleStrong,
        accent: inks.accent,
      };
      for (const [name, value] of Object.entries(roles))
        expect(text).toContain(`--${name}: ${value};`);
    }
  });

  it("stand out from the paper, and from one another for colour-blind readers", () => {
    for (const dark of [false, true]) {
      const paper = luminance(rgbOf(inksOf(dark).paper));
      const list = categories(dark).map(rgbOf);
      for (const color of list) {
        const l = luminance(color);
        const [high, low] = l > paper ? [l, paper] : [paper, l];
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(2.3);
      }
      for (const seen of [identity, protan, deutan, tritan])
        for (let i = 0; i < list.length; ++i)
          for (let j = 0; j < i; ++j)
            expect(distance(see(list[i], seen), see(list[j], seen))).toBeGreaterThan(12);
    }
  });

  it("of diverging schemes have their neutral in the middle", () => {
    const { a, b } = lab(ramp("blue-orange", false)(0.5));
    expect(Math.hypot(a, b)).toBeLessThan(6);
    expect(rampTable("blues", true)).toHaveLength(768);
  });
});

describe("summaries", () => {
  it("know Student's t as R's qt(0.975, df)", () => {
    const known = [
      [1, 12.706204736],
      [2, 4.30265273],
      [3, 3.182446305],
      [10, 2.228138852],
      [30, 2.042272456],
      [270, 1.968789],
    ];
    for (const [df, t] of known) expect(tQuantile975(df)).toBeCloseTo(t, 5);
  });

  it("know R's type 7 quantiles", () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("estimate a density that sums to nearly one within the range", () => {
    const random = seeded(2);
    const values = Float64Array.from({ length: 400 }, () => random() + random() + random()).sort();
    const { at, density: d } = density(values)!;
    const step = at[1] - at[0];
    const sum = d.reduce((a, b) => a + b * step, 0);
    expect(sum).toBeGreaterThan(0.9);
    expect(sum).toBeLessThan(1.02);
    expect(density(Float64Array.of(1, 1, 1))).toBeNull();
    expect(density(Float64Array.of(1, 2))).toBeNull();
  });
});

describe("swarm", () => {
  it("keeps dots apart, inside, and is the same each time", () => {
    const random = seeded(5);
    const ys = Float64Array.from({ length: 60 }, () => random() * 200);
    const xs = swarm(ys, 3, 500);
    for (let i = 0; i < 60; ++i)
      for (let j = 0; j < i; ++j)
        expect(Math.hypot(xs[i] - xs[j], ys[i] - ys[j])).toBeGreaterThan(6 - 1e-6);
    expect(swarm(ys, 3, 500)).toEqual(xs);
    for (const n of [500, 5000]) {
      const wide = swarm(new Float64Array(n), 3, 20).map(Math.abs);
      expect(wide.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(20);
    }
    expect(swarm([5], 3, 20)).toEqual(Float64Array.of(0));
  });
});

describe("value scale", () => {
  it("shows zero on a log scale and goes back", () => {
    const scale = valueScale("log", 0, 5000);
    expect(scale.transform(0)).toBe(0);
    expect(scale.invert(scale.transform(123))).toBeCloseTo(123, 9);
    expect(scale.ticks(4).map(scale.format)).toEqual(["0", "10", "100", "1000"]);
    expect(scale.transform(-5)).toBeLessThan(0);
  });

  it("begins at zero where that is cheap, and never has no extent", () => {
    expect(valueScale("linear", 10, 100).domain[0]).toBe(0);
    expect(valueScale("linear", 95, 100).domain[0]).toBeGreaterThan(80);
    const extents = [
      [0, 0],
      [5, 5],
      [-3, -3],
      [Infinity, -Infinity],
    ];
    for (const [low, high] of extents)
      for (const kind of ["linear", "log"] as const) {
        const [start, end] = valueScale(kind, low, high).domain;
        expect(end).toBeGreaterThan(start);
      }
  });
});

describe("text", () => {
  it("is cut at whole code points and wrapped to the width", () => {
    expect(ellipsis("abc", 100)).toBe("abc");
    expect(textWidth(ellipsis("a very long name indeed", 60), 12)).toBeLessThanOrEqual(60);
    expect(ellipsis("🧬🧬🧬🧬🧬🧬", 40)).toMatch(/^🧬+…$/u);
    const lines = wrapText("mouse spinal cord lumbar segments", 60, 12, 2);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(60);
  });

  it("is placed without overlap", () => {
    const xs = Array.from({ length: 50 }, (_, i) => 100 + (i % 5) * 3);
    const ys = Array.from({ length: 50 }, (_, i) => 100 + Math.floor(i / 5) * 3);
    const texts = xs.map((_, i) => `sample ${i}`);
    const box = { radius: 3, size: 11, left: 0, right: 300, top: 0, bottom: 300 };
    const { labels, hidden } = placeLabels(xs, ys, texts, box);
    expect(labels.length + hidden).toBe(50);
    expect(labels.length).toBeGreaterThan(1);
  });
});

describe("trees", () => {
  it("match leaves by label and take the rest of R's conventions", () => {
    const given = {
      order: [3, 1, 2],
      merge: [-1, -2, -3, 1],
      height: [1, 2],
      labels: ["b", "c", "a"],
    };
    const tree = readTree("heatmap", "rows", given, ["a", "b", "c", "d"]);
    expect([...tree.order]).toEqual([0, 1, 2]);
    expect(tree.joins).toEqual([
      { a: 1, b: 2, aHeight: 0, bHeight: 0, height: 1, first: 1, last: 2 },
      { a: 0, b: 1.5, aHeight: 0, bHeight: 1, height: 2, first: 0, last: 2 },
    ]);
    const one = readTree("heatmap", "rows", { order: [1], merge: [], height: [] }, ["a"]);
    expect([...one.order]).toEqual([0]);
  });
});

describe("heatmap pixels", () => {
  const table = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
  const colors = { table, low: 0, high: 1, missing: [9, 8, 7] as const };

  it("colours cells in order, clipped, missing apart", () => {
    const cells = {
      shown: Float64Array.of(0, 1, 5, NaN),
      columns: 2,
      rowOrder: Int32Array.of(1, 0),
      columnOrder: Int32Array.of(0, 1),
    };
    const pixels = heatmapPixels(cells, 2, 2, colors);
    const expected = [255, 255, 255, 255, 9, 8, 7, 255, 0, 0, 0, 255, 255, 255, 255, 255];
    expect([...pixels]).toEqual(expected);
  });

  it("averages where cells outnumber pixels, and drops none", () => {
    const shown = Float64Array.from({ length: 100 }, (_, i) => (i === 57 ? 1 : 0));
    const rowOrder = Int32Array.from(shown, (_, i) => i);
    const cells = { shown, columns: 1, rowOrder, columnOrder: Int32Array.of(0) };
    const pixels = heatmapPixels(cells, 1, 10, colors);
    expect(pixels[5 * 4]).toBe(25);
    expect(pixels[4 * 4]).toBe(0);
  });
});

describe("csv", () => {
  it("is RFC 4180 with LF", () => {
    const rows = [
      [1, "x,y"],
      [NaN, -Infinity],
      [null, "two\nlines"],
    ];
    expect(toCsv({ names: ["a", 'b"c'], rows })).toBe('a,"b""c"\n1,"x,y"\n,-Inf\n,"two\nlines"\n');
  });
});

type Rgb = readonly [number, number, number];
type Matrix = readonly (readonly number[])[];
const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/* Machado, Oliveira and Fernandes 2009, severity 1. */
const protan: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];
const deutan: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];

const tritan: Matrix = [
  [1.255528, -0.076749, -0.178779],
  [-0.078411, 0.930809, 0.147602],
  [0.004733, 0.691367, 0.3039],
];

function rgbOf(hex: string): Rgb {
  const v = Number.parseInt(hex.slice(1), 16);
  return [linear(v >> 16), linear((v >> 8) & 255), linear(v & 255)];
}

function linear(c: number): number {
  const s = c / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function see(color: Rgb, matrix: Matrix): Rgb {
  const [r, g, b] = matrix.map((row) =>
    Math.max(
      0,
      row.reduce((sum, w, k) => sum + w * color[k], 0),
    ),
  );
  return [r, g, b];
}

/** CIE76 between linear colours. */
function distance(a: Rgb, b: Rgb): number {
  const of = (color: Rgb) => {
    const [r, g, bl] = color.map((c) =>
      Math.round(
        Math.min(255, 255 * (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)),
      ),
    );
    return lab(`rgb(${r},${g},${bl})`);
  };
  const [p, q] = [of(a), of(b)];
  return Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}
