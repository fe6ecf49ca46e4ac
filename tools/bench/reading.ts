import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import type { Figure } from "./cases.ts";
import { choose, dropped, home, longest, pressStop, shows, stopped } from "./drop.ts";
import { bulkFiles, cellFiles, hugeFile } from "./generated.ts";

/** What the benchmark lends to this part of it. */
export interface Bench {
  readonly root: string;
  /** Served as bench/. */
  readonly folder: string;
  readonly origin: string;
  readonly browser: Browser;
  wanted(name: string): boolean;
  measure(
    figures: readonly Omit<Figure, "runs">[],
    work: (add: (index: number, ...values: readonly number[]) => void) => Promise<void>,
    runs?: number,
  ): Promise<void>;
  fresh<T>(work: (page: Page, context: BrowserContext) => Promise<T>, ms?: number): Promise<T>;
}

const table = "5.1 M records, gzipped table: drop to experiment";
const archive = "the same, twelve samples in a tar: drop to experiment";
const hdf5 = "1.6 M counts of 10x HDF5: drop to experiment";
const mtx = "1.6 M counts of 10x MTX: drop to experiment";
const block = "longest block of the shell while 5.1 M records are read";
const stop = "Stop in the middle of reading: answered";
const huge = "1 GB of text: drop to experiment";
const beyond = "1 GB of text: peak of memory beyond the experiment";
const stopHuge = "1 GB of text: Stop answered";
const blockHuge = "1 GB of text: longest block of the shell";
const duck = "5.1 M records: DuckDB-WASM's read_csv over ours";
const papa = "5.1 M records: papaparse over ours";

/** Measures reading of files made here, seeded; with `outside`, of the published files beside the repository too. */
export async function measureReading(bench: Bench, outside: string | null): Promise<void> {
  const { measure, fresh, folder, origin, wanted } = bench;
  const ms = (name: string, atMost: number | null) =>
    ({ name, unit: "ms", goal: atMost === null ? null : { atMost } }) as const;

  if ([table, archive, block, stop, duck, papa].some(wanted)) await bulkFiles(folder);
  let ours = NaN;
  await measure([ms(table, 2500), ms(block, 50)], (add) =>
    fresh(async (page) => {
      ours = await dropped(page, origin, ["bulk.tsv.gz"], /^28,953 genes × 176 samples, counts/);
      add(0, ours);
      add(1, await longest(page));
    }),
  );
  await measure([ms(archive, 500)], (add) =>
    fresh(async (page) =>
      add(0, await dropped(page, origin, ["bulk.tar"], /^28,953 genes × 12 samples, counts/)),
    ),
  );
  await measure([ms(stop, 200)], (add) =>
    fresh(async (page) => add(0, await stopped(page, origin, ["bulk.tsv.gz"]))),
  );
  if (wanted(duck) || wanted(papa)) {
    await comparison(bench);
    const ratio = (name: string) => ({ name, unit: "x", goal: null }) as const;
    await measure([ratio(duck), ratio(papa)], (add) =>
      fresh(async (page) => {
        const size = /^28,953 genes/;
        const own = await dropped(page, origin, ["bulk.tsv.gz"], size);
        await page.goto(`${origin}/bench/compare.html`);
        await page.waitForFunction(() => "compare" in globalThis);
        const { duck, papa, rows, values } = (await page.evaluate(
          `compare("bulk.tsv.gz")`,
        )) as Record<string, number>;
        if (rows !== 28_953 || values !== 28_953 * 176)
          throw new Error(`the others read something else: ${rows} rows, ${values} values`);
        add(0, duck / own);
        add(1, papa / own);
      }),
    );
  }

  if ([hdf5, mtx].some(wanted)) await cellFiles(folder);
  const cells = /^14,688 genes × 906 samples, counts/;
  await measure([ms(hdf5, 1500)], (add) =>
    fresh(async (page) => add(0, await dropped(page, origin, ["cells.h5"], cells))),
  );
  const three = ["barcodes.tsv.gz", "features.tsv.gz", "matrix.mtx.gz"];
  await measure([ms(mtx, 1500)], (add) =>
    fresh(async (page) => add(0, await dropped(page, origin, three, cells))),
  );

  if ([huge, beyond, stopHuge, blockHuge].some(wanted)) {
    const path = join(folder, "huge.tsv");
    const { values } = await hugeFile(path);
    await measure(
      [
        ms(huge, null),
        { name: beyond, unit: "MB", goal: { atMost: 200 } },
        ms(blockHuge, 50),
        ms(stopHuge, 200),
      ],
      (add) =>
        fresh(async (page) => {
          await home(page, origin);
          const before = await memory(bench.browser);
          let peak = 0;
          const from = performance.now();
          await choose(page, path);
          const found = shows(page, /^40,000 genes × 4,200 samples, counts/);
          let done = false;
          found.finally(() => (done = true)).catch(() => undefined);
          while (!done) {
            peak = Math.max(peak, await memory(bench.browser));
            await page.waitForTimeout(50);
          }
          await found;
          add(0, performance.now() - from);
          add(1, peak - before - (4 * values) / 1e6);
          add(2, await longest(page));
          await home(page, origin);
          await choose(page, path);
          await page.waitForTimeout(3000);
          add(3, await pressStop(page));
        }, 400_000),
      1,
    );
  }

  if (outside === null) return;
  const published = join(outside, "als-cortex-gse124439");
  if (!existsSync(published)) throw new Error(`no published files: ${outside}`);
  const files = ["GSE124439_counts_genes_and_TE.tsv.gz", "GSE124439_RAW_first12.tar"];
  for (const file of files) await copyFile(join(published, file), join(folder, file));
  await measure([ms("GSE124439: drop to experiment", 2500)], (add) =>
    fresh(async (page) => add(0, await dropped(page, origin, [files[0]], /^28,953 genes × 176/))),
  );
  await measure([ms("GSE124439, first twelve as GEO's tar", 500)], (add) =>
    fresh(async (page) => add(0, await dropped(page, origin, [files[1]], /^28,953 genes × 12/))),
  );
}

/** Resident memory of the browser's renderers that is no file's, in MB. */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let bytes = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer" || !existsSync(`/proc/${id}/status`)) continue;
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    bytes += 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return bytes / 1e6;
}

/** Builds the page that reads the same file with other libraries. */
async function comparison({ root, folder }: Bench): Promise<void> {
  const outDir = join(folder, "compare");
  await mkdir(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: "error",
    publicDir: false,
    build: {
      outDir,
      lib: {
        entry: resolve(root, "tools/bench/compare.page.ts"),
        formats: ["es"],
        fileName: () => "compare.js",
      },
    },
  });
  await writeFile(
    join(folder, "compare.html"),
    '<!doctype html><meta charset="utf-8"><title>compare</title><script type="module" src="compare/compare.js"></script>\n',
  );
}
