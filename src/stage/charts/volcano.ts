import { ticks as niceTicks } from "d3";
import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { frameOptions, type ChartElement } from "./frame.ts";
import {
  absentNote,
  classCounts,
  contrastNote,
  geneScatterOptions,
  namedRows,
  scatterChart,
  scatterGenes,
  type GeneScatterOptions,
  type ScatterGenes,
} from "./gene-scatter.ts";
import type { ScatterAxis, ScatterRule } from "./gene-scatter-plan.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import type { ChartData } from "./source.ts";

export interface VolcanoOptions extends GeneScatterOptions {
  /** What stands up: "pvalue" (default) or "padj". */
  readonly y?: "pvalue" | "padj";
  /** p-values below it are triangles at the top; 1e-300 by default, where a p-value may be a zero that underflowed. */
  readonly pLimit?: number;
}

/**
 * Fold changes and p-values of all genes of a results table: significantly higher ones as filled points, lower ones as rings, the most significant and the chosen
 * ones named. p-values at the limit and changes beyond the axis are triangles. Points are a canvas, so that 60,000 genes draw at once. Click, lasso and keys select.
 */
export function volcano(data: ChartData, options?: VolcanoOptions): ChartElement {
  const given = checkOptions("volcano", options, [
    ...geneScatterOptions,
    "y",
    "pLimit",
    ...frameOptions,
  ]);
  const y = checkOneOf("volcano", "y", given.y, ["pvalue", "padj"], "pvalue");
  const pLimit = given.pLimit ?? 1e-300;
  if (!(typeof pLimit === "number" && pLimit > 0 && pLimit < 1))
    throw argumentError(`volcano: invalid pLimit: ${String(pLimit)}`, {
      help: "It is a p-value above 0 and below 1.",
    });
  const genes = scatterGenes("volcano", data, given, (results) => {
    const p = results[y];
    return (i) => p[i] >= 0 && p[i] <= 1 && !Number.isNaN(results.log2FoldChange[i]);
  });
  const { results, codes, limit } = genes;
  const p = results[y];
  const n = results.n;
  const xs = new Float64Array(n);
  const ys = new Float64Array(n);
  const pointing = new Uint8Array(n);
  const most = -Math.log10(pLimit);
  let top = 0;
  let under = 0;
  let beside = 0;
  for (let i = 0; i < n; ++i) {
    if (codes[i] === 255) continue;
    // 0 - keeps -0 out of the picture.
    const change = results.log2FoldChange[i];
    xs[i] = Math.max(-limit, Math.min(limit, change)) + 0;
    ys[i] = p[i] < pLimit ? most : 0 - Math.log10(p[i]) + 0;
    if (p[i] < pLimit) {
      pointing[i] = 1;
      ++under;
    } else if (Math.abs(change) > limit) {
      pointing[i] = change > 0 ? 2 : 4;
      ++beside;
    }
    if (ys[i] > top) top = ys[i];
  }
  const x: ScatterAxis = {
    title: "log₂ fold change",
    domain: [-limit * 1.05, limit * 1.05],
    ticks: (room) => niceTicks(-limit * 1.05, limit * 1.05, Math.max(3, Math.round(room / 80))),
    format: formatTick,
  };
  const end = top > 0 ? top * 1.05 : 1;
  const yAxis: ScatterAxis = {
    title: y === "padj" ? "−log₁₀ adjusted p" : "−log₁₀ p",
    domain: [0, end],
    ticks: (room) => niceTicks(0, end, Math.max(2, Math.round(room / 60))),
    format: formatTick,
  };
  const counts = classCounts(codes);
  const drawn = counts.none + counts.up + counts.down;
  const notes = [...contrastNote(results)];
  if (drawn && counts.up + counts.down === 0)
    notes.push(`No gene is significant at padj < ${formatNumber(results.alpha)}.`);
  if (beside)
    notes.push(
      `${formatNumber(beside)} ${beside === 1 ? "gene" : "genes"} beyond ±${formatNumber(limit)}: triangles at the sides.`,
    );
  if (under)
    notes.push(
      `${formatNumber(under)} ${under === 1 ? "gene" : "genes"} with p < ${pText(pLimit)}: triangles at the top.`,
    );
  notes.push(...absentNote(genes, y === "padj" ? "adjusted p-value" : "p-value"));
  return scatterChart(
    "volcano",
    "Volcano plot",
    {
      results,
      codes,
      xs,
      ys,
      pointing,
      x,
      y: yAxis,
      changes: "x",
      rules: rulesOf(genes, y),
      ...namedRows("volcano", genes, given),
      counts,
      threshold: genes.threshold,
      beyond: under ? `p < ${pText(pLimit)}` : beside ? "beyond the axis" : null,
      notes,
      empty: drawn ? null : n ? "No gene has a p-value." : "There are no genes.",
      height: given.height,
      ranked: genes.ranked,
    },
    given,
    "volcano",
  );
}

function pText(p: number): string {
  return p <= 1e-4 ? p.toExponential().replace("e-", "e-") : formatNumber(p);
}

/** Zero, the fold-change threshold, and the p-value that the adjusted one at alpha corresponds to. */
function rulesOf({ results, codes, threshold }: ScatterGenes, y: "pvalue" | "padj"): ScatterRule[] {
  const rules: ScatterRule[] = [{ axis: "x", at: 0, dashed: false }];
  if (threshold > 0)
    for (const at of [-threshold, threshold]) rules.push({ axis: "x", at, dashed: true });
  const text = `padj ${formatNumber(results.alpha)}`;
  if (y === "padj") {
    rules.push({ axis: "y", at: -Math.log10(results.alpha), dashed: true, text });
    return rules;
  }
  // Between the largest p that is significant and the smallest that is not.
  let last = -Infinity;
  for (let i = 0; i < codes.length; ++i)
    if (codes[i] !== 255 && results.padj[i] < results.alpha)
      last = Math.max(last, results.pvalue[i]);
  if (last > 0) rules.push({ axis: "y", at: -Math.log10(last), dashed: true, text });
  return rules;
}
