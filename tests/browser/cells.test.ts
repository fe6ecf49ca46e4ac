import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { patience, readerOf, type Reader } from "../support/reader.ts";

let app: App;
let reader: Reader;

beforeAll(async () => {
  app = await openApp();
  reader = readerOf(app.page);
  const lanes = resolve(import.meta.dirname, "../../data/marioni/marioni.arrow.gz");
  app.put("lanes.arrow.gz", readFileSync(lanes));
});

afterAll(() => app.close());

let count = 0;
async function open(cells: Parameters<typeof notebookText>[1]): Promise<void> {
  await app.open(app.put(`cells-${++count}.html`, notebookText(`Cells ${count}`, cells)));
}

describe("the types of cells", () => {
  it("are JavaScript, TypeScript, Markdown, HTML, SQL and TeX, each reactive", async () => {
    await open([
      "const n = view(Inputs.range([1, 9], {value: 2, step: 1, label: 'n'}));",
      [
        "text/x-typescript",
        "interface Pair { a: number; b?: string }\nconst pair = { a: n satisfies number } as Pair;\nconst twice = <T,>(x: T): T[] => [x, x];",
      ],
      ["text/markdown", "# Title of ${n}\n\n| a | b |\n| - | - |\n| 1 | ${twice(n).join(' ')} |"],
      ["text/html", "<p class=note>a is <b>${pair.a}</b>, <i>${n > 4 ? 'many' : 'few'}</i></p>"],
      [
        "application/sql",
        "SELECT i::INT AS i, i * 10 AS tens FROM range(${n}) t(i)",
        { output: "rows" },
      ],
      ["application/x-tex", "\\sum_{i=1}^{${n}} i"],
      "const db = DuckDBClient.of({});",
      "`${rows.numRows} rows, ${rows.get(rows.numRows - 1).tens}`",
    ]);
    const outcomes = await app.settled();
    expect(outcomes.map((c) => c.error)).toEqual(outcomes.map(() => null));
    await reader.shows(3, "Title of 2");
    expect(await reader.output(3).locator("td").last().innerText()).toBe("2 2");
    await reader.shows(4, "a is 2, few");
    await reader.shows(5, "tens");
    expect(await reader.output(6).locator(".katex-display, math").count()).toBeGreaterThan(0);
    await reader.shows(8, "2 rows, 10");
    await reader.output(1).locator("input[type=number]").fill("7");
    await reader.shows(3, "Title of 7");
    await reader.shows(4, "a is 7, many");
    await reader.shows(8, "7 rows, 60");
    expect(await app.value("rows")).toMatchObject({ format: "csv" });
    expect((await app.value("rows"))?.text.split("\n").slice(0, 3)).toEqual([
      "i,tens",
      "0,0",
      "1,10",
    ]);
  });

  it("say where their source is wrong", async () => {
    await open([
      "const a = 1;\nconst b = = 2;",
      ["text/x-typescript", "const c: number = 1;\nconst d: = 2;"],
      ["application/sql", "SELECT *\nFROM nowhere", { output: "lost" }],
      "const db = DuckDBClient.of({});",
      "const x = 1;\nx.y.z",
      ["text/markdown", "fine"],
    ]);
    expect(await reader.failure(1)).toMatch(/line 2/);
    expect(await reader.failure(2)).toMatch(/line 2/);
    const sql = await reader.failure(3);
    expect(sql).toContain("nowhere");
    expect(sql).toContain("line 2");
    expect(await reader.failure(5)).toMatch(/undefined[^]*line 2 of this cell/);
    await reader.shows(6, "fine");
  });
});

describe("completion", () => {
  it("knows cells, builtins and their members, tables and columns", async () => {
    await open([
      "const lanesOfOne = readExperiment(FileAttachment('lanes.arrow.gz'));",
      "const db = DuckDBClient.of({lanes: lanesOfOne});",
      ["module", "1", { pinned: "" }],
      ["application/sql", "SELECT 1", { output: "one", pinned: "" }],
    ]);
    await app.settled();
    const offered = async (id: number, typed: string) => {
      await reader.write(id, "");
      await app.page.keyboard.type(typed, { delay: 10 });
      const list = reader.cell(id).locator(".cm-tooltip-autocomplete li");
      await list.first().waitFor({ timeout: 5000 });
      const labels = await list.locator(".cm-completionLabel").allInnerTexts();
      await reader.press("Escape");
      return labels;
    };
    expect(await offered(3, "lanesO")).toContain("lanesOfOne");
    expect(await offered(3, "sizeF")).toContain("sizeFactors");
    expect(await offered(4, "SELECT * FROM lanes.sa")).toContain("samples");
    expect(await offered(4, "SELECT tiss")).toContain("tissue");
    expect(await offered(4, "SELECT ${lanesO")).toContain("lanesOfOne");
    await reader.write(3, "");
    await app.page.keyboard.type("lanesO", { delay: 10 });
    await reader.cell(3).locator(".cm-tooltip-autocomplete li").first().waitFor();
    await app.page.waitForTimeout(150);
    await reader.press("Enter");
    await app.page.keyboard.type(".shape.genes");
    await reader.press("Shift+Enter");
    await reader.shows(3, "5088");
  });
});

describe("beside the notebook", () => {
  it("stands an outline of its headings, which leads to them", async () => {
    await open([
      ["text/markdown", "# First\n\n## Under it"],
      ["text/html", "<div style='height: 2000px'>tall</div>"],
      ["text/markdown", "## Second ${1 + 1}"],
    ]);
    await app.settled();
    await reader.click("Panel");
    await reader.click("Outline", "tab");
    const entries = app.page.locator("#panel-outline button, #panel-outline a");
    await expect
      .poll(() => entries.allInnerTexts(), patience)
      .toEqual(["First", "Under it", "Second 2"]);
    await entries.last().click();
    await expect
      .poll(
        () => reader.cell(3).evaluate((c) => c.getBoundingClientRect().top < innerHeight),
        patience,
      )
      .toBe(true);
    expect(await reader.cell(3).getAttribute("aria-current")).toBe("true");
    await reader.click("Close panel");
  });

  it("stands a drawer of experiments, tables and columns, whose names go into a cell", async () => {
    await open([
      "const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));",
      "const db = DuckDBClient.of({lanes});",
      [
        "application/sql",
        "SELECT tissue, count(*)::INT AS n FROM lanes.samples GROUP BY tissue",
        { output: "tissues" },
      ],
    ]);
    await app.settled();
    await reader.click("Panel");
    await reader.click("Data", "tab");
    const panel = app.page.locator("#panel-data");
    const words = () => panel.innerText();
    await expect.poll(words, patience).toContain("5,088 genes × 10 samples, counts");
    await expect.poll(words, patience).toContain("lanes.arrow.gz");
    await expect.poll(words, patience).toContain("tissues");
    for (const toggle of await panel.locator("[aria-expanded=false], summary").all())
      await toggle.click().catch(() => undefined);
    await expect.poll(words, patience).toContain("tissue");
    await panel.getByRole("button", { name: "tissues", exact: true }).first().click();
    await expect.poll(reader.order, patience).toEqual([1, 2, 3, 4]);
    await expect
      .poll(() => reader.cell(4).locator(".source-text").innerText(), patience)
      .toContain("tissues");
    await reader.click("Close panel");
  });

  it("stands a line that says what is loaded and what runs", async () => {
    await open(["const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));"]);
    await app.settled();
    await expect
      .poll(() => app.page.locator(".status-loaded").innerText(), patience)
      .toMatch(/^(50,880|51 thousand|0\.05 million) records, [\d.]+ (kB|MB)$/);
    await expect.poll(() => app.page.locator(".status-words").innerText(), patience).toBe("Ready");
  });
});

describe("the first sight", () => {
  it("waits neither for the editor nor for DuckDB", async () => {
    const before = app.server.requests.length;
    const page = await app.context.newPage();
    await page.goto(
      `${app.server.origin}/#open=${app.put("plain.html", notebookText("Plain", [["text/markdown", "# Seen"]]))}`,
    );
    await page.frameLocator("iframe.stage-frame").locator("h1").waitFor();
    const asked = app.server.requests.slice(before).map((r) => r.url);
    expect(asked.filter((url) => /duckdb/.test(url))).toEqual([]);
    const editor = await page.frameLocator("iframe.stage-frame").locator(".cm-editor").count();
    expect(editor).toBe(0);
    await page.close();
  });
});
