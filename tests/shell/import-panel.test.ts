// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readError, toPlain } from "../../src/base/errors.ts";
import { foreignAddress } from "../../src/shell/foreign-address.ts";
import { openImportPanel, type ImportChoice } from "../../src/shell/import-panel.ts";
import { namedFiles } from "../../src/shell/named-files.ts";
import type { ImportDoor } from "../../src/shell/ports.ts";
import type { ImportFiles, ImportOptions, InspectedFile } from "../../src/protocol/import.ts";
import { found, noImports, table } from "./support/imports.ts";

const files = [
  { name: "counts.csv", blob: new Blob(["x"]) },
  { name: "sheet.csv", blob: new Blob(["y"]) },
];
const both = [table("counts", ["gene_id", "s1"]), table("samples", ["sample_id", "tissue"])];

let calls: { files: ImportFiles; options: ImportOptions; signal?: AbortSignal }[];
let choice: Promise<ImportChoice | null>;

function open(
  inspected: readonly InspectedFile[],
  { here = true, engine = {} }: { here?: boolean; engine?: Partial<ImportDoor> } = {},
): void {
  choice = openImportPanel({
    files,
    inspected: Promise.resolve(inspected),
    engine: {
      ...noImports,
      previewExperiment: async (given, options, call = {}) => {
        calls.push({ files: given, options, signal: call.signal });
        return found;
      },
      ...engine,
    },
    notices: { show: () => () => undefined, error: () => undefined },
    here,
    life: new AbortController(),
  });
}

const text = () => document.querySelector("dialog")?.textContent ?? "";
const button = (name: string) =>
  [...document.querySelectorAll("button")].find((one) => one.textContent === name)!;
const field = (label: string) => {
  const found = [...document.querySelectorAll("label")].find((one) => one.textContent === label);
  return document.getElementById(found!.htmlFor) as HTMLSelectElement;
};
const set = (control: HTMLSelectElement | HTMLInputElement, value: string) => {
  control.value = value;
  control.dispatchEvent(new Event(control.tagName === "INPUT" ? "input" : "change"));
};
const ready = () => vi.waitFor(() => expect(text()).toContain("1,200 genes × 4 samples, counts"));

beforeEach(() => {
  document.body.innerHTML = "";
  calls = [];
  HTMLDialogElement.prototype.showModal = function () {
    this.setAttribute("open", "");
  };
  HTMLDialogElement.prototype.close = function () {
    this.removeAttribute("open");
    this.dispatchEvent(new Event("close"));
  };
});
afterEach(() => document.querySelector("dialog")?.close());

describe("the import panel", () => {
  test("says what each file is, reads them, and reports with words beside colours", async () => {
    open(both);
    await ready();
    expect(text()).toContain("a table (CSV, TSV) · 1 bytes");
    const report = [...document.querySelectorAll(".import-report li")].map((li) => li.textContent);
    expect(report).toEqual(["WarningOdd library: s1.", "NoteTaken as counts."]);
    expect(text()).toContain("4 of 4 samples found in column sample_id");
    expect(text()).toContain("Only in the sheet: s9");
    expect(calls[0].files.samples.map(({ name }) => name)).toEqual(["sheet.csv"]);
    expect(calls[0].options).toEqual({});
  });

  test("passes choices on, and opens with the plan that was shown last", async () => {
    open(both);
    await ready();
    set(field("Several rows of one gene"), "sum");
    set(field("Sample names meet"), "strip");
    expect(button("Add to this notebook").disabled).toBe(true);
    await vi.waitFor(() => expect(text()).toContain("Say which part of the names"));
    set(field("Part to take out"), "_x$");
    await vi.waitFor(() =>
      expect(calls.at(-1)?.options).toEqual({ duplicates: "sum", join: { strip: /_x$/ } }),
    );
    set(field("Reference of tissue"), "liver");
    await vi.waitFor(() => expect(calls.at(-1)?.options.reference).toEqual({ tissue: "liver" }));
    await vi.waitFor(() => expect(button("Add to this notebook").disabled).toBe(false));
    button("Add to this notebook").click();
    expect(await choice).toMatchObject({
      where: "here",
      plan: { options: { duplicates: "sum", reference: { tissue: "liver" } } },
    });
    expect(document.querySelector("dialog")).toBeNull();
  });

  test("a file left out is not read; without counts it says so", async () => {
    open(both, { here: false });
    await ready();
    const [counts, sheet] = document.querySelectorAll<HTMLSelectElement>(".import-file select");
    set(sheet, "");
    await vi.waitFor(() => expect(calls.at(-1)?.files.samples).toEqual([]));
    set(counts, "genes");
    await vi.waitFor(() => expect(text()).toContain("Say which file holds the counts."));
    expect(button("Open").disabled).toBe(true);
    expect(button("Add to this notebook")).toBeUndefined();
  });

  test("an error stands in place, with line and column and what to do", async () => {
    const wrong = readError("not a number: many", {
      file: "counts.csv",
      line: 3,
      column: 2,
      help: "Mend the cell.",
    });
    open(both, {
      engine: {
        previewExperiment: async () => ({ found: null, problem: toPlain(wrong), join: null }),
      },
    });
    await vi.waitFor(() =>
      expect(text()).toContain("counts.csv, line 3, column 2: not a number: many."),
    );
    expect(text()).toContain("Mend the cell.");
    expect(button("New notebook").disabled).toBe(true);
    expect(button("Attach only").disabled).toBe(false);
    button("Attach only").click();
    expect(await choice).toEqual({ where: "attach" });
  });

  test("Stop ends the reading and closing ends the rest", async () => {
    open(both, {
      engine: {
        previewExperiment: (given, options, call = {}) => {
          calls.push({ files: given, options, signal: call.signal });
          call.onProgress?.({ label: "Reading counts.csv", done: 1, total: 4 });
          return new Promise((_, reject) =>
            call.signal?.addEventListener("abort", () =>
              reject(new DOMException("stopped", "AbortError")),
            ),
          );
        },
      },
    });
    await vi.waitFor(() => expect(text()).toContain("Reading counts.csv: 25 %"));
    button("Stop").click();
    expect(calls[0].signal?.aborted).toBe(true);
    await vi.waitFor(() => expect(button("Read").hidden).toBe(false));
    expect(text()).toContain("Stopped.");
    button("Read").click();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    document.querySelector("dialog")!.close();
    expect(await choice).toBeNull();
    expect(calls[1].signal?.aborted).toBe(true);
  });

  test("shows names from files as text", async () => {
    open([table("counts", ["<img src=x onerror=alert(1)>"]), both[1]]);
    await ready();
    expect(document.querySelector("dialog img")).toBeNull();
  });
});

describe("files and addresses", () => {
  test("two files of one name get names of their own", () => {
    const all = ["a.csv.gz", "a.csv.gz", "b", "b"].map((name) => new File([], name));
    expect(namedFiles(all).map(({ name }) => name)).toEqual(["a.csv.gz", "a-2.csv.gz", "b", "b-2"]);
  });

  test.each([
    ["https://www.ncbi.nlm.nih.gov/x.txt.gz", "https://www.ncbi.nlm.nih.gov/x.txt.gz"],
    ["# a comment\r\nhttp://a.example/b\r\n", "http://a.example/b"],
    ["https://example.org/app/notebooks/a.html", null],
    ["javascript:alert(1)", null],
    ["see https://a.example", null],
    ["https://", null],
    ["", null],
  ])("%s is the address of another site, or is not", (given, href) => {
    expect(foreignAddress(given, "https://example.org/app/")?.href ?? null).toBe(href);
  });
});
