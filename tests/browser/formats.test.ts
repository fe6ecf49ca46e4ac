import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as made from "../fixtures/formats.ts";
import { notebookText, openApp, type App } from "../support/app.ts";
import { mutations } from "../support/mutate.ts";
import { seeded } from "../support/random.ts";
import { patience, readerOf, type Reader } from "../support/reader.ts";

let app: App;
let page: Page;
let reader: Reader;
let files: Record<string, Uint8Array>;
/** What the page and its workers complained about, a breach of the policy most of all. */
let complaints: string[];

beforeAll(async () => {
  files = await made.singleFiles();
  app = await openApp();
});

afterAll(() => app.close());

beforeEach(async () => {
  page = await app.context.newPage();
  reader = readerOf(page);
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return () => page.close();
});

/** Drops files of these bytes on the page. */
async function drop(named: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const texts = Object.entries(named).map(
    ([name, bytes]) => [name, Buffer.from(bytes).toString("base64")] as const,
  );
  await page.evaluate((list) => {
    const transfer = new DataTransfer();
    for (const [name, text] of list) {
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    for (const type of ["dragenter", "dragover", "drop"])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
  }, texts);
}

const words = () => page.locator(".import-words").innerText();

/** What a file makes beside the eight genes that most hold: v3 leaves an antibody out, v1 holds two genomes. */
const shapes: Readonly<Record<string, string>> = { "v3.h5": "7", "v1.h5": "16" };
const binary = [
  "csr.h5ad",
  "dense.h5ad",
  "v3.h5",
  "v1.h5",
  "wide.parquet",
  "long.parquet",
  "long.arrow",
  "book.xlsx",
  "htseq.tar",
  "rsem.tar.gz",
  "star.zip",
  "mtx.zip",
];

describe("every format under the page's policy", () => {
  it.each(binary)("%s is dropped, looked at and found to be an experiment", async (name) => {
    await page.goto(`${app.server.origin}/`);
    await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
    await drop({ [name]: files[name] });
    const size = new RegExp(`^${shapes[name] ?? "8"} genes × 3 samples`);
    // The first visit also installs the service worker and fetches the HDF5 library, on a busy machine slowly.
    await expect.poll(words, { timeout: 45_000, interval: 50 }).toMatch(size);
    expect(complaints).toEqual([]);
  });

  it("is read in a cell, with the values that the file was made of", async () => {
    const names = binary.filter((name) => shapes[name] === undefined);
    for (const name of names) app.put(name, files[name]);
    const cells = names.map(
      (name) =>
        `readExperiment(FileAttachment(${JSON.stringify(name)})).then(async (e) => { const t = await e.counts([...e.genes].map((g) => g.gene_id)); return [...t.getChild("count")].reduce((a, b) => a + b); })`,
    );
    await page.goto(
      `${app.server.origin}/#open=${app.put("formats.html", notebookText("Formats", cells))}`,
    );
    const sum = made.counts.reduce((a, b) => a + b);
    for (const i of names.keys()) await reader.shows(i + 1, String(sum));
  });

  it("has its library's licence in licences.txt", () => {
    const text = readFileSync(resolve(import.meta.dirname, "../../dist/licences.txt"), "utf8");
    for (const words of [
      "NIST-developed software is provided by NIST as a public service",
      "HDF5 (Hierarchical Data Format 5) Software Library and Utilities",
      "LZF filter",
      "hyparquet ",
    ])
      expect(text).toContain(words);
  });
});

describe("a file that its reader never ends with", () => {
  /** On this one the HDF5 library loops for ever. */
  const endless = () => mutations.zeroed(files["csr.h5ad"], seeded(3037));

  it("leaves the panel free: closed, the next file is read", async () => {
    await page.goto(`${app.server.origin}/`);
    await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
    await drop({ "endless.h5ad": endless() });
    await page.locator("dialog").waitFor();
    await page.waitForTimeout(1500);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").count(), patience).toBe(0);
    await drop({ "wide.tsv": files["wide.tsv"] });
    await expect.poll(words, patience).toMatch(/^8 genes × 3 samples/);
  });

  it("leaves the other cells free, and ends in an error of its cell", async () => {
    app.put("endless.h5ad", endless());
    app.put("wide.tsv", files["wide.tsv"]);
    const path = app.put(
      "endless.html",
      notebookText("Endless", [
        'const never = readExperiment(FileAttachment("endless.h5ad"));',
        'const wide = readExperiment(FileAttachment("wide.tsv"));',
        "wide.counts(['ENSG00000000001']).then((t) => `${t.numRows} rows`)",
        "never.shape",
      ]),
    );
    await page.goto(`${app.server.origin}/#open=${path}`);
    await reader.shows(3, "3 rows");
    const failed = reader.cell(1).locator(".cell-failed .failure");
    await failed.waitFor({ timeout: 40_000 });
    expect(await failed.innerText()).toMatch(/does not come to an end[^]*endless\.h5ad/);
  });
});
