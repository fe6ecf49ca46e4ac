import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { patience, readerOf, type Reader } from "../support/reader.ts";

const root = resolve(import.meta.dirname, "../..");
const counts = readFileSync(resolve(root, "data/marioni/counts.csv"), "utf8");
const samples = readFileSync(resolve(root, "data/marioni/samples.csv"), "utf8");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const findings = `axe.run("dialog").then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, nodes[0].html]))`;

let app: App;
let page: Page;
let reader: Reader;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app.close());

beforeEach(async () => {
  page = await app.context.newPage();
  reader = readerOf(page);
  return () => page.close();
});

async function home(): Promise<void> {
  await page.goto(`${app.server.origin}/`);
  await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
}

/** Drops files of these texts on the page. */
async function drop(files: Record<string, string>): Promise<void> {
  await page.evaluate((named) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(named)) transfer.items.add(new File([text], name));
    for (const type of ["dragenter", "dragover", "drop"])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
  }, files);
}

const dialog = () => page.locator("dialog");
const words = () => page.locator(".import-words").innerText();
const says = (text: string | RegExp) => expect.poll(words, patience).toMatch(text);
const button = (name: string) => dialog().getByRole("button", { name, exact: true });
async function shot(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  await page.screenshot({ path: `${folder}/${name}.png` });
  if ((await page.locator(".dialog-body").count()) === 0) return;
  await page.locator(".dialog-body").evaluate((box) => box.scrollBy(0, 700));
  await page.screenshot({ path: `${folder}/${name}-below.png` });
}

describe("the import panel", () => {
  it("shows what dropped files are and make, and opens them as a notebook that runs", async () => {
    await home();
    await drop({ "counts.csv": counts, "samples.csv": samples });
    await says(/^[\d,]+ genes × 10 samples, counts\./);
    expect(await dialog().getByLabel("Use counts.csv as").inputValue()).toBe("counts");
    expect(await dialog().getByLabel("Use samples.csv as").inputValue()).toBe("samples");
    expect(await dialog().innerText()).toContain("10 of 10 samples found in column sample_id");
    await shot("panel");
    await dialog().getByLabel("Reference of tissue").selectOption("Liver");
    await expect
      .poll(() => dialog().locator(".import-cell").textContent(), patience)
      .toContain('{reference: {tissue: "Liver"}}');
    await says(/ counts\./);
    await button("Open").click();
    await reader.shows(4, "samples-joined");
    await reader.shows(6, "PC1");
    expect(await reader.cell(2).innerText()).toContain('counts: FileAttachment("counts.csv")');
    await shot("notebook");
    await page.reload();
    await reader.shows(4, "samples-joined");
  });

  it("joins by a part of the names, with both sides shown", async () => {
    await home();
    await drop({
      "my-counts.tsv": "gene\ts1_x\ts2_x\ts3_x\nA\t1\t2\t3\nB\t4\t5\t6\nC\t0\t2\t9\n",
      "my-sheet.csv": "name,group\ns1,a\ns2,b\ns3,b\ns4,a\n",
    });
    await says(/make no experiment yet/);
    expect(await dialog().locator(".import-trouble").innerText()).toContain(
      "knows none of the samples",
    );
    await shot("mismatch");
    await dialog().getByLabel("Sample names meet").selectOption("strip");
    await dialog().getByLabel("Part to take out").fill("_x$");
    await says(/^3 genes × 3 samples, counts\./);
    const found = await dialog().locator(".import-found").innerText();
    expect(found).toMatch(/s1_x\s+s1/);
    expect(found).toContain("Only in the sheet: s4");
    await shot("strip");
    const download = page.waitForEvent("download");
    await button("Keep as Arrow").click();
    const bytes = readFileSync((await (await download).path())!);
    expect(bytes.subarray(0, 6).toString()).toBe("ARROW1");
    await button("Open").click();
    await reader.shows(4, "samples-without-counts");
  });

  it("takes a table of genes for what it is, and asks for its counts", async () => {
    await home();
    await drop({ "pairs.tsv": "mouse_symbol\tmouse_entrez\thuman_symbol\nAcadm\t11364\tACADM\n" });
    await says(/describes genes and holds no counts/);
    expect(await dialog().getByLabel("Use pairs.tsv as").inputValue()).toBe("genes");
    expect(await button("Open").isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
  });

  it("says where a file is broken, and opens nothing of it", async () => {
    await home();
    await drop({ "broken.csv": "gene_id,s1,s2\nA,1,2\nB,3,many\n" });
    await says(/make no experiment yet/);
    expect(await dialog().locator(".import-trouble").innerText()).toMatch(
      /broken\.csv, line 3, column 3: .*many/,
    );
    expect(await button("Open").isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog().count()).toBe(0);
  });

  it("adds to the open notebook under free names, and Undo takes it back", async () => {
    const path = app.put(
      "import-here.html",
      notebookText("Mine", ["const experiment = 7;", "`it is ${experiment}`"]),
    );
    await page.goto(`${app.server.origin}/#open=${path}`);
    await reader.shows(2, "it is 7");
    await drop({ "more.csv": "gene_id,s1,s2,s3\nA,1,2,3\nB,4,5,6\nC,0,2,9\n" });
    await says(/3 samples/);
    await button("Add to this notebook").click();
    await reader.shows(6, "kind-decided");
    await reader.shows(2, "it is 7");
    expect(await reader.cell(4).innerText()).toContain(
      'const experiment2 = readExperiment(FileAttachment("more.csv"))',
    );
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => reader.order(), patience).toEqual([1, 2]);
  });

  it("fetches no address of another site: it says where to get it", async () => {
    await home();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "https://elsewhere.example/counts.csv.gz");
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    });
    const link = dialog().getByRole("link");
    expect(await link.getAttribute("href")).toBe("https://elsewhere.example/counts.csv.gz");
    expect(await link.getAttribute("target")).toBe("_blank");
    expect(await dialog().innerText()).toContain("Download it and drop it here.");
    expect(asked.filter((url) => url.includes("elsewhere"))).toEqual([]);
  });

  it("fits a narrow page, dark, and goes by keys", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await home();
    await drop({ "counts.csv": counts, "samples.csv": samples });
    await says(/10 samples/);
    await shot("narrow");
    await page.evaluate(axe);
    for (const theme of ["dark", "light"]) {
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map((change) => change.finished)),
      );
      expect(await page.evaluate(findings)).toEqual([]);
    }
    const body = page.locator(".dialog-body");
    expect(await body.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    await button("Open").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => dialog().count(), patience).toBe(0);
    await reader.shows(4, "samples-joined");
  });
});
