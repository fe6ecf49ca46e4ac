import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";

let app: App;
let evil: Server;
let heard = 0;
const folder = mkdtempSync(join(tmpdir(), "engrailed-report-"));

beforeAll(async () => {
  evil = createServer((_, response) => {
    ++heard;
    response.end();
  });
  await new Promise<void>((done) => evil.listen(0, "127.0.0.1", done));
  app = await openApp({ dark: true });
  app.put(
    "lanes.arrow.gz",
    readFileSync(resolve(import.meta.dirname, "../../data/marioni/marioni.arrow.gz")),
  );
});
afterAll(async () => {
  await app.close();
  await new Promise((done) => evil.close(done));
});

/** Saves the open notebook as a report and gives the file's path. */
async function save(name: string): Promise<string> {
  const { page } = app;
  await page.getByRole("button", { name: "More", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as report" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${name}-report.html`);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** The file in a browser without scripts, with every request but the file's own refused and noted. */
async function opened(path: string, work: (page: Page, asked: string[]) => Promise<void>) {
  const context = await app.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const asked: string[] = [];
  await page.route(/^(?!data:)/, (route) => {
    const url = route.request().url();
    if (url === `file://${path}`) return route.continue();
    asked.push(url);
    return route.abort();
  });
  try {
    await page.goto(`file://${path}`);
    await work(page, asked);
  } finally {
    await context.close();
  }
}

describe("a report", () => {
  it("shows text, tables, pictures, values of controls and failures as they stand, without scripts or network", async () => {
    const cells = [
      ["text/markdown", "# Lanes\n\nTwo tissues, **ten** lanes."] as const,
      "const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));",
      "const gene = view(geneInput(lanes, {value: 'ALB'}));",
      "view(Inputs.range([0, 10], {label: 'Depth', value: 4, step: 1}))",
      "const parts = pca(lanes, {ntop: 100});",
      "pcaPlot(parts, {color: 'tissue', title: 'Lanes apart'})",
      "resultsTable(lanes.genes, {rows: 8})",
      "Plot.dot([[1, 2], [3, 4]]).plot()",
      "const c = document.createElement('canvas'); c.width = c.height = 40; c.getContext('2d').fillRect(0, 0, 40, 40); display(c)",
      "display([1, {deep: 'value'}])",
      "throw new Error('on purpose')",
    ];
    await app.open(app.put("report.html", notebookText("Two tissues", cells)));
    await app.settled();
    await app.stage().locator("figure.chart svg").first().waitFor();
    const path = await save("two-tissues");
    const text = readFileSync(path, "utf8");
    expect(text.length).toBeLessThan(400_000);
    expect(text).not.toMatch(/<script|\son\w+=/i);
    await opened(path, async (page, asked) => {
      expect(await page.locator("h1").allTextContents()).toEqual(["Lanes"]);
      expect(await page.locator("section.cell").allTextContents()).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/Gene\s*ALB/),
          expect.stringMatching(/Depth\s*4/),
          expect.stringContaining("This cell failed: on purpose"),
          expect.stringContaining("Rows 1 to 8 of 5,088 rows"),
        ]),
      );
      expect(await page.locator("table tbody tr").count()).toBe(8);
      const picture = page.locator("svg", { hasText: "Lanes apart" });
      expect((await picture.boundingBox())!.width).toBeGreaterThan(300);
      // In light inks, though the page was dark.
      expect(await picture.locator("rect").first().getAttribute("fill")).toBe("#ffffff");
      expect(await page.locator("img[src^='data:image/png']").count()).toBe(1);
      expect(await page.locator("footer").textContent()).toContain("nothing in this file runs");
      expect(asked).toEqual([]);
      for (const format of ["A4", "Letter"]) {
        const pdf = await page.pdf({ format });
        expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)!.length).toBeLessThan(5);
      }
    });
  });

  it("holds nothing of a hostile notebook that runs, loads or sends", async () => {
    const host = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
    const markup = [
      `<img src="${host}/img" onerror="parent.hurt = 1" alt="gone">`,
      `<a id="bad" href="javascript:parent.hurt=1">link</a>`,
      `<style>@import url(${host}/css); p { background: url(${host}/bg) }</style>`,
      `<p style="background:url(${host}/inline)" onmouseover="parent.hurt=1">styled</p>`,
      `<svg><image href="${host}/svg"/><script>parent.hurt=1</script><rect width="9" height="9" fill="url(${host}/fill#a)"/></svg>`,
      `<math><mtext><table><mglyph><style><!--</style><img src="${host}/mxss" onerror="alert(1)">`,
      `<iframe src="${host}/frame"></iframe><object data="${host}/object"></object>`,
      `<form action="${host}/form"><input name="a"><button>Send</button></form>`,
      `<base href="${host}/"><link rel="stylesheet" href="${host}/link">`,
    ];
    const cell = `const d = document.createElement("div"); d.innerHTML = ${JSON.stringify(markup.join("")).replaceAll("<", "\\u003c")}; display(d)`;
    await app.open(app.put("hostile.html", notebookText("Hostile", [cell])));
    await app.settled();
    heard = 0;
    const path = await save("hostile");
    const text = readFileSync(path, "utf8");
    expect(text).not.toContain("127.0.0.1");
    expect(text).not.toMatch(
      /<(?:script|iframe|object|form|base|link)|onerror|onmouseover|javascript:/i,
    );
    await opened(path, async (page, asked) => {
      expect(await page.locator("p", { hasText: "styled" }).count()).toBe(1);
      expect(await page.locator("#bad").getAttribute("href")).toBeNull();
      expect(asked).toEqual([]);
    });
    // And with scripts and network on, as a reader would open it.
    const page = await app.context.newPage();
    await page.goto(`file://${path}`);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => "hurt" in globalThis)).toBe(false);
    await page.close();
    expect(heard).toBe(0);
  });
});
