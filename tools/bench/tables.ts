import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import type { Harness } from "./against-r.ts";
import { notebook } from "./notebooks.ts";

type Lent = Pick<Harness, "measure" | "fresh" | "opened" | "value" | "stage" | "folder">;

const painted =
  "const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));";

/** 60,000 rows x 12 columns as SQL gives them, opened five times. */
const tableNotebook = notebook("Benchmark: a table", [
  painted,
  "const db = DuckDBClient.of({});",
  `const table = db.query(\`SELECT 'ENSG' || lpad(i::VARCHAR, 11, '0') AS gene_id, 'Gene' || i AS symbol, 1e4 * random() AS baseMean,
  random() - 0.5 AS log2FoldChange, random() AS lfcSE, 10 * random() AS stat, random() AS pvalue, random() AS padj,
  i % 7 AS n, (i % 3 = 0) AS kept, CASE WHEN i % 20 = 0 THEN 'filtered' END AS reason, random() AS weight FROM range(60000) t(i)\`);`,
  `const times = (async () => {
  const out = [];
  for (let k = 0; k < 5; ++k) {
    await painted();
    const start = performance.now();
    const element = resultsTable(table);
    display(element);
    element.getBoundingClientRect();
    await painted();
    out.push(performance.now() - start);
    if (k < 4) element.remove();
  }
  return out;
})();`,
]);

/** A volcano of 20,000 genes, their table, a heatmap of 2,000 and an UpSet plot, all of one selection. */
const selectionNotebook = notebook("Benchmark: one selection", [
  "const picked = selection();",
  `const results = Array.from({length: 20000}, (_, i) => {
  const z = Math.sin(i * 12.9898) * 6;
  return {gene_id: "ENSG" + String(i).padStart(11, "0"), symbol: "Gene" + i, baseMean: 10 + i, log2FoldChange: z / 2, pvalue: Math.exp(-z * z / 2), padj: Math.min(1, 3 * Math.exp(-z * z / 2))};
});`,
  "const db = DuckDBClient.of({results});",
  "const table = db.query('SELECT * FROM results');",
  "display(volcano(results, {selection: picked}));",
  "display(resultsTable(table, {selection: picked}));",
  `display(heatmap(results.slice(0, 2000).map((d, i) => ({gene_id: d.gene_id, symbol: d.symbol, ...Object.fromEntries(Array.from({length: 24}, (_, j) => ["s" + j, Math.sin(i * 7 + j)]))})), {selection: picked}));`,
  `display(upset(Object.fromEntries(["A", "B", "C", "D"].map((name, k) => [name, results.filter((_, i) => (i * (k + 3)) % 11 < 4).map((d) => d.gene_id)])), {selection: picked}));`,
  "globalThis.pick = (from) => picked.select({genes: results.slice(from, from + 500).map((d) => d.gene_id)});",
]);

/** Three linked plots over all of HSMM's records. */
const brushNotebook = notebook("Benchmark: a brush", [
  'const hsmm = readExperiment(FileAttachment("data/hsmm/hsmm.arrow.gz"));',
  "const db = DuckDBClient.of({hsmm});",
  `const made = db.query(\`CREATE TABLE IF NOT EXISTS records AS
SELECT CASE WHEN count >= 0.01 THEN log10(count)::FLOAT END AS fpkm, (mapped_fragments / 1e6)::FLOAT AS fragments, time
FROM hsmm.counts JOIN hsmm.samples USING (sample_id)\`);`,
  "const brush = vg.Selection.crossfilter();",
  `const plots = [["fpkm", 0.25], ["fragments", 0.1]].map(([x, step]) => vg.plot(
  vg.rectY((made, vg.from("records", {filterBy: brush})), {x: vg.bin(x, {step}), y: vg.count()}),
  vg.intervalX({as: brush}), vg.xDomain(vg.Fixed), vg.width(340), vg.height(200)));`,
  `const bars = vg.plot(vg.barY((made, vg.from("records", {filterBy: brush})), {x: "time", y: vg.count()}), vg.width(340), vg.height(200));`,
  "display(vg.hconcat(...plots, bars));",
]);

/** Measures tables, one selection and linked views. */
export async function measureTables(lent: Lent): Promise<void> {
  const { measure, fresh, opened, value, stage, folder } = lent;
  writeFileSync(join(folder, "table.html"), tableNotebook);
  writeFileSync(join(folder, "selection.html"), selectionNotebook);
  writeFileSync(join(folder, "brush.html"), brushNotebook);

  await measure(
    [
      { name: "table of 60,000 x 12: opened and painted", unit: "ms", goal: { atMost: 150 } },
      {
        name: "table of 60,000 x 12: longest frame in scrolling",
        unit: "ms",
        goal: { atMost: 50 },
      },
      { name: "table of 60,000 x 12: drawing and layout of a frame", unit: "ms", goal: null },
    ],
    (add) =>
      fresh(async (page) => {
        await opened(page, "bench/table.html");
        add(0, ...(await value<number[]>(page, "times")));
        await page.waitForTimeout(1500);
        const { longest, work } = await stage(page).evaluate(scrolled);
        add(1, longest);
        add(2, ...work);
      }),
  );

  await measure(
    [
      {
        name: "500 genes selected: shown in four linked views",
        unit: "ms",
        goal: { atMost: 100 },
      },
    ],
    (add) =>
      fresh(async (page) => {
        await opened(page, "bench/selection.html");
        await stage(page).locator("figure.chart-upset svg").waitFor();
        await page.waitForTimeout(500);
        for (let i = 0; i < 5; ++i) add(0, await stage(page).evaluate(selected, 500 * i));
      }),
  );

  await measure(
    [
      { name: "a brush over 12.8 M records: the first", unit: "ms", goal: null },
      { name: "a brush over 12.8 M records: after it", unit: "ms", goal: { atMost: 150 } },
    ],
    (add) =>
      fresh(async (page) => {
        await opened(page, "bench/brush.html");
        const [first, ...others] = await brushed(page, stage(page));
        add(0, first);
        add(1, ...others);
      }),
  );
}

/**
 * In the stage: 120 frames in each of which the table is scrolled by ten rows. The longest frame, which on a busy machine waits for
 * others, and what drawing and layout took in each, in ms.
 */
async function scrolled(): Promise<{ longest: number; work: number[] }> {
  const grid = document.querySelector(".eg-grid");
  if (!grid) throw new Error("no table");
  const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
  const work: number[] = [];
  let last = await frame();
  let longest = 0;
  for (let i = 0; i < 120; ++i) {
    let start = 0;
    requestAnimationFrame(() => (start = performance.now()));
    grid.scrollTop += 280;
    grid.dispatchEvent(new Event("scroll"));
    const now = await new Promise<number>((done) =>
      requestAnimationFrame((time) => {
        grid.getBoundingClientRect();
        work.push(performance.now() - start);
        done(time);
      }),
    );
    longest = Math.max(longest, now - last);
    last = now;
  }
  return { longest, work };
}

/** In the stage: selects 500 genes and waits until every view has changed and was painted, in ms. */
async function selected(from: number): Promise<number> {
  const views = [...document.querySelectorAll("figure.chart, .eg-table")];
  const waiting = new Set(views);
  const watch = new MutationObserver((records) => {
    for (const { target } of records)
      for (const view of waiting) if (view.contains(target)) waiting.delete(view);
  });
  for (const view of views)
    watch.observe(view, { subtree: true, childList: true, attributes: true, characterData: true });
  const start = performance.now();
  (globalThis as unknown as { pick(from: number): void }).pick(from);
  do await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  while (waiting.size > 0 && performance.now() - start < 5000);
  watch.disconnect();
  if (waiting.size > 0) throw new Error(`${waiting.size} of ${views.length} views do not follow`);
  return performance.now() - start;
}

/** Drags over the second plot in steps; for each the time until both other plots are drawn anew, in ms. */
async function brushed(page: Page, stage: Frame): Promise<number[]> {
  await stage.waitForFunction(() => document.querySelectorAll(".linked-view svg").length === 3);
  const box = await stage.locator(".linked-view svg").nth(1).boundingBox();
  if (!box) throw new Error("no plot to brush");
  await stage.evaluate(() => {
    const times: number[] = [];
    let moved = 0;
    const drawn = new Map<Element, number>();
    const views = [...document.querySelectorAll(".linked-view")].filter((_, i) => i !== 1);
    // The brush keeps mouse events to itself.
    window.addEventListener("pointermove", () => (moved = performance.now()), true);
    for (const view of views)
      new MutationObserver(() => {
        drawn.set(view, performance.now());
        if (drawn.size < views.length) return;
        times.push(Math.max(...drawn.values()) - moved);
        drawn.clear();
      }).observe(view, { childList: true });
    Object.assign(globalThis, { brushTimes: times });
  });
  const times = () =>
    stage.evaluate(() => (globalThis as unknown as { brushTimes: number[] }).brushTimes);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 100, y);
  await page.mouse.down();
  for (let step = 1; step <= 12; ++step) {
    const before = (await times()).length;
    await page.mouse.move(box.x + 100 + 12 * step, y);
    const end = Date.now() + 20_000;
    while ((await times()).length === before && Date.now() < end) await page.waitForTimeout(20);
  }
  await page.mouse.up();
  const all = await times();
  if (all.length < 8) throw new Error(`only ${all.length} of 12 movements were followed`);
  return all;
}
