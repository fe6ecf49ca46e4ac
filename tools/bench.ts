import { gzipSync } from "node:zlib";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { ValueFile } from "../src/protocol/stage.ts";
import { againstR } from "./bench/against-r.ts";
import { line, median, type Figure } from "./bench/cases.ts";
import { measurePictures, picturesNotebook } from "./bench/pictures.ts";
import { measureReading } from "./bench/reading.ts";
import { hsmmNotebook, plainNotebook, searchNotebook, sqlNotebook } from "./bench/notebooks.ts";
import { measureTables } from "./bench/tables.ts";
import { buildIfNeeded } from "./support/build-if-needed.ts";
import { launchChromium } from "./support/chromium.ts";
import { serveStatic } from "./support/static-server.ts";

/**
 * Prints the figures that the project holds itself to, measured on the built page in Chromium on this machine:
 * medians of several runs, with the least and the most. `npm run bench -- --runs 5 --only HSMM --dist FOLDER`: `--only`
 * takes the figures whose name holds the text, `--dist` a page built elsewhere, `--outside FOLDER` adds published files that lie
 * in that folder. A figure that can't be had within its time prints as failed and the others go on; the exit code is 1 then. `--r`
 * measures statistics instead, beside R where R, DESeq2, edgeR and limma are installed.
 */
interface Automation {
  open(path: string): Promise<void>;
  settled(timeout: number): Promise<{ state: string; error: string | null }[]>;
  value(name: string): Promise<ValueFile | null>;
}

const root = resolve(import.meta.dirname, "..");
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const runs = Math.max(1, Number(option("runs")) || 5);
const only = option("only")?.toLowerCase() ?? "";
const part = process.argv.includes("--r") ? "statistics" : "page";
let measuring: "page" | "statistics" = "page";
const dist = resolve(option("dist") ?? join(root, "dist"));
/** Longest that one run of one figure may take, in ms. */
const patience = process.argv.includes("--r") ? 300_000 : 60_000;

if (option("dist") === undefined) await buildIfNeeded(root);
const folder = mkdtempSync(join(tmpdir(), "engrailed-bench-"));
writeFileSync(join(folder, "hsmm.html"), hsmmNotebook);
writeFileSync(join(folder, "sql.html"), sqlNotebook);
writeFileSync(join(folder, "search.html"), searchNotebook);
writeFileSync(join(folder, "plain.html"), plainNotebook);
writeFileSync(join(folder, "pictures.html"), picturesNotebook);
const server = await serveStatic({
  folders: { "/": dist, "/bench/": folder, "/bench/data/": join(dist, "data") },
});
const browser = await launchChromium();
console.log(
  `${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()}, Node ${process.version}, ${runs} runs\n`,
);

/** How long a new window is left alone, in ms: Chromium loads pages of its own into it, which take a core for a second. */
const rest = 1500;

/** A page in a new window that has come to rest, as one in which a reader opens an address has. */
async function restedPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.waitForTimeout(rest);
  return page;
}

/** A new profile: nothing is cached. */
async function fresh<T>(
  work: (page: Page, context: BrowserContext) => Promise<T>,
  ms = patience,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  await context.addInitScript(() => {
    const blocks: (readonly [at: number, duration: number])[] = [];
    Object.assign(globalThis, { blocks });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        blocks.push([performance.timeOrigin + startTime, duration]);
    }).observe({ entryTypes: ["longtask"] });
  });
  context.setDefaultTimeout(patience);
  // The helper that the TypeScript loader puts into functions, which are sent to the page as text.
  await context.addInitScript("globalThis.__name ??= (f) => f");
  try {
    return await inTime(work(await restedPage(context), context), ms);
  } finally {
    await context.close().catch(() => undefined);
  }
}

/** What was promised, or an error when it takes too long: nothing here waits for ever. */
function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no end after ${ms / 1000} s`)), ms);
    promise.then(done, fail).finally(() => clearTimeout(timer));
  });
}

const engrailed = `globalThis.engrailed`;
const open = (page: Page, path: string) =>
  page.evaluate(`${engrailed}.open(${JSON.stringify(path)})`);
const settled = async (page: Page) => {
  const cells = (await page.evaluate(`${engrailed}.settled(50000)`)) as Awaited<
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
/** The longest block of shell or stage that ended after a time (0: since the page was asked for), in ms; 0 where none took 50. */
const longest = async (page: Page, since = 0): Promise<number> => {
  type Blocks = readonly (readonly [number, number])[];
  const all = await Promise.all(
    page
      .frames()
      .map((f) => f.evaluate(() => (globalThis as unknown as { blocks: Blocks }).blocks)),
  );
  return Math.max(0, ...all.flat().map(([at, duration]) => (at + duration > since ? duration : 0)));
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

const welcome = `${server.origin}/#open=notebooks/welcome.html`;
const figures: Figure[] = [];
let failures = 0;

/** Measures several figures in the same runs: each run adds to the lists of some of them. */
async function measure(
  wanted: readonly Omit<Figure, "runs">[],
  work: (add: (index: number, ...values: readonly number[]) => void) => Promise<void>,
  n = runs,
): Promise<void> {
  if (part !== measuring || !wanted.some(({ name }) => name.toLowerCase().includes(only))) return;
  const lists = wanted.map((): number[] => []);
  try {
    for (let i = 0; i < n; ++i) await work((index, ...values) => lists[index].push(...values));
  } catch (error) {
    ++failures;
    const text = error instanceof Error ? error.message : String(error);
    console.log(`failed: ${wanted.map(({ name }) => name).join("; ")}: ${text.split("\n")[0]}`);
  }
  for (const [i, figure] of wanted.entries()) {
    if (lists[i].length === 0) continue;
    const measured = { ...figure, runs: lists[i] };
    figures.push(measured);
    console.log(line(measured));
  }
}

/** A page with the notebook of the benchmark open and at rest, opened from home as a reader who has looked around does. */
async function opened(page: Page, path: string): Promise<void> {
  await page.goto(`${server.origin}/`);
  await page.waitForFunction(() => "engrailed" in globalThis);
  await page.waitForTimeout(rest);
  await open(page, path);
  await settled(page);
}

await measure(
  [{ name: "cold open of Welcome to its first chart", unit: "ms", goal: { atMost: 1500 } }],
  (add) => fresh(async (page) => add(0, await firstChart(page, welcome))),
);
await measure([{ name: "warm open (service worker)", unit: "ms", goal: { atMost: 1000 } }], (add) =>
  fresh(async (page, context) => {
    await firstChart(page, welcome);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForTimeout(1500);
    await page.close();
    add(0, await firstChart(await restedPage(context), welcome));
  }),
);

await measure(
  [
    { name: "HSMM: reading 12.8 M records", unit: "ms", goal: null },
    { name: "HSMM: bytes in memory to first summary chart", unit: "ms", goal: { atMost: 1000 } },
    { name: "HSMM: summary by hour of all genes, warm", unit: "ms", goal: { atMost: 80 } },
    { name: "HSMM: counts of one gene", unit: "ms", goal: { atMost: 10 } },
    { name: "HSMM: reading again, of the same bytes", unit: "ms", goal: null },
    {
      name: "HSMM: longest block of shell or stage while the engine works",
      unit: "ms",
      goal: { atMost: 50 },
    },
    { name: "HSMM: memory of the page's processes, afterwards", unit: "MB", goal: null },
    {
      name: "longest block of shell or stage while page and notebook open",
      unit: "ms",
      goal: null,
    },
  ],
  (add) =>
    fresh(async (page) => {
      await opened(page, "bench/hsmm.html");
      add(0, await value(page, "read"));
      add(1, await value(page, "first"));
      add(2, ...(await value<number[]>(page, "summaries")));
      add(3, ...(await value<number[]>(page, "genes")));
      add(5, await longest(page, await value<number>(page, "begun")));
      add(7, await longest(page));
      add(6, await memory());
      const started = await value<number>(page, "start");
      await page.getByRole("button", { name: "Run", exact: true }).first().click();
      while ((await value<number>(page, "start")) === started) await page.waitForTimeout(50);
      add(4, await value(page, "read"));
    }),
);

await measure(
  [
    { name: "first SQL result, cold, over samples", unit: "ms", goal: { atMost: 4000 } },
    { name: "first SQL result, cold, over HSMM's counts", unit: "ms", goal: { atMost: 8000 } },
    { name: "the same summary as a GROUP BY in DuckDB", unit: "ms", goal: null },
    {
      name: "DuckDB's GROUP BY over our summary, same run",
      unit: "x",
      goal: { atLeast: 10 },
    },
  ],
  (add) =>
    fresh(async (page) => {
      await opened(page, "bench/sql.html");
      add(0, await value(page, "small"));
      add(1, await value(page, "counts"));
      const grouped = await value<number[]>(page, "grouped");
      add(2, ...grouped);
      add(3, median(grouped) / median(await value<number[]>(page, "kernels")));
    }),
  Math.min(runs, 3),
);

await measure(
  [{ name: "gene search: typed to drawn", unit: "ms", goal: { atMost: 100 } }],
  (add) =>
    fresh(async (page) => {
      await opened(page, "bench/search.html");
      const symbols = ["CDK1", "MYH3", "ID1", "ENO3", "DES", "MEF2C"];
      for (const [i, symbol] of symbols.entries()) {
        const time = await stage(page).evaluate(typedToDrawn, symbol);
        if (i > 0) add(0, time);
      }
    }),
  1,
);

await measure(
  [{ name: "JavaScript of a read-only notebook, gzipped", unit: "kB", goal: { atMost: 350 } }],
  (add) =>
    fresh(async (page) => {
      const before = server.requests.length;
      await page.addInitScript(() =>
        Object.defineProperty(navigator, "serviceWorker", { value: undefined }),
      );
      await page.goto(`${server.origin}/#open=bench/plain.html`);
      await page.waitForTimeout(3000);
      const scripts = new Set(
        server.requests
          .slice(before)
          .map(({ url }) => url.split("?")[0])
          .filter((url) => url.endsWith(".js") && !url.includes("service-worker")),
      );
      if (![...scripts].some((url) => url.includes("/stage-")))
        throw new Error("the notebook did not open");
      const size = (url: string) => gzipSync(readFileSync(join(dist, url)), { level: 9 }).length;
      if (process.argv.includes("--sizes"))
        for (const url of scripts) console.log(`  ${size(url)} ${url}`);
      add(0, [...scripts].reduce((sum, url) => sum + size(url), 0) / 1000);
    }),
  1,
);

await measurePictures("bench/pictures.html", { measure, fresh, opened, value });

await measureReading(
  {
    root,
    folder,
    origin: server.origin,
    browser,
    wanted: (name) => name.toLowerCase().includes(only),
    measure,
    fresh,
  },
  option("outside") ?? null,
);

/** In the stage: types a symbol as a reader does, presses Enter, and waits until a figure of it was painted. */
function typedToDrawn(symbol: string): Promise<number> {
  return new Promise((done, fail) => {
    const input = document.querySelector<HTMLInputElement>("input[role=combobox]");
    if (!input) return fail(new Error("no gene input"));
    const timer = setTimeout(() => fail(new Error(`not drawn: ${symbol}`)), 10_000);
    input.focus();
    const drawn = () =>
      [...document.querySelectorAll("figure, svg")].some((element) =>
        `${element.textContent} ${element.getAttribute("aria-label")}`.includes(symbol),
      );
    if (drawn()) return fail(new Error(`drawn before it was typed: ${symbol}`));
    const start = performance.now();
    const watch = () => {
      if (!drawn()) return void requestAnimationFrame(watch);
      clearTimeout(timer);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    };
    input.value = symbol;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    requestAnimationFrame(watch);
  });
}

/** Resident memory of the browser's renderers, as the system counts it. */
async function memory(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let bytes = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer") continue;
    const status = existsSync(`/proc/${id}/status`)
      ? readFileSync(`/proc/${id}/status`, "utf8")
      : "";
    bytes += 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return bytes / 1e6;
}

/** Seconds of CPU time of the browser's renderers. */
async function cpu(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.reduce((sum, p) => sum + (p.type === "renderer" ? p.cpuTime : 0), 0);
}

const forgetBlocks = async (page: Page) => {
  for (const f of page.frames())
    await f.evaluate(() => {
      (globalThis as unknown as { blocks: number[] }).blocks.length = 0;
    });
};
await measureTables({ measure, fresh, opened, value, stage, folder });

measuring = "statistics";
if (part === measuring)
  await againstR({
    measure,
    fresh,
    opened,
    settled,
    value,
    stage,
    longest,
    forgetBlocks,
    memory,
    cpu,
    folder,
  });

await browser.close();
await server.close();
const missed = figures.filter((figure) => line(figure).includes("MISSED"));
console.log(
  `\n${figures.length - missed.length} of ${figures.length} figures reach their goal or have none; ${failures} failed; load ${loadavg()[0].toFixed(1)} at the end`,
);
process.exitCode = failures > 0 ? 1 : 0;
