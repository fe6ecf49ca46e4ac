import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { patience, readerOf, type Reader } from "../support/reader.ts";

const root = resolve(import.meta.dirname, "../..");
const lanes = readFileSync(resolve(root, "data/marioni/marioni.arrow.gz"));
const fixture = (name: string) => readFileSync(resolve(root, "tests/fixtures/arrow", name));

let app: App;
let reader: Reader;

beforeAll(async () => {
  app = await openApp();
  reader = readerOf(app.page);
});

afterAll(() => app.close());

const sheet = "sample_id,tissue\ns1,liver\ns2,kidney\n";
const counts = "gene_id,s1,s2\ng1,1,2\ng2,3,4\n";
const files: Record<string, string | Uint8Array> = {
  "counts.csv": counts,
  "sheet.csv": sheet,
  "reversed.csv": "sample_id,tissue\ns2,kidney\ns1,liver\n",
  "other-names.csv": "sample_id,tissue\nx1,liver\nx2,kidney\n",
  "short.csv": "sample_id,tissue\ns1,liver\n",
  "twice.csv": "sample_id,tissue\ns1,liver\ns1,kidney\n",
  "truncated.arrow": fixture("experiment.arrow").subarray(0, 600),
  "truncated.arrow.gz": lanes.subarray(0, 100_000),
  "not-arrow.arrow": "this is a letter, not a table\n",
  "no-numbers.arrow": fixture("no-numbers.arrow"),
  "not-gzip.csv.gz": counts,
  "cut.csv.gz": gzipSync(counts.repeat(1000)).subarray(0, 60),
  "damaged.csv.gz": damaged(gzipSync(counts)),
  "ragged.csv": "gene_id,s1,s2\ng1,1,2\ng2,3\n",
  "wide.csv": "gene_id,s1,s2\ng1,1,2\ng2,3,4,5\n",
  "words.csv": "gene_id,s1,s2\ng1,1,2\ng2,3,many\n",
  "negative.csv": "gene_id,s1,s2\ng1,1,2\ng2,3,-4\n",
  "fractional.csv": "gene_id,s1,s2\ng1,1,2\ng2,3.5,4\n",
  "same-genes.csv": "gene_id,s1,s2\ng1,1,2\ng1,3,4\n",
  "same-samples.csv": "gene_id,s1,s1\ng1,1,2\n",
  "no-genes.csv": "gene_id,s1,s2\n",
  "empty.csv": "",
  "binary.csv": Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 256),
  "open-quote.csv": 'gene_id,s1\n"g1,1\ng2,2\n',
};

function damaged(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 6] ^= 255;
  return copy;
}

const read = (counts: string, options = "", samples?: string) =>
  `readExperiment(${samples ? `{counts: FileAttachment('${counts}'), samples: FileAttachment('${samples}')}` : `FileAttachment('${counts}')`}${options && `, ${options}`})`;

/** [a cell, what its failure says]. */
const failures: readonly (readonly [string, RegExp])[] = [
  [read("truncated.arrow"), /truncated\.arrow/],
  [read("truncated.arrow.gz"), /truncated\.arrow\.gz/],
  [read("not-arrow.arrow"), /not-arrow\.arrow/],
  [read("no-numbers.arrow"), /no-numbers\.arrow/],
  ["FileAttachment('truncated.arrow').arrow()", /truncated\.arrow/],
  [read("not-gzip.csv.gz"), /not-gzip\.csv\.gz/],
  [read("cut.csv.gz"), /cut\.csv\.gz/],
  [read("damaged.csv.gz"), /damaged\.csv\.gz/],
  [read("ragged.csv"), /ragged\.csv, line 3/],
  [read("wide.csv"), /wide\.csv, line 3/],
  [read("words.csv"), /many[^]*words\.csv, line 3, column/],
  [read("negative.csv", "{kind: 'counts'}"), /-4[^]*negative\.csv, line 3/],
  [read("fractional.csv", "{kind: 'counts'}"), /3\.5[^]*fractional\.csv, line 3/],
  [read("same-genes.csv"), /g1[^]*same-genes\.csv, line 3/],
  [read("same-samples.csv"), /s1/],
  [read("counts.csv", "", "other-names.csv"), /other-names\.csv/],
  [read("counts.csv", "", "short.csv"), /s2/],
  [read("counts.csv", "", "twice.csv"), /s1[^]*twice\.csv, line 3/],
  [read("no-genes.csv"), /no-genes\.csv/],
  [read("empty.csv"), /empty\.csv/],
  [read("binary.csv"), /binary\.csv/],
  [read("open-quote.csv"), /a quote is never closed[^]*open-quote\.csv, line 2/],
  [read("counts.csv", "{knid: 'counts'}"), /knid[^]*kind/],
  [read("missing.csv"), /no such file: missing\.csv/],
  ["FileAttachment('missing.csv').text()", /no such file: missing\.csv/],
  ["FileAttachment('https://example.com/x.csv').text()", /can't fetch from another site/],
  ["sizeFactors(fractional)", /counts/],
  ["good.counts(['nope'])", /nope/],
  ["good.summarize({by: 'tisue'})", /tisue[^]*tissue/],
  ["good.filterGenes(() => false)", /gene/],
  ["pca(good, {ntop: -1})", /-1/],
  ["db.query('SELEC 1')", /SELEC[^]*line 1/],
  ["db.query('SELECT nothing FROM good.genes')", /nothing/],
  ["db.query('SELECT 1 / (SELECT count(*) FROM elsewhere)')", /elsewhere/],
  ["null.x", /null/],
  ["throw 'a bare word'", /a bare word/],
  ["new Promise((_, reject) => reject(undefined))", /./],
];

describe("bad input", () => {
  it("is a clear sentence in its own cell, and the rest goes on", async () => {
    for (const [name, data] of Object.entries(files)) app.put(name, data);
    const sources = [
      ...failures.map(([source]) => source),
      `const good = ${read("counts.csv", "", "reversed.csv")};`,
      `const fractional = ${read("fractional.csv")};`,
      "const db = DuckDBClient.of({good});",
      "`${good.shape.genes} genes, ${[...good.samples].map((s) => s.tissue)}`",
    ];
    await app.open(app.put("bad.html", notebookText("Bad", sources)));
    const outcomes = await app.settled(60_000);
    const wrong: unknown[] = [];
    for (const [i, [source, words]] of failures.entries()) {
      const { state } = outcomes[i];
      const text = state === "rejected" ? await reader.failure(i + 1) : outcomes[i].text;
      if (process.env.SHOW) console.log(`${source}\n    ${text}`);
      if (state !== "rejected" || !words.test(text)) wrong.push({ source, state, text });
      if (/\[object|undefined of|is not a function|Error: Error/.test(text)) wrong.push(text);
    }
    expect(wrong).toEqual([]);
    expect(outcomes.at(-1)).toMatchObject({ state: "fulfilled", error: null });
    expect(outcomes.at(-1)!.text).toContain("2 genes, liver,kidney");
  });

  it("that is missing can be attached where it is missed", async () => {
    await app.open(
      app.put("lacks.html", notebookText("Lacks", ["FileAttachment('folder/lacking.csv').text()"])),
    );
    expect(await reader.failure(1)).toContain("no such file: folder/lacking.csv");
    const chooser = app.page.waitForEvent("filechooser");
    await reader.cell(1).getByRole("button", { name: "Attach lacking.csv" }).click();
    const choose = app.page.locator("dialog").getByRole("button", { name: "Choose a file" });
    await choose.click({ timeout: 3000 }).catch(() => undefined);
    await (
      await chooser
    ).setFiles({ name: "on-my-disk.csv", mimeType: "text/csv", buffer: Buffer.from("a\n12\n") });
    await reader.shows(1, "12");
  });

  it("that floods a cell is cut, and the cell says so", async () => {
    await app.open(
      app.put(
        "flood.html",
        notebookText("Flood", [
          "for (let i = 0; i < 5000; ++i) display(i);",
          "for (;;) display('again');",
          "'x'.repeat(9e6)",
          "html`${Array.from({length: 200000}, () => html.fragment`<b>1</b>`)}`",
          "Array.from({length: 1e6}, (_, i) => ({i}))",
          "md`${'# a\\n\\n'.repeat(300)}`",
          "`still here`",
        ]),
      ),
    );
    await reader.shows(7, "still here");
    await reader.shows(1, "Output cut here: more than 1,000 values");
    expect(await reader.failure(2)).toContain("too much output");
    await reader.shows(3, "… 8,990,000 more");
    await reader.shows(4, "Output cut here");
    await reader.shows(5, "Array(1000000)");
    await expect
      .poll(() => reader.cell(6).locator(".cell-more").innerText(), patience)
      .toMatch(/^Show all \(\d+ screens\)$/);
    const height = await reader.cell(6).evaluate((cell) => cell.clientHeight);
    expect(height).toBeLessThan(4 * 900);
  });

  it("says when the disk is full, keeps the text on the page and saves it when there is room", async () => {
    await app.open(
      app.put("full.html", notebookText("Full", [["module", "const a = 1;", { pinned: "" }]])),
    );
    await app.page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      Object.assign(globalThis, { room: () => (IDBObjectStore.prototype.put = put) });
      IDBObjectStore.prototype.put = function () {
        throw new DOMException("Quota exceeded", "QuotaExceededError");
      };
    });
    await reader.write(1, "const a = 2;");
    const banner = app.page.locator(".banner", { hasText: "Your last edits are not kept" });
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/no room|full|quota/i);
    expect(await reader.cell(1).innerText()).toContain("const a = 2;");
    await app.page.evaluate(() => (globalThis as unknown as { room: () => void }).room());
    await reader.write(1, "const a = 3;");
    const saved = app.page.locator(".saved");
    await expect.poll(() => saved.innerText(), patience).toMatch(/^Your changes, saved/);
    expect(await banner.count()).toBe(0);
    await app.page.reload();
    await expect.poll(() => reader.cell(1).innerText(), patience).toContain("const a = 3;");
  });
});
