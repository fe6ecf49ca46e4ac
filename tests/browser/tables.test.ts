import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromBytes } from "../../src/engine/bytes/index.ts";
import { readTable } from "../../src/engine/readers/read-table.ts";
import { columnNames, numbers, strings, tableFromBytes } from "../../src/tables/index.ts";
import { notebookText, openApp, type App } from "../support/app.ts";

let app: App;
beforeAll(async () => {
  app = await openApp({ height: 1400 });
});
afterAll(() => app.close());

/** Results of 4,000 genes, made by rule. */
const made = `const results = Array.from({length: 4000}, (_, i) => {
  const z = Math.sin(i * 12.9898) * 6;
  return {gene_id: "ENSG" + String(i).padStart(5, "0"), symbol: i % 50 ? "Gene" + i : "SEPT" + i, baseMean: 10 + i, log2FoldChange: z / 2, pvalue: Math.exp(-z * z / 2), padj: i === 7 ? null : Math.min(1, 3 * Math.exp(-z * z / 2))};
});`;

/** Chooses a file of the table in the stage, and gives its name and bytes. */
async function download(label: string): Promise<{ name: string; bytes: Uint8Array }> {
  const stage = app.stage();
  const button = stage.getByRole("button", { name: "Download", exact: true });
  if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
  const wait = app.page.waitForEvent("download");
  await stage.getByRole("button", { name: label, exact: true }).click();
  const file = await wait;
  return {
    name: file.suggestedFilename(),
    bytes: new Uint8Array(readFileSync((await file.path())!)),
  };
}

describe("a table in a notebook", () => {
  it("downloads what is shown, or all, as CSV, XLSX and Arrow", async () => {
    await app.open(
      app.put(
        "table.html",
        notebookText("Table", [
          made,
          "const db = DuckDBClient.of({results});",
          "const table = db.query('SELECT * FROM results')",
          "resultsTable(table, {name: 'als', columns: ['symbol', 'padj', 'log2FoldChange'], sort: 'padj'})",
        ]),
      ),
    );
    await app.settled();
    const stage = app.stage();
    await stage.getByRole("searchbox").fill("SEPT");
    await stage.locator(".eg-foot", { hasText: "80 of 4,000 rows (filtered)" }).waitFor();

    const xlsx = await download("What is shown as XLSX");
    expect(xlsx.name).toBe("als.xlsx");
    const sheet = await readTable(fromBytes(xlsx.bytes, xlsx.name), {});
    expect(columnNames(sheet)).toEqual(["symbol", "padj", "log2FoldChange"]);
    expect(sheet.numRows).toBe(80);

    const shown = tableFromBytes((await download("What is shown as Arrow")).bytes);
    expect(columnNames(shown)).toEqual(["symbol", "padj", "log2FoldChange"]);
    expect(strings(shown, "symbol")).toEqual(strings(sheet, "symbol"));
    expect([...numbers(shown, "padj")]).toEqual([...numbers(sheet, "padj")]);
    const padj = numbers(shown, "padj");
    expect([...padj]).toEqual([...padj].sort((a, b) => a - b));

    const all = tableFromBytes((await download("All as Arrow")).bytes);
    expect(all.numRows).toBe(4000);
    expect(columnNames(all)[0]).toBe("gene_id");
    expect(numbers(all, "padj")[7]).toBeNaN();

    const csv = await download("What is shown as CSV");
    const lines = new TextDecoder().decode(csv.bytes).trim().split("\n");
    expect([csv.name, lines.length, lines[0]]).toEqual([
      "als.csv",
      81,
      "symbol,padj,log2FoldChange",
    ]);
    expect(app.complaints).toEqual([]);
  });
});

describe("one selection", () => {
  it("shows 500 genes in volcano, table, heatmap and UpSet, without drawing them anew", async () => {
    await app.open(
      app.put(
        "one.html",
        notebookText("One selection", [
          "const picked = selection();",
          made,
          "volcano(results, {selection: picked})",
          "const db = DuckDBClient.of({results});",
          "const table = db.query('SELECT * FROM results')",
          "resultsTable(table, {selection: picked, rows: 6})",
          "heatmap(results.slice(0, 600).map(({gene_id, symbol, log2FoldChange: z}) => ({gene_id, symbol, a: z, b: -z, c: z * z, d: 1})), {selection: picked})",
          "upset({A: results.slice(0, 700).map((d) => d.gene_id), B: results.slice(300, 900).map((d) => d.gene_id), C: results.slice(600, 1500).map((d) => d.gene_id)}, {selection: picked})",
          "const chosen = Generators.input(picked);",
          "`${chosen.genes.length} genes are chosen`",
          "globalThis.pick = (n) => picked.select({genes: results.slice(0, n).map((d) => d.gene_id)});",
        ]),
      ),
    );
    const outcome = await app.settled();
    expect(outcome.filter(({ state }) => state !== "fulfilled")).toEqual([]);
    const stage = app.stage();
    await stage.locator("figure.chart-upset svg").waitFor();
    const seen = await stage.evaluate(async () => {
      const views = [...document.querySelectorAll("figure.chart, .eg-table")];
      const svgs = () => views.map((view) => view.querySelector(".chart-body > svg"));
      const before = svgs();
      const changed = new Map<Element, number>();
      const start = performance.now();
      for (const view of views)
        new MutationObserver(() => changed.set(view, performance.now() - start)).observe(view, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
      (globalThis as unknown as { pick(n: number): void }).pick(500);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
      return {
        views: views.length,
        changed: changed.size,
        same: svgs().every((svg, i) => svg === before[i]),
      };
    });
    expect(seen).toEqual({ views: 4, changed: 4, same: true });
    await expect.poll(() => stage.locator(".eg-foot").textContent()).toContain("500 selected");
    await expect.poll(() => stage.locator("body").textContent()).toContain("500 genes are chosen");

    // A row of the table is the same selection.
    await stage.locator(".eg-grid").focus();
    await stage.locator(".eg-row[data-at='0'] input").click();
    await expect.poll(() => stage.locator("body").textContent()).toContain("499 genes are chosen");
  });
});
