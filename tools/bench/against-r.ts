import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { makeExperiment } from "../../src/engine/experiment/make-experiment.ts";
import { toArrow } from "../../src/engine/experiment/to-arrow.ts";
import { makeTable, utf8 } from "../../src/tables/index.ts";
import { median, type Figure } from "./cases.ts";
import { knobNotebook, timedNotebook, type Timed, type Turned } from "./fit-notebooks.ts";
import { simulateCounts, type SimulatedCounts } from "./simulate-counts.ts";

/** What the benchmark lends: measuring, pages on the built app, and a folder that is served at bench/. */
export interface Harness {
  measure(
    wanted: readonly Omit<Figure, "runs">[],
    work: (add: (index: number, ...values: readonly number[]) => void) => Promise<void>,
    n?: number,
  ): Promise<void>;
  fresh<T>(work: (page: Page) => Promise<T>): Promise<T>;
  opened(page: Page, path: string): Promise<void>;
  settled(page: Page): Promise<void>;
  value<T>(page: Page, name: string): Promise<T>;
  stage(page: Page): Frame;
  /** Longest task of shell or stage since the page was opened or `forgetBlocks`. */
  longest(page: Page): Promise<number>;
  forgetBlocks(page: Page): Promise<void>;
  /** Megabytes, and seconds of CPU time, of the page's processes. */
  memory(): Promise<number>;
  cpu(): Promise<number>;
  readonly folder: string;
}

interface Case {
  /** As in against-r.R, with the packages it loads. */
  readonly name: string;
  readonly packages: string;
  readonly title: string;
  readonly call: string;
  readonly times: number;
  readonly atMost?: number;
}

const fit = (method: string, design: string) =>
  `(await differentialExpression(data, {method: "${method}", design: "${design}"})).results()`;
const cases: readonly Case[] = [
  {
    name: "deseq2",
    packages: "DESeq2",
    title: "deseq2, ~ group",
    call: fit("deseq2", "~ group"),
    times: 10,
    atMost: 2500,
  },
  {
    name: "deseq2-batch",
    packages: "DESeq2",
    title: "deseq2, ~ batch + group",
    call: fit("deseq2", "~ batch + group"),
    times: 10,
    atMost: 2500,
  },
  {
    name: "edger",
    packages: "edgeR",
    title: "edger, ~ group",
    call: fit("edger", "~ group"),
    times: 8,
  },
  {
    name: "edger-batch",
    packages: "edgeR",
    title: "edger, ~ batch + group",
    call: fit("edger", "~ batch + group"),
    times: 8,
  },
  {
    name: "voom",
    packages: "edgeR,limma",
    title: "limma-voom, ~ group",
    call: fit("limma-voom", "~ group"),
    times: 10,
  },
  {
    name: "voom-batch",
    packages: "edgeR,limma",
    title: "limma-voom, ~ batch + group",
    call: fit("limma-voom", "~ batch + group"),
    times: 10,
  },
];

/** Sizes that must come to an end: genes, samples, methods. */
const sizes = [
  [50_000, 12],
  [5_000, 500],
] as const;

/**
 * Statistics beside R on the same machine, on one simulated experiment of 20,000 genes x 48 samples (the same counts for both): each
 * method in R and then on a fresh page, in turns. Without R and the packages it says so, and measures the page alone.
 */
export async function againstR(harness: Harness): Promise<void> {
  const { measure, folder } = harness;
  const data = simulateCounts(20_000, 48, 1);
  for (const part of ["counts", "group", "batch"] as const)
    writeFileSync(join(folder, `${part}.bin`), data[part]);
  writeFileSync(join(folder, "data.arrow"), arrowOf(data));
  writeFileSync(join(folder, "rows.arrow"), arrowOf(logsOf(data, 2000)));
  writeFileSync(join(folder, "waves.arrow"), arrowOf(waves(500, 300)));
  const missing = missingInR();
  if (missing) console.log(`${missing}\n`);

  for (const one of cases) {
    const { name, title, call, times, atMost } = one;
    writeFileSync(join(folder, `${name}.html`), timedNotebook("data.arrow", call, "padj", 5));
    await measure(
      [
        { name: `${title}: first, with starting workers`, unit: "ms", goal: null },
        { name: `${title}: later`, unit: "ms", goal: atMost === undefined ? null : { atMost } },
        ...(missing
          ? []
          : ([
              { name: `${title}: R`, unit: "ms", goal: null },
              {
                name: `${title}: times faster than R, first`,
                unit: "x",
                goal: { atLeast: times },
              },
              { name: `${title}: times faster than R, later`, unit: "x", goal: null },
              { name: `${title}: times less CPU time than R`, unit: "x", goal: null },
              { name: `${title}: genes at padj < 0.05 in either list`, unit: "", goal: null },
              { name: `${title}: share of these in both`, unit: "%", goal: { atLeast: 99.5 } },
            ] as const)),
      ],
      async (add) => {
        const r = missing ? null : runR(folder, data, one);
        await harness.fresh(async (page) => {
          const mine = await timed(harness, page, name);
          add(0, mine.first);
          add(1, ...mine.later);
          if (!r) return;
          add(2, r.elapsed);
          add(3, r.elapsed / mine.first);
          add(4, r.elapsed / median(mine.later));
          add(5, r.cpu / mine.cpu);
          const { either, share } = agreement(mine.values, r.values);
          add(6, either);
          add(7, share);
        });
      },
    );
  }

  const plain = [
    { name: "hclust", file: "rows.arrow", call: `hclust(data, {linkage: "average"})` },
    { name: "pca", file: "waves.arrow", call: "pca(data, {ntop: 500})" },
  ];
  for (const { name, file, call } of plain) {
    const title = name === "pca" ? "PCA of 500 x 300" : "hclust of 2,000 rows";
    writeFileSync(join(folder, `${name}.html`), timedNotebook(file, call, null, 5));
    await measure(
      [
        { name: title, unit: "ms", goal: name === "pca" ? { atMost: 100 } : null },
        ...(missing
          ? []
          : ([
              { name: `${title}: R`, unit: "ms", goal: null },
              {
                name: `${title}: times faster than R`,
                unit: "x",
                goal: name === "pca" ? null : { atLeast: 1 },
              },
            ] as const)),
      ],
      async (add) => {
        const r = missing ? null : runR(folder, data, { name, packages: "stats" });
        await harness.fresh(async (page) => {
          const { later } = await timed(harness, page, name);
          add(0, ...later);
          if (r) add(1, r.elapsed);
          if (r) add(2, r.elapsed / median(later));
        });
      },
    );
  }

  await stopAndBlocks(harness);
  await large(harness);
}

/** Turns the knob of a notebook, as a reader would. */
async function turn({ stage }: Harness, page: Page, to: string): Promise<void> {
  await stage(page).evaluate((value) => {
    const knob = document.querySelector<HTMLInputElement>("#knob")!;
    knob.value = value;
    Object.assign(globalThis, { turnedAt: performance.now() });
    knob.dispatchEvent(new Event("input", { bubbles: true }));
  }, to);
}

/** The value of a cell once it is what is wanted. */
async function valueWhen<T>(
  { settled, value }: Harness,
  page: Page,
  name: string,
  wanted: (value: T) => boolean,
): Promise<T> {
  for (;;) {
    await page.waitForTimeout(20);
    try {
      await settled(page);
    } catch (error) {
      // Between the turn and its end the cell has no value.
      if (String(error).includes("pending")) continue;
      throw error;
    }
    const found = await value<T>(page, name);
    if (wanted(found)) return found;
  }
}

/** Opens a timed notebook and reads what it measured; `cpu` is the CPU time of one of its later calls, in ms. */
async function timed(
  harness: Harness,
  page: Page,
  name: string,
): Promise<Timed & { readonly cpu: number }> {
  await harness.opened(page, `bench/${name}.html`);
  const before = await harness.cpu();
  await turn(harness, page, "go");
  const all = await valueWhen<Timed>(harness, page, "timed", ({ later }) => later.length > 0);
  return { ...all, cpu: (1000 * ((await harness.cpu()) - before)) / all.later.length };
}

/** Stopping a fit that runs, and what the page's own threads do meanwhile. */
async function stopAndBlocks(harness: Harness): Promise<void> {
  const { measure, fresh, opened, folder } = harness;
  writeFileSync(join(folder, "wide.arrow"), arrowOf(simulateCounts(20_000, 192, 2)));
  writeFileSync(join(folder, "knob.html"), knobNotebook("wide.arrow"));
  await measure(
    [
      {
        name: "stopping a fit of 20,000 x 192: to the next answer",
        unit: "ms",
        goal: { atMost: 200 },
      },
    ],
    (add) =>
      fresh(async (page) => {
        await opened(page, "bench/knob.html");
        for (const [i, method] of ["deseq2", "edger", "limma-voom"].entries()) {
          await turn(harness, page, method);
          await page.waitForTimeout(250 + 150 * i);
          await turn(harness, page, "stop");
          const { time } = await valueWhen<Turned>(harness, page, "work", (w) => w.to === "stop");
          add(0, time);
        }
      }),
  );
  await measure(
    [
      { name: "20,000 x 192: deseq2, edger and limma-voom", unit: "ms", goal: null },
      { name: "longest block of shell or stage meanwhile", unit: "ms", goal: { atMost: 50 } },
      { name: "memory of the page's processes, the most seen", unit: "MB", goal: { atMost: 1000 } },
    ],
    (add) =>
      fresh(async (page) => {
        await opened(page, "bench/knob.html");
        await harness.forgetBlocks(page);
        let most = 0;
        let over = false;
        const watching = (async () => {
          while (!over) {
            most = Math.max(most, await harness.memory());
            await new Promise((done) => setTimeout(done, 100));
          }
        })();
        let sum = 0;
        try {
          for (const method of ["deseq2", "edger", "limma-voom"]) {
            await turn(harness, page, method);
            sum += (await valueWhen<Turned>(harness, page, "work", (w) => w.to === method)).time;
          }
        } finally {
          over = true;
          await watching.catch(() => undefined);
        }
        add(0, sum);
        add(1, await harness.longest(page));
        add(2, most);
      }),
    1,
  );
}

/** Many genes, many samples. */
async function large({ measure, fresh, opened, value, folder }: Harness): Promise<void> {
  for (const [nGenes, nSamples] of sizes) {
    const file = `${nGenes}x${nSamples}`;
    writeFileSync(join(folder, `${file}.arrow`), arrowOf(simulateCounts(nGenes, nSamples, 3)));
    for (const method of ["deseq2", "edger", "limma-voom"]) {
      const path = `${file}-${method}.html`;
      const call = fit(method, "~ batch + group");
      writeFileSync(join(folder, path), timedNotebook(`${file}.arrow`, call, null, 0));
      await measure(
        [
          {
            name: `${nGenes.toLocaleString("en")} genes x ${nSamples}: ${method}`,
            unit: "ms",
            goal: null,
          },
        ],
        (add) =>
          fresh(async (page) => {
            await opened(page, `bench/${path}`);
            add(0, (await value<Timed>(page, "timed")).first);
          }),
        1,
      );
    }
  }
}

/** Says what is missing for R, or null. */
function missingInR(): string | null {
  const { error, status, stdout } = spawnSync(
    "Rscript",
    ["-e", 'cat(setdiff(c("DESeq2", "edgeR", "limma"), rownames(installed.packages())))'],
    { encoding: "utf8" },
  );
  const how =
    "only this page is measured. On Debian: apt-get install r-bioc-deseq2 r-bioc-edger r-bioc-limma";
  if (error || status !== 0) return `no Rscript: ${how}`;
  return stdout.trim() ? `R lacks ${stdout.trim()}: ${how}` : null;
}

function runR(
  folder: string,
  { nGenes, nSamples }: SimulatedCounts,
  { name, packages }: { readonly name: string; readonly packages: string },
): { elapsed: number; cpu: number; values: Float64Array } {
  const script = join(import.meta.dirname, "against-r.R");
  const { status, stderr } = spawnSync(
    "Rscript",
    [script, folder, String(nGenes), String(nSamples), packages, name],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`R failed: ${stderr.trim().split("\n").at(-1)}`);
  const time = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as {
    elapsed: number;
    cpu: number;
  };
  const bytes = new Uint8Array(readFileSync(join(folder, `${name}.bin`)));
  return {
    elapsed: 1000 * time.elapsed,
    cpu: 1000 * time.cpu,
    values: new Float64Array(bytes.buffer),
  };
}

/** Genes with padj < 0.05 in either list, and the percentage of them that both have. */
function agreement(mine: readonly (number | null)[], theirs: Float64Array) {
  let both = 0;
  let either = 0;
  theirs.forEach((value, g) => {
    const here = mine[g] !== null && mine[g] < 0.05;
    both += +(here && value < 0.05);
    either += +(here || value < 0.05);
  });
  return { either, share: (100 * both) / either };
}

function arrowOf({ nGenes, nSamples, counts, group, batch, kind = "counts" }: Written): Uint8Array {
  return toArrow(
    makeExperiment({
      title: "Simulated",
      kind,
      counts: { nGenes, nSamples, values: counts },
      genes: makeTable({ gene_id: utf8(Array.from({ length: nGenes }, (_, g) => `g${g + 1}`)) }),
      samples: makeTable({
        sample_id: utf8(Array.from({ length: nSamples }, (_, s) => `s${s + 1}`)),
        group: utf8(Array.from(group, (k) => `group${k}`)),
        batch: utf8(Array.from(batch, (k) => `batch${k}`)),
      }),
    }),
  );
}

type Written = Omit<SimulatedCounts, "counts"> & {
  readonly counts: Int32Array | Float64Array;
  readonly kind?: "counts" | "log";
};

/** log2(counts + 1) of the first genes. */
function logsOf(data: SimulatedCounts, nGenes: number): Written {
  const counts = Float64Array.from(data.counts.subarray(0, nGenes * data.nSamples), (x) =>
    Math.log2(x + 1),
  );
  return { ...data, nGenes, counts, kind: "log" };
}

/** The numbers that R's side makes for itself. */
function waves(nGenes: number, nSamples: number): Written {
  const counts = new Float64Array(nGenes * nSamples);
  for (let g = 0; g < nGenes; ++g)
    for (let s = 0; s < nSamples; ++s) counts[g * nSamples + s] = Math.sin(1 + g + s * nGenes);
  const group = Int32Array.from({ length: nSamples }, (_, s) => s & 1);
  return { nGenes, nSamples, counts, group, batch: group, kind: "log" };
}
