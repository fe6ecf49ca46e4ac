// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { selection } from "../../src/base/selection.ts";
import { resultsTable } from "../../src/grid/results-table.ts";
import { float64, makeTable, utf8 } from "../../src/tables/index.ts";

beforeEach(() => vi.stubGlobal("requestAnimationFrame", (act: () => void) => (act(), 1)));
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const table = makeTable({
  gene_id: utf8(["g1", "g2", "g3", "g2"]),
  padj: float64([0.1, 0.2, 0.3, 0.4]),
});

describe("a table that shares a selection", () => {
  it("shows what is selected elsewhere, in every row of a gene", () => {
    const picked = selection();
    picked.select({ genes: ["g2"] });
    const grid = resultsTable(table, { selection: picked });
    document.body.append(grid);
    expect(grid.value.map((row) => row.padj)).toEqual([0.2, 0.4]);
    let told = 0;
    grid.addEventListener("input", () => ++told);
    picked.select({ genes: ["g3", "elsewhere"] });
    expect(grid.value.map((row) => row.gene_id)).toEqual(["g3"]);
    expect(told).toBe(1);
  });

  it("tells what is selected in it, and keeps what it does not have", () => {
    const picked = selection();
    picked.select({ genes: ["elsewhere"], samples: ["s1"] });
    const grid = resultsTable(table, { selection: picked });
    document.body.append(grid);
    grid.querySelector<HTMLElement>('.eg-body input[type="checkbox"]')!.click();
    expect(picked.value).toEqual({ genes: ["elsewhere", "g1"], samples: ["s1"] });
    expect(grid.value.map((row) => row.gene_id)).toEqual(["g1"]);
  });

  it("refuses a table without ids, and what is no selection", () => {
    const plain = makeTable({ x: float64([1]) });
    expect(() => resultsTable(plain, { selection: selection() })).toThrow("gene_id or sample_id");
    expect(() => resultsTable(table, { selection: {} as never })).toThrow("not a selection");
  });
});
