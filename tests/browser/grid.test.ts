import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openScratch, type ScratchPage } from "../support/bundle.ts";
import type { GridScratch } from "./grid.page.ts";

let scratch: ScratchPage;

/** What the page puts on its global object. */
declare const gridPage: GridScratch;
declare const shown: HTMLElement & { value: Record<string, unknown>[] };

beforeAll(async () => {
  scratch = await openScratch("grid", "tests/browser/grid.page.ts", { width: 1000, height: 560 });
});

afterAll(() => scratch?.close());

beforeEach(async () => {
  await scratch.page.setViewportSize({ width: 1000, height: 560 });
  await scratch.page.evaluate(() => {
    document.body.replaceChildren();
    gridPage.setTheme("light");
  });
});

const { resolve } = createRequire(import.meta.url);
const axe = readFileSync(resolve("axe-core"), "utf8");

/** Serious and critical findings of axe on the page. */
async function findings(): Promise<string[]> {
  return (await scratch.page
    .evaluate(`(() => { ${axe} })(); axe.run(document.body, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 200)).join(" | ")))`)) as string[];
}

async function showResults(n = 18_000): Promise<void> {
  await scratch.page.evaluate((n) => {
    gridPage.show(gridPage.results(n), { sort: "padj", rows: 10 });
  }, n);
  await scratch.page.waitForFunction(
    () => document.querySelectorAll(".eg-facts").item(7)?.textContent !== "",
  );
}

describe("the table view in Chromium", () => {
  it("opens 60,000 x 12 at once, and draws few rows", async () => {
    const times = await scratch.page.evaluate(() => {
      const table = gridPage.wide();
      return Array.from({ length: 4 }, () => {
        document.body.replaceChildren();
        return gridPage.show(table);
      });
    });
    // Well under 150 ms alone; the least of four, since the machine may be busy.
    expect(Math.min(...times)).toBeLessThan(150);
    expect(await scratch.page.locator(".eg-body .eg-row").count()).toBeLessThan(30);
  });

  it("sets header and cells in the same columns", async () => {
    for (const width of [1000, 360]) {
      await scratch.page.setViewportSize({ width, height: 560 });
      await scratch.page.evaluate(() => document.body.replaceChildren());
      await showResults(500);
      const lefts = await scratch.page.evaluate(() => {
        const left = (node: Element): number => Math.round(node.getBoundingClientRect().left);
        const row = document.querySelector(".eg-body .eg-row")!;
        return [[...document.querySelectorAll(".eg-th")].map(left), [...row.children].map(left)];
      });
      expect(lefts[0]).toEqual(lefts[1]);
      expect(
        await scratch.page.evaluate(() => document.documentElement.scrollWidth),
      ).toBeLessThanOrEqual(width);
    }
  });

  it("scrolls a table that is taller than a browser can lay out", async () => {
    const { page } = scratch;
    await page.evaluate(() => gridPage.show(gridPage.tall(2_000_000)));
    const first = () =>
      page.evaluate(() => {
        const grid = document.querySelector(".eg-grid")!.getBoundingClientRect();
        const head = document.querySelector(".eg-head")!.getBoundingClientRect();
        const rows = [...document.querySelectorAll<HTMLElement>(".eg-body .eg-row:not([hidden])")]
          .filter(
            (row) =>
              row.getBoundingClientRect().top >= head.bottom - 14 &&
              row.getBoundingClientRect().bottom <= grid.bottom + 14,
          )
          .map((row) => Number(row.dataset.at));
        return [Math.min(...rows), Math.max(...rows), rows.length];
      });
    await page.locator(".eg-grid").focus();
    await page.keyboard.press("Control+End");
    await expect.poll(first).toEqual([1_999_988, 1_999_999, 12]);
    await page.keyboard.press("Control+Home");
    await expect.poll(async () => (await first())[0]).toBe(0);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 28 * 5);
    await expect.poll(async () => (await first())[0]).toBe(5);
    for (let k = 0; k < 3; ++k) await page.keyboard.press("PageDown");
    await expect.poll(async () => (await first())[1]).toBe(33);
  });

  it("saves a file", async () => {
    await showResults(500);
    const [download] = await Promise.all([
      scratch.page.waitForEvent("download"),
      scratch.page
        .getByRole("button", { name: "Download", exact: true })
        .click()
        .then(() => scratch.page.getByRole("button", { name: "All as CSV" }).click()),
    ]);
    expect(download.suggestedFilename()).toBe("table.csv");
    const lines = readFileSync((await download.path())!, "utf8").split("\n");
    expect(lines).toHaveLength(502);
    expect(lines[0]).toBe("gene_id,symbol,baseMean,log2FoldChange,stat,pvalue,padj,reason");
    expect(lines[1]).toMatch(/^ENSMUSG\d+,Vgf,[\d.]+,-[\d.]+,-[\d.]+,0,0,$/);
  });

  it("is worked by keys alone", async () => {
    const { page } = scratch;
    await showResults(500);
    await page.getByRole("searchbox").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.type("ENSMUSG");
    await page.locator(".eg-grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    expect(await page.evaluate(() => shown.value.length)).toBe(2);
    const active = await page.evaluate(() => {
      const id = document.activeElement!.getAttribute("aria-activedescendant")!;
      return document.getElementById(id)!.closest(".eg-row")!.getAttribute("aria-rowindex");
    });
    expect(active).toBe("4");
  });

  it.each(["light", "dark"])("has nothing serious for axe, and is drawn, in %s", async (theme) => {
    const { page } = scratch;
    await page.evaluate((theme) => gridPage.setTheme(theme), theme);
    await showResults();
    expect(await findings()).toEqual([]);
    await page.screenshot({ path: `test-output/grid-${theme}.png` });
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByLabel("symbol contains").fill("gm1");
    await page.getByLabel("log2FoldChange from").fill("1");
    await page.waitForFunction(() =>
      document.querySelector(".eg-foot")!.textContent!.includes("filtered"),
    );
    await page.locator(".eg-body .eg-check input").nth(1).click();
    await page.keyboard.press("ArrowDown");
    expect(await findings()).toEqual([]);
    await page.screenshot({ path: `test-output/grid-${theme}-filtered.png` });
    await page.setViewportSize({ width: 360, height: 620 });
    await page.screenshot({ path: `test-output/grid-${theme}-narrow.png` });
    expect(scratch.errors).toEqual([]);
  });
});
