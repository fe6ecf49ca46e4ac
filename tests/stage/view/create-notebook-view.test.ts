// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Notebook } from "../../../src/notebook/types.ts";
import { argumentError } from "../../../src/base/errors.ts";
import { cellOf, type Fixture, notebookOf, openView } from "./fake-host.ts";

let f: Fixture;

beforeEach(() => {
  vi.useFakeTimers();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.setAttribute("open", "");
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.removeAttribute("open");
    this.dispatchEvent(new Event("close"));
  };
});
afterEach(() => {
  f.view.dispose();
  vi.useRealTimers();
});

const three = () =>
  notebookOf(
    cellOf(1, "# Title", { mode: "md" }),
    cellOf(2, "const a = 1;\nconst b = 2;"),
    cellOf(3, "a + b", { pinned: true }),
  );
const runs = () => f.calls.filter(([name]) => name === "run").map(([, ids]) => ids);
const lastChanged = () => f.calls.findLast(([name]) => name === "changed")?.[1] as Notebook;
const settle = () => vi.advanceTimersByTimeAsync(1);

describe("cells on the page", () => {
  it("shows output above source, and source only where pinned", () => {
    f = openView(three());
    expect(f.ids()).toEqual([1, 2, 3]);
    expect(f.cell(2).querySelector<HTMLElement>(".cell-source")?.hidden).toBe(true);
    expect(f.cell(3).querySelector<HTMLElement>(".cell-source")?.hidden).toBe(false);
    const order = f
      .cell(3)
      .querySelector(".cell-output")
      ?.compareDocumentPosition(f.cell(3).querySelector(".cell-source") as Node);
    expect(order).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it("shows in one line a folded cell that displays nothing, until it displays something", async () => {
    f = openView(three());
    const preview = f.cell(2).querySelector<HTMLElement>(".cell-preview");
    expect(preview?.hidden).toBe(false);
    expect(preview?.textContent).toBe("const a = 1; const b = 2;");
    f.view.output(2)?.append("42");
    await settle();
    expect(preview?.hidden).toBe(true);
  });

  it("opens sources of a notebook that is not to run, and folds each when it has run", () => {
    f = openView(three(), { run: false });
    expect(f.cell(2).hasAttribute("data-open")).toBe(true);
    expect(f.cell(2).querySelector(".cell-standing")?.textContent).toBe("not run");
    f.view.report(2, { state: "fulfilled", ms: 3 });
    expect(f.cell(2).hasAttribute("data-open")).toBe(false);
    expect(f.cell(2).querySelector(".cell-standing")?.textContent).toBe("");
  });

  it("leaves the first run to the caller, and runs all cells that can run when asked", () => {
    f = openView(notebookOf(cellOf(1, "1"), cellOf(2, "x", { mode: "r" }), cellOf(3, "3")));
    expect(runs()).toEqual([]);
    expect(f.cell(1).querySelector(".cell-standing")?.textContent).not.toBe("not run");
    f.view.command("run-all");
    expect(runs()).toEqual([[1, 3]]);
  });

  it("names a cell by what it defines", () => {
    f = openView(three());
    f.view.report(2, { names: ["a", "b"] });
    expect(f.cell(2).getAttribute("aria-label")).toBe("Cell 2: a, b, JavaScript");
  });

  it("says of a type that can't run that it is kept", () => {
    f = openView(notebookOf(cellOf(1, "print(1)", { mode: "python" })));
    expect(f.cell(1).querySelector(".cell-placard")?.textContent).toMatch(/Python cells don.t run/);
    f.press("j");
    f.press("Enter", { shiftKey: true });
    expect(runs()).toEqual([]);
  });
});

describe("standing", () => {
  it("shows progress, then the time after a second", () => {
    f = openView(three());
    f.view.report(2, { state: "pending" });
    f.view.report(2, { progress: { label: "reading counts", done: 45, total: 100 } });
    const words = f.cell(2).querySelector(".cell-standing");
    expect(words?.textContent).toBe("reading counts 45 %");
    expect(f.cell(2).querySelector("[role=progressbar]")?.getAttribute("aria-valuenow")).toBe("45");
    vi.advanceTimersByTime(3100);
    expect(words?.textContent).toBe("reading counts 45 % · 3 s");
    expect(f.calls.findLast(([name]) => name === "status")?.[1]).toMatchObject({
      running: 1,
      label: "reading counts",
      progress: 0.45,
    });
  });

  it("shows an error in its cell with its help, and names it where it is waited for", () => {
    f = openView(three());
    const error = argumentError("invalid method: tmmm", { help: "Did you mean tmm?" });
    f.view.report(2, { state: "rejected", error, ms: 1 });
    f.view.report(3, {
      state: "rejected",
      error,
      dependsOnFailed: "a",
      cause: { id: 2, name: "a" },
    });
    expect(f.cell(2).querySelector(".failure")?.textContent).toContain("invalid method: tmmm");
    expect(f.cell(2).querySelector(".failure")?.textContent).toContain("Did you mean tmm?");
    const waits = f.cell(3).querySelector(".failure-waits");
    expect(waits?.textContent).toBe("This cell waits on a, which failed.");
    waits?.querySelector("button")?.click();
    expect(document.activeElement).toBe(f.cell(2));
    f.view.report(2, { state: "fulfilled", ms: 1 });
    expect(f.cell(2).querySelector(".failure")).toBeNull();
  });

  it("marks a cell as edited until it runs again", async () => {
    f = openView(three());
    f.view.report(2, { state: "fulfilled", ms: 1 });
    f.press("j");
    f.press("j");
    f.press("Enter");
    await settle();
    f.type(2, "const a = 5;");
    expect(f.cell(2).hasAttribute("data-edited")).toBe(true);
    expect(f.cell(2).querySelector(".cell-standing")?.textContent).toBe("edited, not run");
    f.press("Escape");
    f.view.command("run");
    expect(f.cell(2).hasAttribute("data-edited")).toBe(false);
  });

  it("tells the headings: those displayed, else those of the source", async () => {
    f = openView(three());
    vi.advanceTimersByTime(500);
    expect(f.calls.findLast(([name]) => name === "outline")?.[1]).toEqual([
      { level: 1, text: "Title", cellId: 1 },
    ]);
    const heading = document.createElement("h2");
    heading.textContent = "Made by a cell";
    f.view.output(3)?.append(heading);
    await vi.advanceTimersByTimeAsync(500);
    expect(f.calls.findLast(([name]) => name === "outline")?.[1]).toEqual([
      { level: 1, text: "Title", cellId: 1 },
      { level: 2, text: "Made by a cell", cellId: 3 },
    ]);
  });
});

describe("keys", () => {
  it("walks with J, K and arrows, and stops at the ends", () => {
    f = openView(three());
    f.press("j");
    f.press("j");
    expect(document.activeElement).toBe(f.cell(2));
    f.press("k");
    f.press("k");
    expect(document.activeElement).toBe(f.cell(1));
    f.press("ArrowDown");
    expect(document.activeElement).toBe(f.cell(2));
    f.press("G", { shiftKey: true });
    expect(document.activeElement).toBe(f.cell(3));
  });

  it("runs with Shift-Enter and goes on, tells of typing before it runs", async () => {
    f = openView(three());
    f.press("j");
    f.press("j");
    f.press("Enter");
    await settle();
    expect(f.cell(2).hasAttribute("data-editing")).toBe(true);
    f.type(2, "const a = 7;");
    f.press("Escape");
    f.cell(2).focus();
    f.press("Enter", { shiftKey: true });
    expect(runs()).toEqual([[2]]);
    const names = f.calls
      .map(([name]) => name)
      .filter((name) => name === "changed" || name === "run");
    expect(names).toEqual(["changed", "run"]);
    expect(lastChanged().cells[1].value).toBe("const a = 7;");
    expect(document.activeElement).toBe(f.cell(3));
  });

  it("tells of typing after a rest, once", async () => {
    f = openView(three());
    f.press("j");
    f.press("Enter");
    await settle();
    for (const text of ["x", "xy", "xyz"]) f.type(1, text);
    expect(f.calls.some(([name]) => name === "changed")).toBe(false);
    vi.advanceTimersByTime(200);
    expect(f.calls.filter(([name]) => name === "changed")).toHaveLength(1);
    expect(lastChanged().cells[0].value).toBe("xyz");
  });

  it("deletes with D D, offers undo, and runs what undo brings back if it had run", async () => {
    f = openView(three());
    f.view.report(2, { state: "fulfilled", ms: 1 });
    f.press("j");
    f.press("j");
    f.press("d");
    expect(f.ids()).toEqual([1, 2, 3]);
    f.press("d");
    expect(f.ids()).toEqual([1, 3]);
    expect(f.calls).toContainEqual(["removed", [2]]);
    expect(document.activeElement).toBe(f.cell(3));
    expect(document.querySelector(".toast")?.textContent).toContain("Cell deleted");
    f.press("z");
    await settle();
    expect(f.ids()).toEqual([1, 2, 3]);
    expect(runs()).toEqual([[2]]);
    expect(document.querySelector(".toast")).toBeNull();
    f.press("Z", { shiftKey: true });
    expect(f.ids()).toEqual([1, 3]);
  });

  it("forgets the first D after a while", () => {
    f = openView(three());
    f.press("j");
    f.press("d");
    vi.advanceTimersByTime(2000);
    f.press("d");
    expect(f.ids()).toEqual([1, 2, 3]);
  });

  it("inserts above and below and goes into the new cell", async () => {
    f = openView(three());
    f.press("j");
    f.press("b");
    await settle();
    expect(f.ids()).toEqual([1, 4, 2, 3]);
    expect(f.cell(4).hasAttribute("data-editing")).toBe(true);
    f.press("Escape");
    f.cell(4).focus();
    f.press("a");
    expect(f.ids()).toEqual([1, 5, 4, 2, 3]);
  });

  it("moves with Alt and arrows and keeps the selection", () => {
    f = openView(three());
    f.press("j");
    f.press("ArrowDown", { altKey: true });
    expect(f.ids()).toEqual([2, 1, 3]);
    f.press("ArrowDown", { altKey: true });
    f.press("ArrowDown", { altKey: true });
    expect(f.ids()).toEqual([2, 3, 1]);
    expect(document.activeElement).toBe(f.cell(1));
    f.press("ArrowUp", { altKey: true });
    expect(f.ids()).toEqual([2, 1, 3]);
  });

  it("changes type, merges cells of one type and refuses others", () => {
    f = openView(three());
    f.press("j");
    f.press("M", { shiftKey: true });
    expect(f.ids()).toEqual([1, 2, 3]);
    expect(document.querySelector(".toast")?.textContent).toMatch(/merge/);
    f.press("j");
    f.press("M", { shiftKey: true });
    expect(lastChanged().cells[1].value).toBe("const a = 1;\nconst b = 2;\na + b");
    f.press("m");
    expect(lastChanged().cells[1].mode).toBe("md");
  });

  it("splits at the cursor", async () => {
    f = openView(three());
    f.press("j");
    f.press("j");
    f.press("Enter");
    await settle();
    const area = f.cell(2).querySelector("textarea") as HTMLTextAreaElement;
    area.setSelectionRange(13, 13);
    f.editors.get(area.closest(".source-text") as HTMLElement)?.options.onCommand("split");
    expect(lastChanged().cells.map((c) => c.value)).toEqual([
      "# Title",
      "const a = 1;",
      "const b = 2;",
      "a + b",
    ]);
  });

  it("leaves the keys of fields in outputs alone", () => {
    f = openView(three());
    const input = document.createElement("input");
    f.view.output(3)?.append(input);
    input.focus();
    for (const key of ["d", "d", "j", "b", "z"]) f.press(key);
    expect(f.ids()).toEqual([1, 2, 3]);
    expect(document.activeElement).toBe(input);
    f.press("Escape");
    expect(document.activeElement).toBe(f.cell(3));
  });

  it("saves and opens the palette from anywhere", () => {
    f = openView(three());
    expect(f.press("s", { ctrlKey: true })).toBe(true);
    expect(f.calls).toContainEqual(["save", null]);
    f.press("k", { ctrlKey: true });
    const input = document.querySelector<HTMLInputElement>("[role=combobox]");
    expect(document.activeElement).toBe(input);
    if (input) input.value = "insert above";
    input?.dispatchEvent(new Event("input"));
    const options = document.querySelectorAll("[role=option]");
    expect([...options].map((o) => o.querySelector(".palette-title")?.textContent)).toEqual([
      "Insert cell above",
    ]);
    expect(input?.getAttribute("aria-activedescendant")).toBe(options[0].id);
  });
});

describe("what the shell asks", () => {
  it("inserts text where the reader wrote last, else into a new cell below", async () => {
    f = openView(three());
    f.view.insert("lanes");
    await settle();
    expect(f.ids()).toEqual([1, 2, 3, 4]);
    expect(f.view.notebook().cells[3]).toMatchObject({ mode: "js", value: "lanes" });
    f.view.insert(".genes");
    expect(f.view.notebook().cells[3].value).toBe("lanes.genes");
    expect(f.ids()).toEqual([1, 2, 3, 4]);
  });

  it("unfolds and folds all, and takes the focus", () => {
    f = openView(three());
    f.view.command("unfold-all");
    expect(document.querySelectorAll(".cell[data-open]")).toHaveLength(3);
    f.view.command("fold-all");
    expect(document.querySelectorAll(".cell[data-open]")).toHaveLength(0);
    f.view.command("focus");
    expect(document.activeElement).toBe(f.cell(1));
  });

  it("opens another document afresh, with nothing to undo", () => {
    f = openView(three());
    f.press("j");
    f.press("d");
    f.press("d");
    f.view.setPlacard({ text: "Stopped.", action: { label: "Run", run: () => {} } });
    expect(document.querySelector(".placard")?.textContent).toContain("Stopped.");
    const next = notebookOf(cellOf(1, "other"));
    f.view.open({ notebook: next, readOnly: false, dark: true, run: true });
    expect(document.querySelector(".placard")).toBeNull();
    expect(f.ids()).toEqual([1]);
    f.view.command("undo");
    expect(f.view.notebook()).toBe(next);
  });
});

describe("read-only", () => {
  it("has no way to edit, and still unfolds and runs", () => {
    f = openView(three(), { readOnly: true });
    f.press("j");
    f.press("j");
    for (const key of ["d", "d", "b", "m", "x", "p"]) f.press(key);
    f.press("M", { shiftKey: true });
    f.view.command("add-cell");
    f.view.insert("text");
    expect(f.ids()).toEqual([1, 2, 3]);
    expect(f.calls.some(([name]) => name === "changed")).toBe(false);
    f.press("o");
    expect(f.cell(2).hasAttribute("data-open")).toBe(true);
    expect(f.cell(2).querySelector<HTMLElement>(".bar-type")?.hidden).toBe(true);
    expect(f.cell(2).querySelector<HTMLElement>(".cell-menu")?.hidden).toBe(true);
    f.press("Enter", { ctrlKey: true });
    expect(runs()).toEqual([[2]]);
  });
});

describe("the page while cells run", () => {
  it("gives the focus back to a control that was made anew", async () => {
    f = openView(three());
    const fill = () => f.view.output(3)?.replaceChildren(document.createElement("input"));
    fill();
    f.view.output(3)?.querySelector("input")?.focus();
    f.view.report(3, { state: "pending" });
    fill();
    expect(document.activeElement).toBe(document.body);
    f.view.report(3, { state: "fulfilled", ms: 1 });
    await vi.advanceTimersByTimeAsync(100);
    expect(document.activeElement).toBe(f.view.output(3)?.querySelector("input"));
  });

  it("keeps a cell's root through edits and moves", () => {
    f = openView(three());
    const root = f.view.output(1);
    f.press("j");
    f.press("ArrowDown", { altKey: true });
    f.press("y");
    expect(f.view.output(1)).toBe(root);
    expect(f.view.output(99)).toBeNull();
    f.view.report(99, { state: "pending" });
  });
});
