import { gzipSync } from "node:zlib";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { ValueFile } from "../src/protocol/stage.ts";
import { line, type Figure } from "./bench/cases.ts";
import { hsmmNotebook, searchNotebook, sqlNotebook } from "./bench/notebooks.ts";
import { buildIfNeeded } from "./support/build-if-needed.ts";
import { launchChromium } from "./support/chromium.ts";
import { serveStatic } from "./support/static-server.ts";

/**
 * Prints the figures that the project holds itself to, measured on the built page in Chromium on this machine:
 * medians of several runs, with the least and the most. `npm run bench -- --runs 5`
 */
interface Automation {
  open(path: string): Promise<void>;
  settled(timeout: number): Promise<{ state: string; error: string | null }[]>;
  value(name: string): Promise<ValueFile | null>;
}

const root = resolve(import.meta.dirname, "..");
const at = process.argv.indexOf("--runs");
const runs = at > 0 ? Math.max(1, Number(process.argv[at + 1]) || 5) : 5;

await buildIfNeeded(root);
const folder = mkdtempSync(join(tmpdir(), "engrailed-bench-"));
writeFileSync(join(folder, "hsmm.html"), hsmmNotebook);
writeFileSync(join(folder, "sql.html"), sqlNotebook);
writeFileSync(join(folder, "search.html"), searchNotebook);
const server = await serveStatic({
  folders: { "/": join(root, "dist"), "/bench/": folder, "/bench/data/": join(root, "dist/data") },
});
const browser = await launchChromium();
console.log(
  `${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()}, Node ${process.version}, ${runs} runs\n`,
);

/** A new profile: nothing is cached. */
async function fresh<T>(work: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  await context.addInitScript(() => {
    const blocks: number[] = [];
    Object.assign(globalThis, { blocks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) blocks.push(entry.duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  try {
    return await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

const engrailed = `globalThis.engrailed`;
const open = (page: Page, path: string) =>
  page.evaluate(`${engrailed}.open(${JSON.stringify(path)})`);
const settled = async (page: Page) => {
  const cells = (await page.evaluate(`${engrailed}.settled(120000)`)) as Awaited<
    ReturnType<Automation["settled"]>
  >;
  const failed = cells.find((cell) => cell.state !== "fulfilled");
  if (failed) throw new Error(`a cell of the benchmark ${failed.state}: ${failed.error}`);
};
const value = async <T>(page: Page, name: string): Promise<T> => {
  const file = (await page.evaluate(`${engrailed}.value(${JSON.stringify(name)})`)) as ValueFile;
  return JSON.parse(file.text) as T;
};
const stage = (page: Page) => page.frames().find((f) => f.parentFrame() === page.mainFrame())!;
const longest = async (page: Page): Promise<number> => {
  const all = await Promise.all(
    page
      .frames()
      .map((f) => f.evaluate(() => (globalThis as unknown as { blocks: number[] }).blocks)),
  );
  return Math.max(0, ...all.flat());
};

async function firstChart(page: Page, url: string): Promise<number> {
  const start = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  for (;;) {
    const frame = stage(page);
    const drawn = frame
      ? await frame
          .evaluate(
            () =>
              document.querySelector("figure svg path, figure svg circle, figure canvas") !== null,
          )
          .catch(() => false)
      : false;
    if (drawn) return performance.now() - start;
    if (performance.now() - start > 60_000) throw new Error(`no chart: ${url}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

const figures: Figure[] = [];
async function measure(
  name: string,
  unit: Figure["unit"],
  goal: Figure["goal"],
  work: () => Promise<readonly number[]>,
): Promise<void> {
  const figure = { name, unit, goal, runs: await work() };
  figures.push(figure);
  console.log(line(figure));
}
const times = async (n: number, work: () => Promise<number>): Promise<number[]> => {
  const out: number[] = [];
  for (let i = 0; i < n; ++i) out.push(await work());
  return out;
};

const welcome = `${server.origin}/#open=notebooks/welcome.html`;
await measure("cold open of Welcome to its first chart", "ms", { atMost: 1500 }, () =>
  times(runs, () => fresh((page) => firstChart(page, welcome))),
);
await measure("warm open (service worker)", "ms", { atMost: 1000 }, () =>
  times(runs, () =>
    fresh(async (page, context) => {
      await firstChart(page, welcome);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.waitForTimeout(1500);
      return firstChart(await context.newPage(), welcome);
    }),
  ),
);

const hsmm: Record<string, number[]> = {
  first: [],
  read: [],
  summaries: [],
  genes: [],
  blocks: [],
};
for (let i = 0; i < runs; ++i)
  await fresh(async (page) => {
    await page.goto(`${server.origin}/`);
    await page.waitForFunction(() => "engrailed" in globalThis);
    await open(page, "bench/hsmm.html");
    await settled(page);
    hsmm.first.push(await value(page, "first"));
    hsmm.read.push(await value(page, "read"));
    hsmm.summaries.push(...(await value<number[]>(page, "summaries")));
    hsmm.genes.push(...(await value<number[]>(page, "genes")));
    hsmm.blocks.push(await longest(page));
  });
await measure("HSMM: reading 12.8 M records", "ms", null, async () => hsmm.read);
await measure(
  "HSMM: bytes in memory to first summary chart",
  "ms",
  { atMost: 1000 },
  async () => hsmm.first,
);
await measure(
  "HSMM: summary by hour of all genes, warm",
  "ms",
  { atMost: 80 },
  async () => hsmm.summaries,
);
await measure("HSMM: counts of one gene", "ms", { atMost: 10 }, async () => hsmm.genes);
await measure(
  "longest block of shell or stage meanwhile",
  "ms",
  { atMost: 50 },
  async () => hsmm.blocks,
);

const sql: Record<string, number[]> = {
  small: [],
  counts: [],
  grouped: [],
  kernels: [],
  ratio: [],
};
for (let i = 0; i < Math.min(runs, 3); ++i)
  await fresh(async (page) => {
    await page.goto(`${server.origin}/`);
    await page.waitForFunction(() => "engrailed" in globalThis);
    await open(page, "bench/sql.html");
    await settled(page);
    sql.small.push(await value(page, "small"));
    sql.counts.push(await value(page, "counts"));
    const grouped = await value<number[]>(page, "grouped");
    const kernels = await value<number[]>(page, "kernels");
    sql.grouped.push(...grouped);
    const mid = (v: number[]) => [...v].sort((a, b) => a - b)[v.length >> 1];
    sql.ratio.push(mid(grouped) / mid(kernels));
  });
await measure(
  "first SQL result, cold, over samples",
  "ms",
  { atMost: 4000 },
  async () => sql.small,
);
await measure(
  "first SQL result, cold, over HSMM's counts",
  "ms",
  { atMost: 8000 },
  async () => sql.counts,
);
await measure("the same summary as a GROUP BY in DuckDB", "ms", null, async () => sql.grouped);
await measure(
  "DuckDB's GROUP BY over our summary, same run",
  "x",
  { atLeast: 10 },
  async () => sql.ratio,
);

await measure("gene search: typed to drawn", "ms", { atMost: 100 }, () =>
  fresh(async (page) => {
    await page.goto(`${server.origin}/`);
    await page.waitForFunction(() => "engrailed" in globalThis);
    await open(page, "bench/search.html");
    await settled(page);
    const out: number[] = [];
    for (const symbol of ["MYOG", "CDK1", "MYH3", "ID1", "ENO3", "DES"].slice(0, runs + 1))
      out.push(
        await stage(page).evaluate(
          (text) =>
            new Promise<number>((done) => {
              const input = document.querySelector<HTMLInputElement>(
                "input[role=combobox], input",
              )!;
              const start = performance.now();
              const watch = new MutationObserver(() => {
                const drawn = [...document.querySelectorAll("figure")].some((f) =>
                  f.textContent?.includes(text),
                );
                if (!drawn) return;
                watch.disconnect();
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
              });
              watch.observe(document.body, { childList: true, subtree: true, characterData: true });
              input.value = text;
              input.dispatchEvent(new InputEvent("input", { bubbles: true }));
              input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            }),
          symbol,
        ),
      );
    return out.slice(1);
  }),
);

await measure("JavaScript of a read-only notebook, gzipped", "kB", { atMost: 350 }, async () => {
  const asked = await fresh(async (page) => {
    const before = server.requests.length;
    writeFileSync(
      join(folder, "plain.html"),
      '<!doctype html>\n<notebook theme="air" readonly>\n  <title>Plain</title>\n  <script id="1" type="text/html">\n    <p>read only</p>\n  </script>\n</notebook>\n',
    );
    await page.addInitScript(() =>
      Object.defineProperty(navigator, "serviceWorker", { value: undefined }),
    );
    await page.goto(`${server.origin}/#open=bench/plain.html`);
    await page.waitForTimeout(3000);
    return server.requests.slice(before).map((r) => r.url);
  });
  const scripts = [...new Set(asked)].filter(
    (url) => url.endsWith(".js") && !url.includes("service-worker"),
  );
  return [
    scripts.reduce(
      (sum, url) => sum + gzipSync(readFileSync(join(root, "dist", url)), { level: 9 }).length,
      0,
    ) / 1000,
  ];
});

await browser.close();
await server.close();
const missed = figures.filter(
  ({ goal, runs: r }) =>
    goal && r.length && line({ name: "", unit: "ms", goal, runs: r }).includes("MISSED"),
);
console.log(
  `\n${figures.length - missed.length} of ${figures.length} figures reach their goal or have none`,
);
