import "../../src/base/theme.css";
import { resultsTable, type ResultsTableOptions } from "../../src/grid/results-table.ts";
import {
  factor,
  float64,
  int32,
  makeTable,
  utf8,
  bool,
  type Table,
} from "../../src/tables/index.ts";

/** A small generator, so that every run sees the same numbers. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** A results table as differential expression gives it: long tails, zeros, missing values with reasons. */
function results(n: number): Table {
  const random = seeded(7);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(6.2831853 * random());
  const baseMean = new Float64Array(n);
  const change = new Float64Array(n);
  const stat = new Float64Array(n);
  const p = new Float64Array(n);
  const padj = new Float64Array(n);
  const reason: (string | null)[] = [];
  for (let i = 0; i < n; ++i) {
    baseMean[i] = Math.exp(normal() * 2.2 + 5);
    change[i] = normal() * (i % 9 === 0 ? 2.1 : 0.4);
    stat[i] = change[i] * 3.1;
    p[i] = i === 2 ? 0 : Math.exp(-Math.abs(stat[i]) * (1 + random() * 2));
    padj[i] = i === 2 ? 0 : Math.min(1, p[i] * 3);
    reason.push(i % 23 === 5 ? "filtered" : i % 97 === 8 ? "outlier" : null);
    if (reason[i]) padj[i] = NaN;
    if (reason[i] === "outlier") p[i] = NaN;
  }
  return makeTable([
    [
      "gene_id",
      utf8(
        Array.from({ length: n }, (_, i) => `ENSMUSG${String(i * 37 + 1001).padStart(11, "0")}`),
      ),
    ],
    [
      "symbol",
      utf8(
        Array.from({ length: n }, (_, i) =>
          i % 31 === 7
            ? null
            : (["Atf3", "Gal", "Vgf", "Nupr1", "Sprr1a", "Timp1"][i] ?? `Gm${i * 13 + 1000}`),
        ),
      ),
    ],
    ["baseMean", float64(baseMean)],
    ["log2FoldChange", float64(change)],
    ["stat", float64(stat)],
    ["pvalue", float64(p)],
    ["padj", float64(padj)],
    ["reason", factor(reason, ["all zero", "outlier", "filtered"])],
  ]);
}

/** Sixty thousand rows by twelve columns of every kind. */
function wide(n = 60_000): Table {
  const random = seeded(11);
  const numbers = (): Float64Array => Float64Array.from({ length: n }, () => random() * 1000 - 200);
  return makeTable([
    ["id", utf8(Array.from({ length: n }, (_, i) => `row ${i}`))],
    ["group", factor(Array.from({ length: n }, (_, i) => ["a", "b", "c", null][i % 4]))],
    ["whole", int32(Int32Array.from({ length: n }, () => Math.floor(random() * 1e6)))],
    ["flag", bool(Array.from({ length: n }, (_, i) => i % 3 === 0))],
    ...Array.from({ length: 8 }, (_, k): [string, ReturnType<typeof float64>] => [
      `x${k + 1}`,
      float64(numbers()),
    ]),
  ]);
}

/** More rows than a browser can lay out. */
function tall(n: number): Table {
  return makeTable([["i", int32(Int32Array.from({ length: n }, (_, i) => i))]]);
}

function show(
  table: Table,
  options?: ResultsTableOptions,
  parent: HTMLElement = document.body,
): number {
  const start = performance.now();
  const node = resultsTable(table, options);
  parent.append(node);
  node.getBoundingClientRect();
  const ms = performance.now() - start;
  Object.assign(globalThis, { shown: node });
  return ms;
}

document.body.style.cssText =
  "background: var(--paper); color: var(--ink); margin: 24px; font-family: var(--font-text)";
const scratch = {
  results,
  wide,
  tall,
  show,
  resultsTable,
  setTheme: (name: string) => void (document.documentElement.dataset.theme = name),
};
export type GridScratch = typeof scratch;
Object.assign(globalThis, { scratch, gridPage: scratch });
