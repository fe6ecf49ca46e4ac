import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Download, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Chosen } from "../../src/base/selection.ts";
import { notebookText, openApp, type App } from "../support/app.ts";

const output = resolve(import.meta.dirname, "../../test-output");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const notebook = notebookText("Pictures", [
  "const picked = selection();",
  'volcano(genes, {selection: picked, title: "Sixty genes", top: 3})',
  "heatmap(table, {rows: tree, selection: picked, labels: false})",
  'timeCourse(counts, {x: "day", selection: picked})',
  "upset({A: ['g0', 'g1', 'g2'], B: ['g1', 'g2', 'g3']}, {selection: picked})",
  "const chosen = Generators.input(picked);",
  `const genes = Array.from({length: 60}, (_, i) => ({
  gene_id: "g" + i, symbol: "Gene" + i, baseMean: 10 + i, log2FoldChange: (i % 2 ? 1 : -1) * (1 + i / 20),
  pvalue: 10 ** -(1 + i / 4), padj: 10 ** -(i / 4)
}));`,
  "const table = genes.map((d, i) => ({gene_id: d.gene_id, a: i % 7, b: i % 5, c: i % 3}));",
  `const tree = {
  order: genes.map((_, i) => i + 1),
  merge: genes.slice(1).map((_, k) => (k ? [k, -(k + 2)] : [-1, -2])),
  height: genes.slice(1).map((_, k) => k + 1),
  labels: genes.map((d) => d.gene_id)
};`,
  `const counts = ["s1", "s2", "s3", "s4"].flatMap((sample_id, j) =>
  ["g1", "g2"].map((gene_id) => ({gene_id, sample_id, day: j % 2, count: j + 1})));`,
]);

let app: App;
const chart = (name: string) => app.stage().locator(`.chart-${name}`).first();
const body = (name: string) => chart(name).locator(".chart-body");
const cursor = (name: string) => chart(name).locator(".chart-cursor");
const chosen = async () => JSON.parse((await app.value("chosen"))!.text) as Chosen;

/** Where in the page something of the drawing stands. */
async function at(name: string, x: number, y: number): Promise<[number, number]> {
  const svg = body(name).locator(":scope > svg").first();
  await svg.scrollIntoViewIfNeeded();
  const box = (await svg.boundingBox())!;
  return [box.x + x, box.y + y];
}

/** Where the mark is that the keys point at. */
async function pointed(name: string): Promise<[number, number]> {
  const ring = body(name).locator("svg [data-live] circle");
  const [x, y] = await ring.evaluate((node) =>
    ["cx", "cy"].map((key) => Number(node.getAttribute(key))),
  );
  return await at(name, x, y);
}

async function saved(name: string, item: string): Promise<Download> {
  await chart(name).hover();
  await chart(name).locator(".chart-menu-button").click();
  const [download] = await Promise.all([
    app.page.waitForEvent("download"),
    app.stage().getByRole("menuitem", { name: item, exact: true }).click(),
  ]);
  return download;
}

const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  app = await openApp();
  await app.open(app.put("pictures.html", notebook));
  const cells = await app.settled();
  expect(cells.filter((cell) => cell.state !== "fulfilled")).toEqual([]);
});

afterAll(() => app.close());

describe("a picture under the hand", () => {
  it("tells what is under the pointer", async () => {
    await cursor("volcano").focus();
    await app.page.keyboard.press("Home");
    const place = await pointed("volcano");
    await cursor("volcano").blur();
    await app.page.mouse.move(...place);
    const tip = body("volcano").locator(".chart-tip");
    await tip.waitFor();
    expect(await tip.textContent()).toMatch(/Gene59.*log₂ fold change3\.95.*p/);
    await app.page.mouse.move(8, place[1], { steps: 3 });
    await tip.waitFor({ state: "hidden" });
  });

  it("takes a gene by a click, more with Shift, none beside", async () => {
    const { page } = app;
    await cursor("volcano").focus();
    await page.keyboard.press("Home");
    const first = await pointed("volcano");
    await page.keyboard.press("ArrowRight");
    const second = await pointed("volcano");
    await page.mouse.click(...first);
    expect((await chosen()).genes).toEqual(["g59"]);
    await page.keyboard.down("Shift");
    await page.mouse.click(...second);
    await page.keyboard.up("Shift");
    expect((await chosen()).genes).toEqual(["g59", "g58"]);
    const [x, y] = await at("volcano", 3, 3);
    await page.mouse.click(x, y);
    expect((await chosen()).genes).toEqual([]);
  });

  it("takes what a lasso holds, and shows it in every picture", async () => {
    const { page } = app;
    const bars = body("heatmap").locator(':scope > svg path[fill-opacity="0.62"]');
    await body("volcano").scrollIntoViewIfNeeded();
    const box = (await body("volcano").locator(":scope > svg").first().boundingBox())!;
    const middle = box.x + Math.min(box.width, 760) / 2;
    await page.mouse.move(middle, box.y + 40);
    await page.mouse.down();
    for (const [x, y] of [
      [box.x + 800, box.y + 40],
      [box.x + 800, box.y + box.height],
      [middle, box.y + box.height],
    ])
      await page.mouse.move(x, y, { steps: 4 });
    await page.mouse.up();
    const { genes } = await chosen();
    expect(genes.length).toBeGreaterThan(20);
    expect(genes.every((id) => Number(id.slice(1)) % 2 === 1)).toBe(true);
    expect(await bars.count()).toBeGreaterThan(0);
    await cursor("volcano").press("Escape");
    expect((await chosen()).genes).toEqual([]);
  });

  it("is wholly in reach of the keys", async () => {
    const { page } = app;
    await chart("volcano").locator(".chart-menu-button").focus();
    await page.keyboard.press("Tab");
    expect(await cursor("volcano").evaluate((node) => node.matches(":focus-visible"))).toBe(true);
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    expect((await chosen()).genes).toEqual(["g59"]);
    expect(await cursor("volcano").getAttribute("aria-valuetext")).toContain("Gene59");
    await page.keyboard.press("Escape");
    await cursor("time-course").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect((await chosen()).genes).toEqual(["g2"]);
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    expect((await chosen()).samples).toEqual(["s1"]);
    await page.keyboard.press("Escape");
  });

  it("gives the genes of a bar as a table", async () => {
    // After the tick of the axis: the number above the bar.
    const number = body("upset").locator("svg text").filter({ hasText: /^2$/ }).last();
    await number.scrollIntoViewIfNeeded();
    const box = (await number.boundingBox())!;
    await app.page.mouse.click(box.x + box.width / 2, box.y + box.height + 20);
    expect([...(await chosen()).genes].sort()).toEqual(["g1", "g2"]);
    const below = chart("upset").locator(".chart-below");
    expect(await below.textContent()).toContain("2 genes: A and B");
    await cursor("upset").press("Escape");
  });
});

describe("a heatmap of many genes", () => {
  const status = () => chart("heatmap").locator(".chart-zoom-status");

  it("takes the genes of a branch, and shows them alone at a double click", async () => {
    const { page } = app;
    const tree = await body("heatmap")
      .locator(":scope > svg > path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("d")!));
    // The eleventh join of the comb: the first twelve genes.
    const joins = tree
      .find((d) => d.split("M").length > 50)!
      .split("M")
      .slice(1);
    const [, y0, x, y1] = /([\d.]+)H([\d.]+)V([\d.]+)/
      .exec(joins[10].replace(/^[\d.]+,/, ""))!
      .map(Number)
      .reduce<number[]>((list, v, i) => (i ? [...list, v] : list), [0]);
    const place = await at("heatmap", x, (y0 + y1) / 2);
    await page.mouse.click(...place);
    const { genes } = await chosen();
    expect(genes.length).toBeGreaterThan(5);
    expect(genes).toContain("g0");
    await page.mouse.dblclick(...place);
    expect(await status().textContent()).toMatch(/^genes 1 to \d+ of 60$/);
    await chart("heatmap").getByRole("button", { name: "Show the whole" }).click();
    expect(await status().textContent()).toBe("");
    await cursor("heatmap").press("Escape");
  });

  it("zooms by keys and by the wheel", async () => {
    const { page } = app;
    await cursor("heatmap").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("+");
    expect(await status().textContent()).toBe("genes 31 to 60 of 60");
    await page.keyboard.press("Home");
    expect(await status().textContent()).toBe("genes 1 to 30 of 60");
    expect(await cursor("heatmap").evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press("0");
    expect(await status().textContent()).toBe("");
    const [x, y] = await at("heatmap", 300, 150);
    await page.mouse.move(x, y);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -60);
    await page.keyboard.up("Control");
    await page.waitForTimeout(200);
    expect(await status().textContent()).toMatch(/^genes \d+ to \d+ of 60$/);
    await cursor("heatmap").press("0");
  });
});

describe("the menu of a picture", () => {
  it("saves SVG with text that can be edited, in fonts that are there", async () => {
    const download = await saved("volcano", "Picture as SVG");
    expect(download.suggestedFilename()).toBe("Sixty-genes.svg");
    const text = readFileSync(await download.path(), "utf8");
    expect(text).toContain(">Sixty genes</text>");
    expect(text).toContain("log₂ fold change");
    expect(text).toMatch(/font-family="[^"]*Arial[^"]*sans-serif"/);
    expect(text).not.toMatch(/var\(--|<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it("saves PNG at one to four pixels a px", async () => {
    const once = readFileSync(await (await saved("volcano", "Picture as PNG, 1×")).path());
    const four = await saved("volcano", "Picture as PNG, 4×");
    expect(four.suggestedFilename()).toBe("Sixty-genes@4x.png");
    const [width, height] = sizeOf(once);
    expect(sizeOf(readFileSync(await four.path()))).toEqual([4 * width, 4 * height]);
  });

  it("saves the data behind it as CSV", async () => {
    const download = await saved("volcano", "Data as CSV");
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\n");
    expect(lines.length).toBe(61);
    expect(lines[0]).toBe("gene_id,symbol,baseMean,log2FoldChange,pvalue,padj,drawn_as");
  });
});

it("follows its cell's width, and light and dark", async () => {
  const { page } = app;
  const svg = body("volcano").locator(":scope > svg").first();
  const look = (node: Locator) =>
    node.evaluate((one) => ({
      width: Number(one.getAttribute("width")),
      room: one.parentElement!.clientWidth,
      ink: one.querySelector("text")!.getAttribute("fill"),
    }));
  const before = await look(svg);
  expect(before.width).toBe(before.room);
  await page.setViewportSize({ width: 480, height: 900 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(500);
  const after = await look(svg);
  expect(after.width).toBe(after.room);
  expect(after.width).toBeLessThan(before.width);
  expect(after.ink).not.toBe(before.ink);
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
});

/** Height of one screenshot of the gallery, and how far apart they are. */
const sheet = 2600;
const step = 2400;

describe("the gallery", () => {
  it("shows every picture whole, light and dark, wide and narrow, and axe finds nothing serious", async () => {
    const { page } = app;
    await app.open("notebooks/gallery.html");
    const cells = await app.settled(110_000);
    expect(cells.filter((cell) => cell.state !== "fulfilled")).toEqual([]);
    const stage = app.stage();
    expect(await stage.locator("figure.chart").count()).toBeGreaterThan(13);
    const found: string[] = [];
    for (const [width, colorScheme] of [
      [1200, "light"],
      [1200, "dark"],
      [360, "light"],
      [360, "dark"],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: sheet });
      await page.waitForTimeout(800);
      const name = `gallery-${width}-${colorScheme}`;
      const height = await stage.evaluate(() => document.documentElement.scrollHeight);
      for (let k = 0; k * step < height; ++k) {
        await stage.evaluate((y) => scrollTo(0, y), k * step);
        await page.waitForTimeout(400);
        await page.screenshot({ path: join(output, `${name}-${k + 1}.png`) });
      }
      // Letters that reach out of the figure: a saved picture has a margin of 16 px.
      const out = await stage.evaluate(() =>
        [...document.querySelectorAll("figure.chart")].flatMap((figure) => {
          const box = figure.querySelector(".chart-body > svg")!.getBoundingClientRect();
          return [...figure.querySelectorAll(".chart-body > svg text")]
            .filter((text) => {
              const { left, right, width } = text.getBoundingClientRect();
              return width > 0 && (left < box.left - 12 || right > box.right + 12);
            })
            .map((text) => `${figure.className}: ${text.textContent}`);
        }),
      );
      found.push(...out.map((line) => `${name}: ${line}`));
      await stage.evaluate(axe);
      const serious = await stage.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(root: Document, options: object): Promise<{ violations: Finding[] }> };
        };
        interface Finding {
          readonly id: string;
          readonly impact: string;
          readonly nodes: readonly { readonly html: string }[];
        }
        const { violations } = await axe.run(document, {
          iframes: false,
          resultTypes: ["violations"],
        });
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
      });
      found.push(...serious.map((line) => `${name}: ${line}`));
    }
    expect(found).toEqual([]);
  }, 300_000);
});
