// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  resultsTable,
  type ResultsTable,
  type ResultsTableOptions,
} from "../../src/grid/results-table.ts";
import { factor, float64, int32, makeTable, utf8, type Table } from "../../src/tables/index.ts";

const small = (): Table =>
  makeTable([
    ["gene_id", utf8(["g1", "g2", "g3", "g4", "g5"])],
    ["symbol", utf8(["Vgf", null, "Atf3", "Gal", "Ina"])],
    ["log2FoldChange", float64([1.5, -2.25, NaN, 0.003, 12])],
    ["padj", float64([0.04, 0, NaN, 1e-12, 0.5])],
    ["hour", factor(["h72", "h0", "h24", "h0", null], ["h0", "h24", "h72"])],
    ["n", int32([3, 1, 2, 1, 100000])],
  ]);

function shown(table: Table = small(), options?: ResultsTableOptions): ResultsTable {
  const node = resultsTable(table, options);
  document.body.append(node);
  return node;
}

const rowsOf = (node: HTMLElement): string[][] =>
  [...node.querySelectorAll<HTMLElement>(".eg-body .eg-row")]
    .filter((row) => !row.hidden)
    .sort((a, b) => Number(a.dataset.at) - Number(b.dataset.at))
    .map((row) =>
      [...row.querySelectorAll(".eg-cell:not(.eg-check)")].map((cell) => cell.textContent ?? ""),
    );
const column = (node: HTMLElement, j: number): string[] => rowsOf(node).map((row) => row[j]);
const count = (node: HTMLElement): string => node.querySelector("[role=status]")!.textContent!;
const heads = (node: HTMLElement): HTMLElement[] => [
  ...node.querySelectorAll<HTMLElement>("[role=columnheader]:not(.eg-check)"),
];
const grid = (node: HTMLElement): HTMLElement => node.querySelector<HTMLElement>("[role=grid]")!;
const settle = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function clickHead(node: HTMLElement, j: number): Promise<void> {
  heads(node)[j].querySelector("button")!.click();
  await settle();
}

function press(node: HTMLElement, key: string, extra: KeyboardEventInit = {}): void {
  grid(node).focus();
  grid(node).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...extra }),
  );
}

async function type(node: HTMLElement, label: string, text: string): Promise<void> {
  const input = node.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)!;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await settle(150);
}

afterEach(() => document.body.replaceChildren());

describe("what it shows", () => {
  it("writes numbers, p-values and missing values", () => {
    const node = shown();
    expect(column(node, 2)).toEqual(["1.500", "−2.250", "–missing", "0.003", "12.000"]);
    expect(column(node, 3)).toEqual(["0.04", "< 1e-300", "–missing", "1.00e-12", "0.5"]);
    expect(column(node, 5)).toEqual(["3", "1", "2", "1", "100,000"]);
    expect(column(node, 1)[1]).toBe("–missing");
  });

  it("says how much there is", () => {
    expect(count(shown())).toBe("5 rows, 6 columns");
    expect(count(shown(small(), { columns: ["padj"] }))).toBe("5 rows, 1 of 6 columns");
    const one = makeTable([["a", int32([1])]]);
    expect(count(shown(one))).toBe("1 row, 1 column");
  });

  it("has the parts of a grid", () => {
    const node = shown();
    expect(grid(node).getAttribute("aria-rowcount")).toBe("6");
    expect(grid(node).getAttribute("aria-colcount")).toBe("7");
    expect(heads(node).map((head) => head.getAttribute("aria-sort"))).toEqual(
      Array(6).fill("none"),
    );
    const row = node.querySelector<HTMLElement>(".eg-body .eg-row")!;
    expect(row.getAttribute("aria-rowindex")).toBe("2");
    expect(row.getAttribute("aria-selected")).toBe("false");
    expect(heads(node)[4].querySelector(".eg-type")!.textContent).toBe("3 levels");
  });

  it("draws only the rows in view", () => {
    const n = 50_000;
    const node = shown(makeTable([["i", int32(Int32Array.from({ length: n }, (_, i) => i))]]), {
      rows: 10,
    });
    expect(rowsOf(node).length).toBeLessThan(30);
    expect(node.querySelector<HTMLElement>(".eg-body")!.style.height).toBe(`${n * 28}px`);
    press(node, "End", { ctrlKey: true });
    expect(column(node, 0).at(-1)).toBe("49,999");
  });

  it("shows a table of no rows", () => {
    const node = shown(makeTable([["a", utf8([])]]));
    expect(node.textContent).toContain("No rows.");
    expect(count(node)).toBe("0 rows, 1 column");
    press(node, "ArrowDown");
    expect(node.value).toEqual([]);
  });

  it("takes the formats and columns that it is given", () => {
    const node = shown(small(), {
      columns: ["padj", "symbol"],
      format: { padj: (v) => `p=${String(v)}` },
    });
    expect(rowsOf(node)[0]).toEqual(["p=0.04", "Vgf"]);
    expect(rowsOf(node)[2]).toEqual(["–missing", "Atf3"]);
  });

  it("profiles its columns", async () => {
    const node = shown();
    await vi.waitFor(() =>
      expect(heads(node)[5].querySelector(".eg-facts")!.textContent).not.toBe(""),
    );
    expect(heads(node)[2].textContent).toContain("1 missing, all different");
    expect(heads(node)[2].querySelector(".eg-hidden")!.textContent).toContain(
      "from −2.25 to 12.00",
    );
    expect(heads(node)[3].querySelector(".eg-hidden")!.textContent).toContain(
      "from < 1e-300 to 0.5",
    );
    expect(heads(node)[4].querySelectorAll("rect")).toHaveLength(3);
    expect(heads(node)[4].querySelector(".eg-hidden")!.textContent).toContain(
      "h0: 2, h24: 1, h72: 1",
    );
  });

  it("puts its styles into the document once", () => {
    shown();
    shown();
    expect(document.querySelectorAll("style[data-engrailed-grid]")).toHaveLength(1);
  });
});

describe("sorting", () => {
  it("goes up, down and back, missing last either way", async () => {
    const node = shown();
    await clickHead(node, 3);
    expect(column(node, 0)).toEqual(["g2", "g4", "g1", "g5", "g3"]);
    expect(heads(node)[3].getAttribute("aria-sort")).toBe("ascending");
    await clickHead(node, 3);
    expect(column(node, 0)).toEqual(["g5", "g1", "g4", "g2", "g3"]);
    expect(heads(node)[3].getAttribute("aria-sort")).toBe("descending");
    await clickHead(node, 3);
    expect(column(node, 0)).toEqual(["g1", "g2", "g3", "g4", "g5"]);
    expect(heads(node)[3].getAttribute("aria-sort")).toBe("none");
  });

  it("puts factors in level order and text in code-point order, ties as in the table", async () => {
    const node = shown();
    await clickHead(node, 4);
    expect(column(node, 0)).toEqual(["g2", "g4", "g3", "g1", "g5"]);
    await clickHead(node, 1);
    expect(column(node, 1)).toEqual(["Atf3", "Gal", "Ina", "Vgf", "–missing"]);
    await clickHead(node, 5);
    expect(column(node, 0)).toEqual(["g2", "g4", "g3", "g1", "g5"]);
  });

  it("starts sorted when told", async () => {
    const node = shown(small(), { sort: { column: "n", descending: true } });
    await settle();
    expect(column(node, 0)[0]).toBe("g5");
    expect(heads(node)[5].getAttribute("aria-sort")).toBe("descending");
  });
});

describe("finding", () => {
  it("searches all text", async () => {
    const node = shown();
    await type(node, "Search the table", "ATF");
    expect(column(node, 0)).toEqual(["g3"]);
    expect(count(node)).toBe("1 of 5 rows (filtered), 6 columns");
    await type(node, "Search the table", "h0");
    expect(column(node, 0)).toEqual(["g2", "g4"]);
  });

  it("filters by text and by range, missing values out", async () => {
    const node = shown();
    await type(node, "log2FoldChange from", "-3");
    expect(column(node, 0)).toEqual(["g1", "g2", "g4", "g5"]);
    await type(node, "log2FoldChange to", "1.5");
    expect(column(node, 0)).toEqual(["g1", "g2", "g4"]);
    await type(node, "hour contains", "h0");
    expect(column(node, 0)).toEqual(["g2", "g4"]);
    const clear = [...node.querySelectorAll("button")].find(
      (b) => b.textContent === "Show all rows",
    )!;
    expect(clear.hidden).toBe(false);
    clear.click();
    await settle();
    expect(column(node, 0)).toHaveLength(5);
    expect(node.querySelector<HTMLInputElement>('[aria-label="hour contains"]')!.value).toBe("");
  });

  it("marks a bound that is no number, and does not filter by it", async () => {
    const node = shown();
    await type(node, "n from", "many");
    const input = node.querySelector<HTMLInputElement>('[aria-label="n from"]')!;
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(column(node, 0)).toHaveLength(5);
    await type(node, "n from", "2");
    expect(input.hasAttribute("aria-invalid")).toBe(false);
    expect(column(node, 0)).toEqual(["g1", "g3", "g5"]);
  });
});

describe("keys and selection", () => {
  it("moves an active cell that a screen reader follows", () => {
    const node = shown();
    press(node, "ArrowDown");
    press(node, "ArrowRight");
    const active = document.getElementById(grid(node).getAttribute("aria-activedescendant")!)!;
    expect(active.closest<HTMLElement>(".eg-row")!.dataset.at).toBe("1");
    expect(active.getAttribute("aria-colindex")).toBe("3");
    press(node, "End");
    press(node, "ArrowUp");
    press(node, "ArrowUp");
    expect(grid(node).getAttribute("aria-activedescendant")).toBe(heads(node)[5].id);
  });

  it("sorts from the keyboard", async () => {
    const node = shown();
    press(node, "ArrowUp");
    press(node, "End");
    press(node, "Enter");
    await settle();
    expect(heads(node)[5].getAttribute("aria-sort")).toBe("ascending");
  });

  it("gives the selected rows as objects, with an input event", () => {
    const node = shown();
    const heard = vi.fn();
    node.addEventListener("input", heard);
    expect(node.value).toEqual([]);
    press(node, "ArrowDown");
    press(node, " ");
    expect(heard).toHaveBeenCalledTimes(1);
    expect(node.value).toEqual([
      { gene_id: "g2", symbol: null, log2FoldChange: -2.25, padj: 0, hour: "h0", n: 1 },
    ]);
    press(node, "ArrowDown", { shiftKey: true });
    expect(node.value.map((row) => row.gene_id)).toEqual(["g2", "g3"]);
    expect(count(node)).toBe("5 rows, 6 columns, 2 selected");
    press(node, "Escape");
    expect(node.value).toEqual([]);
    press(node, "a", { ctrlKey: true });
    expect(node.value).toHaveLength(5);
  });

  it("keeps the selection while it is sorted and filtered", async () => {
    const node = shown();
    node.querySelector<HTMLInputElement>(".eg-body .eg-row .eg-check input")!.click();
    expect(node.value.map((row) => row.gene_id)).toEqual(["g1"]);
    await clickHead(node, 3);
    await type(node, "Search the table", "g5");
    expect(node.value.map((row) => row.gene_id)).toEqual(["g1"]);
    node.querySelector<HTMLInputElement>('[aria-label="select all rows shown"]')!.click();
    expect(node.value.map((row) => row.gene_id)).toEqual(["g1", "g5"]);
  });

  it("selects one, or none", () => {
    const one = shown(small(), { select: "one" });
    press(one, " ");
    press(one, "ArrowDown");
    press(one, " ");
    expect(one.value.map((row) => row.gene_id)).toEqual(["g2"]);
    const none = shown(small(), { select: "none" });
    press(none, " ");
    expect(none.value).toEqual([]);
    expect(none.querySelector("input[type=checkbox]")).toBeNull();
  });

  it("does not leak the events of its own fields", async () => {
    const node = shown();
    const heard = vi.fn();
    node.addEventListener("input", heard);
    await type(node, "Search the table", "g");
    await type(node, "n from", "1");
    expect(heard).not.toHaveBeenCalled();
  });
});

describe("options", () => {
  it.each([
    [{ column: ["padj"] }, /unknown option: column/, /Did you mean columns/],
    [{ columns: ["pajd"] }, /no such column: pajd/, /Did you mean padj/],
    [{ sort: "nope" }, /no such column to sort by: nope/, /Columns shown are/],
    [{ sort: { column: "n", desc: true } }, /unknown option: desc/, /descending/],
    [{ rows: 0 }, /invalid rows: 0/, /whole number/],
    [{ select: "some" }, /invalid select: some/, /"many"/],
    [{ format: { x: String } }, /no such column: x/, /Columns are/],
  ])("refuses %j", (options, message, help) => {
    let thrown: { message: string; details: { help: string } } | null = null;
    try {
      resultsTable(small(), options as ResultsTableOptions);
    } catch (error) {
      thrown = error as never;
    }
    expect(thrown!.message).toMatch(message);
    expect(thrown!.details.help).toMatch(help);
  });

  it("refuses what is no table", () => {
    expect(() => resultsTable([1, 2] as never)).toThrow(/not a table: an array/);
  });
});

describe("download", () => {
  it("saves the rows shown, in their order, or all", async () => {
    const blobs: Blob[] = [];
    URL.createObjectURL = (blob) => `blob:${blobs.push(blob as Blob)}`;
    URL.revokeObjectURL = () => {};
    const clicked: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      clicked.push(this.download);
    });
    const node = shown(small(), { columns: ["gene_id", "padj"], sort: "padj", name: "results" });
    await type(node, "padj to", "0.1");
    const choose = (label: string): void =>
      node.querySelector<HTMLElement>(`[aria-label="${label}"]`)!.click();
    choose("What is shown as CSV");
    choose("All as CSV");
    await vi.waitFor(() => expect(clicked).toHaveLength(2));
    const text = (blob: Blob): Promise<string> =>
      new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.readAsText(blob);
      });
    expect(await text(blobs[0])).toBe("gene_id,padj\ng2,0\ng4,1e-12\ng1,0.04\n");
    expect((await text(blobs[1])).split("\n")).toHaveLength(7);
    expect(clicked).toEqual(["results.csv", "results.csv"]);
    click.mockRestore();
  });
});
