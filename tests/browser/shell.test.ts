import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { patience, readerOf, type Reader } from "../support/reader.ts";

const root = resolve(import.meta.dirname, "../..");
const lanes = readFileSync(resolve(root, "data/marioni/marioni.arrow.gz"));
const small = notebookText("Small", [
  ["text/markdown", "# Small"],
  ["module", "const a = 20;", { pinned: "" }],
  "`a is ${a + 1}`",
]);

let app: App;
let page: Page;
let reader: Reader;

beforeAll(async () => {
  app = await openApp();
  await app.context.addInitScript(() => {
    Object.defineProperty(globalThis, "showSaveFilePicker", { value: undefined, writable: true });
  });
  app.put("lanes.arrow.gz", lanes);
});

afterAll(() => app.close());

beforeEach(async () => {
  page = await app.context.newPage();
  reader = readerOf(page);
  return () => page.close();
});

let count = 0;
/** A notebook of this server under a name of its own, opened by its link. */
async function openLink(text: string): Promise<string> {
  const path = app.put(`shell-${++count}.html`, text);
  await page.goto(`${app.server.origin}/#open=${path}`);
  return path;
}

async function home(): Promise<void> {
  await page.goto(`${app.server.origin}/`);
  await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
}

/** Drops files of these texts on the page, or on the notebook's frame. */
async function drop(files: Record<string, string>, where: "page" | "frame"): Promise<void> {
  const frame = where === "page" ? page.mainFrame() : page.frames().find((f) => f.parentFrame())!;
  await frame.evaluate((named) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(named)) transfer.items.add(new File([text], name));
    const target = document.querySelector("main") ?? document.body;
    for (const type of ["dragenter", "dragover", "drop"])
      target.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
  }, files);
}

async function chooseFile(button: string, name: string, text: string | Buffer): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await reader.click(button);
  await (
    await chooser
  ).setFiles({ name, mimeType: "text/html", buffer: Buffer.from(text as string) });
}

const notice = (text: string | RegExp) => page.locator(".notice", { hasText: text }).first();
const banner = (text: string | RegExp) => page.locator(".banner", { hasText: text }).first();
const savedWords = () => page.locator(".saved").innerText();
const isSaved = () => expect.poll(savedWords, patience).toMatch(savedNow);
const savedNow = /^(Saved|Your changes, saved)/;
const notebooks = () => page.locator(".own-title").allInnerTexts();

describe("home", () => {
  it("lists the notebooks that ship, with what they hold, and opens them", async () => {
    await home();
    await page.locator(".entry-title").first().waitFor();
    const index = JSON.parse(readFileSync("notebooks/index.json", "utf8")) as {
      title: string;
      group?: string;
    }[];
    const titles = (manual: boolean) =>
      index.filter(({ group }) => (group === "manual") === manual).map(({ title }) => title);
    expect(await page.locator(".entry-title").allInnerTexts()).toEqual(titles(false));
    expect((await page.locator(".manual-page").allInnerTexts()).toSorted()).toEqual(
      titles(true).toSorted(),
    );
    expect(await page.locator(".entry-facts").nth(1).innerText()).toMatch(/million records/);
    await page.locator(".entry").first().click();
    await reader.cell(1).waitFor();
    expect(page.url()).toContain("#open=notebooks/welcome.html");
    await page.goBack();
    await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
  });

  it("makes a new notebook, and lists it as the reader's own", async () => {
    await home();
    await reader.click("New notebook");
    await reader.cell(2).waitFor();
    await page.getByLabel("Title").fill("Of my own");
    await page.keyboard.press("Enter");
    await reader.write(2, "6 * 7");
    await reader.press("Shift+Enter");
    await reader.shows(2, "42");
    await isSaved();
    await reader.click("Home");
    await expect.poll(notebooks, patience).toContain("Of my own");
    await page.getByRole("link", { name: "Of my own" }).click();
    await reader.shows(2, "42");
  });

  it("renames, duplicates, deletes with undo", async () => {
    await openLink(small.replace("Small<", "For the shelf<"));
    await reader.shows(3, "a is 21");
    await reader.click("Fork");
    await notice("your own copy").waitFor();
    await home();
    await expect.poll(notebooks, patience).toContain("For the shelf");
    const act = async (title: string, item: string) => {
      await page.getByRole("button", { name: `Actions for ${title}`, exact: true }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await act("For the shelf", "Duplicate");
    await expect.poll(notebooks, patience).toContain("For the shelf (copy)");
    await act("For the shelf (copy)", "Rename");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("Renamed");
    await page.keyboard.press("Enter");
    await expect.poll(notebooks, patience).toContain("Renamed");
    await act("Renamed", "Delete");
    await expect.poll(notebooks, patience).not.toContain("Renamed");
    await notice("Deleted").getByRole("button", { name: "Undo" }).click();
    await expect.poll(notebooks, patience).toContain("Renamed");
  });
});

describe("opening", () => {
  it("by link runs a notebook of this page", async () => {
    await openLink(small);
    await reader.shows(3, "a is 21");
  });

  it("by link refuses another site and what lies outside the page's folder", async () => {
    const before = app.server.requests.length;
    for (const [hash, words] of [
      ["https://example.com/x.html", "lies on another site"],
      ["//example.com/x.html", "lies on another site"],
      ["../../etc/passwd", "outside this page"],
    ]) {
      await page.goto("about:blank");
      await page.goto(`${app.server.origin}/#open=${encodeURIComponent(hash)}`);
      await notice(words).waitFor();
      expect(await page.locator("iframe").count()).toBe(0);
    }
    await page.goto("about:blank");
    await page.goto(`${app.server.origin}/#open=notebooks/none.html`);
    await notice("there is no such notebook")
      .or(notice("There is no such notebook"))
      .first()
      .waitFor();
    const asked = app.server.requests.slice(before).map((r) => r.url);
    expect(asked.filter((url) => /example|passwd/.test(url))).toEqual([]);
  });

  it("by the file dialog shows a notebook without running it until Run", async () => {
    await home();
    await chooseFile("Open file…", "from-afar.html", small);
    await banner("comes from elsewhere").waitFor();
    await reader.cell(3).waitFor();
    expect(await reader.cell(2).innerText()).toContain("const a = 20;");
    expect(await reader.output(1).innerText()).toBe("");
    expect(await reader.output(3).innerText()).toBe("");
    await reader.select(3);
    await banner("comes from elsewhere").getByRole("button", { name: "Run notebook" }).click();
    await reader.shows(3, "a is 21");
    expect(await banner("comes from elsewhere").count()).toBe(0);
    await page.reload();
    await reader.shows(3, "a is 21");
  });

  it("by dropping a file on home or on the notebook, and asks before it runs from inside", async () => {
    await home();
    await drop({ "dropped.html": small.replace("Small<", "Dropped<") }, "page");
    await banner("comes from elsewhere").waitFor();
    await reader.cell(3).waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("Dropped");
    await drop({ "second.html": small.replace("Small<", "Second<") }, "frame");
    await expect.poll(() => page.getByLabel("Title").inputValue(), patience).toBe("Second");
    await banner("comes from elsewhere").waitFor();
    await reader.select(2);
    await reader.press("Shift+Enter");
    await reader.shows(3, "a is 21");
    await reader.write(2, "const a = 7;");
    await reader.press("Shift+Enter");
    await reader.shows(3, "a is 8");
  });

  it("says where a file will go while it hovers", async () => {
    await openLink(small);
    await reader.shows(3, "a is 21");
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["a"], "a.csv"));
      document.body.dispatchEvent(new DragEvent("dragenter", { dataTransfer, bubbles: true }));
    });
    await page.getByText("Drop to attach to this notebook").waitFor();
  });

  it("attaches a dropped data file to the notebook that is open", async () => {
    await openLink(notebookText("Takes", ["FileAttachment('mine.csv').text()"]));
    expect(await reader.failure(1)).toContain("no such file: mine.csv");
    await drop({ "mine.csv": "a,b\n7,8\n" }, "frame");
    await notice("Attached mine.csv").waitFor();
    await reader.shows(1, "7,8");
    await page.reload();
    await reader.shows(1, "7,8");
  });

  it("refuses broken files and unknown cells with the reason, and loses nothing", async () => {
    await openLink(small);
    await reader.shows(3, "a is 21");
    for (const [name, text, words] of [
      [
        "unknown.html",
        small.replace("text/markdown", "text/x-cobol"),
        /unknown\.html, line 4.*x-cobol/,
      ],
      ["broken.html", small.slice(0, 150), /broken\.html/],
      ["comment.html", small.replace("# Small", "<!-- <script>"), /comment\.html, line/],
      ["page.html", "<!doctype html><h1>A page</h1>", /page\.html/],
      ["bytes.html", "\0\x01<notebook>", /bytes\.html/],
    ] as const) {
      await drop({ [name]: text }, "page");
      await notice(words).waitFor({ timeout: 5000 });
      expect(await page.getByLabel("Title").inputValue()).toBe("Small");
      await notice(words).getByRole("button", { name: "Close message" }).click();
    }
    await reader.shows(3, "a is 21");
    await home();
    const own = await notebooks();
    expect(own.filter((title) => /unknown|broken|comment|A page|bytes/.test(title))).toEqual([]);
  });
});

describe("keeping", () => {
  it("saves a second after the last edit; the edit is there after a reload", async () => {
    await openLink(small);
    await reader.shows(3, "a is 21");
    await reader.write(2, "const a = 4;");
    const typed = Date.now();
    let before = "";
    while (Date.now() - typed < 600) before = await savedWords();
    expect(before).not.toMatch(savedNow);
    await isSaved();
    expect(Date.now() - typed).toBeGreaterThan(900);
    await page.reload();
    await reader.shows(3, "a is 5");
    await home();
    await expect
      .poll(() => page.locator(".own-facts").allInnerTexts())
      .toSatisfy((facts: string[]) =>
        facts.some((fact) => fact.includes("your changes to shell-")),
      );
  });

  it("keeps versions to look at and go back to; Revert is the original again", async () => {
    await openLink(small);
    await reader.shows(3, "a is 21");
    for (const value of [30, 40]) {
      await reader.write(2, `const a = ${value};`);
      await reader.press("ControlOrMeta+Enter");
      await reader.shows(3, `a is ${value + 1}`);
      await expect.poll(savedWords, patience).not.toMatch(savedNow);
      await isSaved();
    }
    await reader.choose("History");
    const versions = page.locator(".history-version");
    await expect.poll(() => versions.count(), patience).toBe(3);
    expect(await versions.first().innerText()).toContain("(present)");
    await versions.nth(1).click();
    const dialog = page.locator("dialog");
    expect(await dialog.innerText()).toContain("const a = 30;");
    await dialog.getByRole("button", { name: "Restore this version" }).click();
    await reader.shows(3, "a is 31");
    await notice("Version restored").getByRole("button", { name: "Undo" }).click();
    await reader.shows(3, "a is 41");
    await reader.choose("Revert to original");
    await reader.shows(3, "a is 21");
    await notice("Back to the original").getByRole("button", { name: "Undo" }).click();
    await reader.shows(3, "a is 41");
  });

  it("forks: a copy of the reader's own that leaves the original and remembers it", async () => {
    const path = await openLink(small.replace("Small<", "To fork<"));
    await reader.shows(3, "a is 21");
    await reader.click("Fork");
    await expect.poll(() => page.url(), patience).toContain("#id=");
    await reader.shows(3, "a is 21");
    await reader.write(2, "const a = 99;");
    await reader.press("ControlOrMeta+Enter");
    await reader.shows(3, "a is 100");
    await expect.poll(savedWords, patience).not.toMatch(savedNow);
    await isSaved();
    const copy = page.url();
    await page.goto(`${app.server.origin}/#open=${path}`);
    await reader.shows(3, "a is 21");
    await home();
    const facts = page.locator(".own-row", { hasText: "To fork" }).locator(".own-facts");
    expect(await facts.innerText()).toContain(`copied from ${path.slice(5)}`);
    await page.goto(copy);
    await reader.shows(3, "a is 100");
    await reader.choose("Revert to original");
    await reader.shows(3, "a is 21");
  });

  it("renames without running anything again", async () => {
    await openLink(notebookText("Old name", ["display(Math.random())"]));
    await expect.poll(() => reader.output(1).innerText(), patience).toMatch(/\d/);
    const shown = await reader.output(1).innerText();
    await page.getByLabel("Title").fill("New & better <name>");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.title(), patience).toContain("New & better <name>");
    await isSaved();
    expect(await reader.output(1).innerText()).toBe(shown);
    await page.reload();
    await expect
      .poll(() => page.getByLabel("Title").inputValue(), patience)
      .toBe("New & better <name>");
  });
});

describe("saving to disk", () => {
  it("downloads the text byte for byte, the edit included", async () => {
    const path = resolve(root, "notebooks/welcome.html");
    await page.goto(`${app.server.origin}/#open=notebooks/welcome.html`);
    await reader.cell(10).locator(".source-text").waitFor();
    const once = page.waitForEvent("download");
    await reader.click("Save");
    expect(await readFile(await (await once).path(), "utf8")).toBe(await readFile(path, "utf8"));
    await reader.write(10, "const smallest = 200;");
    const again = page.waitForEvent("download");
    await reader.click("Save");
    const download = await again;
    expect(download.suggestedFilename()).toBe("welcome-to-engrailed.html");
    expect(await readFile(await download.path(), "utf8")).toBe(
      (await readFile(path, "utf8")).replace("const smallest = 100;", "const smallest = 200;"),
    );
    await notice("Downloaded as welcome-to-engrailed.html").waitFor();
    await reader.choose("Revert to original");
  });

  it("writes the file that the reader picked, and the same one the next time", async () => {
    await openLink(small);
    await reader.shows(3, "a is 21");
    const standIn = () =>
      page.evaluate(() => {
        let picks = 0;
        Object.assign(globalThis, {
          picks: () => picks,
          showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
            ++picks;
            const folder = await navigator.storage.getDirectory();
            return folder.getFileHandle(`picked-${suggestedName}`, { create: true });
          },
        });
      });
    const picks = () => page.evaluate(() => (globalThis as unknown as { picks(): number }).picks());
    const written = () =>
      page.evaluate(async () => {
        const folder = await navigator.storage.getDirectory();
        return (await (await folder.getFileHandle("picked-small.html")).getFile()).text();
      });
    await standIn();
    await reader.click("Save");
    await notice("Saved to picked-small.html").waitFor();
    expect(await written()).toBe(small);
    await reader.write(2, "const a = 30;");
    await reader.press("ControlOrMeta+s");
    await expect.poll(written, patience).toBe(small.replace("20", "30"));
    expect(await picks()).toBe(1);
    await isSaved();
    await page.reload();
    await standIn();
    await reader.shows(3, "a is 31");
    await reader.write(2, "const a = 40;");
    await reader.press("ControlOrMeta+s");
    await expect.poll(written, patience).toBe(small.replace("20", "40"));
    expect(await picks()).toBe(0);
  });
});

describe("two tabs", () => {
  it("the second reads only, and takes over when asked; no edit is overwritten", async () => {
    const path = await openLink(small.replace("Small<", "In two tabs<"));
    await reader.shows(3, "a is 21");
    const other = await app.context.newPage();
    const there = readerOf(other);
    await other.goto(`${app.server.origin}/#open=${path}`);
    await other.locator(".banner", { hasText: "open in another tab" }).waitFor();
    await there.shows(3, "a is 21");
    await there.select(2);
    await other.keyboard.press("b");
    await other.keyboard.press("d");
    await other.keyboard.press("d");
    expect(await there.order()).toEqual([1, 2, 3]);
    await page.bringToFront();
    await reader.write(2, "const a = 50;");
    await reader.press("ControlOrMeta+Enter");
    await reader.shows(3, "a is 51");
    await other.bringToFront();
    await other.getByRole("button", { name: "Take over" }).click();
    await there.shows(3, "a is 51");
    await banner("taken this notebook over").waitFor();
    await expect.poll(() => other.locator(".banner").count(), patience).toBe(0);
    await there.write(2, "const a = 60;");
    await other.keyboard.press("ControlOrMeta+Enter");
    await there.shows(3, "a is 61");
    await page.bringToFront();
    await reader.select(2);
    await reader.press("d");
    await reader.press("d");
    expect(await reader.order()).toEqual([1, 2, 3]);
    await expect.poll(() => other.locator(".saved").innerText(), patience).toMatch(savedNow);
    await other.close();
    await page.reload();
    await reader.shows(3, "a is 61");
  });
});

describe("Stop", () => {
  it("ends an endless loop; text and loaded data stay, and nothing runs until Run", async () => {
    await openLink(
      notebookText("Runaway", [
        "const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));",
        "`${lanes.shape.genes} genes`",
        ["module", "const n = 1;", { pinned: "" }],
        "`n is ${n}`",
      ]),
    );
    await reader.shows(2, "5088 genes");
    const fetched = () => app.server.requests.filter((r) => r.url.includes("lanes.arrow")).length;
    const before = fetched();
    await reader.write(3, "const n = 2;\nfor (;;);");
    await reader.press("ControlOrMeta+Enter");
    await banner("keeping the notebook busy").waitFor({ timeout: 15_000 });
    await page.getByRole("button", { name: "Stop" }).first().click();
    await banner("Stopped").waitFor();
    await reader.cell(3).waitFor();
    expect(await reader.cell(3).innerText()).toContain("for (;;);");
    expect(await reader.output(2).innerText()).toBe("");
    expect(await page.locator(".status-loaded").innerText()).toContain("records");
    await isSaved();
    await reader.write(3, "const n = 2;");
    await banner("Stopped").getByRole("button", { name: "Run" }).click();
    await reader.shows(2, "5088 genes");
    await reader.shows(4, "n is 2");
    expect(fetched()).toBe(before);
  });

  it("works while a notebook opens, too", async () => {
    await openLink(notebookText("Loops at once", ["for (;;);", "`fine`"]));
    await page.getByRole("button", { name: "Stop" }).first().click({ timeout: 15_000 });
    await banner("Stopped").waitFor();
    await reader.write(1, "1 + 1");
    await banner("Stopped").getByRole("button", { name: "Run" }).click();
    await reader.shows(1, "2");
    await reader.shows(2, "fine");
  });
});
