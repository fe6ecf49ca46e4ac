import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";
import { patience, readerOf, type Reader } from "../support/reader.ts";

let app: App;
let reader: Reader;

beforeAll(async () => {
  app = await openApp();
  reader = readerOf(app.page);
});

afterAll(() => app.close());

const chain = notebookText("Chain", [
  ["module", "const a = 2;", { pinned: "" }],
  ["module", "const b = a * 10;"],
  ["text/markdown", "b is **${b}**, and d is ${d}"],
  ["module", "const d = b + 1;"],
  ["module", "const apart = {};"],
]);

let count = 0;
/** Opens a notebook of its own under a new name: no test sees another's edits. */
async function open(text: string): Promise<void> {
  await app.open(app.put(`view-${++count}.html`, text));
  await app.settled(30_000);
}

/** The document as the page would save it. */
async function saved(): Promise<string> {
  const download = app.page.waitForEvent("download");
  await reader.choose("Download");
  return readFile(await (await download).path(), "utf8");
}

describe("editing", () => {
  beforeEach(() => open(chain));

  it("runs the edited cell and those that need it on Shift-Enter, and goes to the next", async () => {
    await reader.shows(3, "b is 20, and d is 21");
    await reader.write(1, "const a = 7;");
    expect(await reader.output(3).innerText()).toBe("b is 20, and d is 21");
    await reader.press("Shift+Enter");
    await reader.shows(3, "b is 70, and d is 71");
    expect(await reader.cell(2).getAttribute("aria-current")).toBe("true");
    expect(await app.value("d")).toEqual({ format: "json", text: "71\n" });
  });

  it("shows an error in its cell and names it in those that wait on it", async () => {
    await reader.write(1, "const a = ten;");
    await reader.press("Shift+Enter");
    expect(await reader.failure(1)).toContain("ten is not defined");
    expect(await reader.failure(2)).toContain("This cell waits on a, which failed.");
    expect(await reader.failure(3)).toContain("This cell waits on a, which failed.");
    expect(await reader.cell(5).getAttribute("data-state")).toBe("fulfilled");
    await expect
      .poll(() => app.page.locator(".status-failed").innerText(), patience)
      .toBe("1 failed");
    await reader.select(5);
    await reader.press("e");
    expect(await reader.cell(1).getAttribute("aria-current")).toBe("true");
    await reader.cell(3).getByRole("button", { name: "a", exact: true }).click();
    expect(await reader.cell(1).getAttribute("aria-current")).toBe("true");
    await reader.select(1);
    await reader.press("z");
    await reader.press("ControlOrMeta+Enter");
    await reader.shows(3, "b is 20");
  });

  it("says of an edited cell that it has not run, and of a running one that it runs", async () => {
    await reader.write(2, "const b = new Promise((resolve) => setTimeout(resolve, 1500, a * 3));");
    await expect
      .poll(() => reader.cell(2).locator(".cell-standing").innerText(), patience)
      .toBe("edited, not run");
    await reader.press("ControlOrMeta+Enter");
    await expect.poll(() => reader.cell(2).getAttribute("data-state"), patience).toBe("pending");
    expect(await reader.cell(2).getAttribute("aria-busy")).toBe("true");
    await expect.poll(() => app.page.locator(".status-words").innerText()).toMatch(/^Running/);
    await reader.shows(3, "b is 6, and d is 7");
  });
});

describe("keys", () => {
  beforeEach(() => open(chain));

  it("moves with J and K, goes into the source with Enter and out with Escape", async () => {
    await reader.select(1);
    await reader.press("j");
    await reader.press("j");
    expect(await reader.cell(3).getAttribute("aria-current")).toBe("true");
    await reader.press("k");
    expect(await reader.cell(2).getAttribute("aria-current")).toBe("true");
    expect(await reader.cell(2).locator(".cell-source").isVisible()).toBe(false);
    await reader.press("Enter");
    await reader.cell(2).locator(".cm-content:focus").waitFor();
    await reader.press("End");
    await reader.page.keyboard.type(" // jk");
    await reader.press("Escape");
    expect(await reader.cell(2).getAttribute("data-editing")).toBeNull();
    expect(await reader.cell(2).locator(".cm-content").innerText()).toContain("// jk");
    await reader.press("Escape");
    await expect
      .poll(() => reader.cell(2).locator(".cell-source").isVisible(), patience)
      .toBe(false);
  });

  it("adds cells with A and B, deletes with D D, brings back with Z", async () => {
    await reader.select(2);
    await reader.press("a");
    await expect.poll(reader.order, patience).toEqual([1, 6, 2, 3, 4, 5]);
    await reader.cell(6).locator(".cm-content:focus").waitFor();
    await reader.page.keyboard.type("const six = 6;");
    await reader.press("Escape");
    await reader.press("b");
    await expect.poll(reader.order, patience).toEqual([1, 6, 7, 2, 3, 4, 5]);
    await reader.cell(7).locator(".cm-content:focus").waitFor();
    await reader.press("Escape");
    await reader.press("d");
    await reader.press("d");
    await expect.poll(reader.order, patience).toEqual([1, 6, 2, 3, 4, 5]);
    await reader.select(2);
    await reader.press("d");
    await reader.press("d");
    await expect.poll(reader.order, patience).toEqual([1, 6, 3, 4, 5]);
    expect(await reader.failure(4)).toContain("b");
    await reader.press("z");
    await expect.poll(reader.order, patience).toEqual([1, 6, 2, 3, 4, 5]);
    await reader.shows(3, "b is 20, and d is 21");
  });

  it("finds any command in the palette, from the notebook and from around it", async () => {
    await reader.select(2);
    await reader.press("ControlOrMeta+k");
    await reader.inside("dialog.palette").waitFor();
    await reader.page.keyboard.type("move cell down");
    await reader.press("Enter");
    await expect.poll(reader.order, patience).toEqual([1, 3, 2, 4, 5]);
    await app.page.locator(".top-bar").click({ position: { x: 3, y: 3 } });
    await reader.press("ControlOrMeta+k");
    await reader.inside("dialog.palette").waitFor();
    await reader.press("Escape");
    await expect.poll(() => reader.inside("dialog.palette").count(), patience).toBe(0);
  });

  it("saves with Control-S from inside a source", async () => {
    await app.page.evaluate(() =>
      Object.defineProperty(globalThis, "showSaveFilePicker", { value: undefined }),
    );
    await reader.write(1, "const a = 3;");
    const download = app.page.waitForEvent("download");
    await reader.press("ControlOrMeta+s");
    expect((await download).suggestedFilename()).toBe("chain.html");
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toBe(chain.replace("const a = 2;", "const a = 3;"));
  });

  it("lists the keys on ?", async () => {
    await reader.select(1);
    await reader.press("?");
    const help = reader.inside("dialog").last();
    await help.waitFor();
    expect(await help.innerText()).toContain("Run cell and go to the next");
    await reader.press("Escape");
  });
});

describe("cells", () => {
  beforeEach(() => open(chain));

  it("are deleted from their menu, and brought back from the message", async () => {
    await reader.cell(2).hover();
    await reader.cell(2).locator(".cell-menu").click();
    await reader.inside("[role=menu]").getByRole("menuitem", { name: "Delete cell" }).click();
    await expect.poll(reader.order, patience).toEqual([1, 3, 4, 5]);
    await reader.inside(".toasts").getByRole("button", { name: "Undo" }).click();
    await expect.poll(reader.order, patience).toEqual([1, 2, 3, 4, 5]);
    await reader.shows(3, "b is 20, and d is 21");
  });

  it("are split at the cursor and merged again", async () => {
    await reader.write(1, "const a = 2;\nconst more = 5;");
    await reader.press("Home");
    await reader.press("Control+Shift+Minus");
    await expect.poll(reader.order, patience).toEqual([1, 6, 2, 3, 4, 5]);
    expect(await saved()).toContain(">\n    const more = 5;\n  </script>");
    await reader.select(1);
    await reader.press("Shift+M");
    await expect.poll(reader.order, patience).toEqual([1, 2, 3, 4, 5]);
    expect(await saved()).toContain("    const a = 2;\n    const more = 5;\n");
  });

  it("move up and down, fold, stay open when pinned, and change type", async () => {
    await reader.select(4);
    await reader.press("Alt+ArrowUp");
    await expect.poll(reader.order, patience).toEqual([1, 2, 4, 3, 5]);
    await reader.press("Alt+ArrowDown");
    await expect.poll(reader.order, patience).toEqual([1, 2, 3, 4, 5]);
    expect(await reader.cell(1).locator(".cell-source").isVisible()).toBe(true);
    expect(await reader.cell(4).locator(".cell-source").isVisible()).toBe(false);
    await reader.press("o");
    await expect.poll(() => reader.cell(4).locator(".cell-source").isVisible()).toBe(true);
    await reader.press("o");
    await expect.poll(() => reader.cell(4).locator(".cell-source").isVisible()).toBe(false);
    await reader.press("p");
    await expect.poll(() => reader.cell(4).locator(".cell-source").isVisible()).toBe(true);
    expect(await saved()).toContain('<script id="4" type="module" pinned="">');
    await reader.write(5, "# Turned");
    await reader.cell(5).getByLabel("Type of cell").selectOption("md");
    await reader.press("ControlOrMeta+Enter");
    await expect.poll(() => reader.output(5).locator("h1").count(), patience).toBe(1);
    expect(await saved()).toContain('<script id="5" type="text/markdown"');
  });

  it("show their output above their source", async () => {
    const output = await reader.output(1).boundingBox();
    const source = await reader.cell(1).locator(".source-text").boundingBox();
    expect(output!.y + output!.height).toBeLessThanOrEqual(source!.y);
  });
});
