import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { readAxes, shownAxis } from "./axis-options.ts";
import { frameOptions, type ChartElement } from "./frame.ts";
import {
  changeRules,
  geneScatterOptions,
  scatterChart,
  scatterGenes,
  type GeneScatterOptions,
  type ScatterGenes,
} from "./gene-scatter.ts";
import { placeGenes } from "./gene-scatter-place.ts";
import type { ScatterRule } from "./gene-scatter-plan.ts";
import { formatNumber } from "./numbers.ts";
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
  const axes = readAxes("volcano", given.axes, { x: ["linear"], y: ["linear"] });
  const p = results[y];
  const most = -Math.log10(pLimit);
  const placed = placeGenes(
    codes,
    { at: (i) => results.log2FoldChange[i], within: axes.x.domain ?? [-limit, limit] },
    {
      at: (i) => (p[i] < pLimit ? Infinity : -Math.log10(p[i])),
      within: axes.y.domain ?? [0, most],
    },
  );
  const top = placed.ys.reduce((a, b) => Math.max(a, b), 0);
  const ends = limit * 1.05;
  const { up, down, left, right } = placed.beyond;
  // Names of what stands at the limit need room above it.
  const headroom = up ? 1.14 : 1.05;
  const own = !axes.y.domain;
  return scatterChart(
    {
      name: "volcano",
      kind: "Volcano plot",
      where: "volcano",
      genes,
      placed,
      x: shownAxis({ title: "log₂ fold change", domain: [-ends, ends], spacing: 80 }, axes.x),
      y: shownAxis(
        {
          title: y === "padj" ? "−log₁₀ adjusted p" : "−log₁₀ p",
          domain: [0, top > 0 ? top * headroom : 1],
          spacing: 60,
        },
        axes.y,
      ),
      changes: "x",
      rules: [...changeRules(genes, "x"), ...significance(genes, y)],
      beyond: [
        own
          ? { n: left + right, past: `beyond ±${formatNumber(limit)}`, where: "at the sides" }
          : { n: left + right + down, past: "beyond the axes", where: "at the edge" },
        own
          ? { n: up, past: `with p < ${pText(pLimit)}`, where: "at the top" }
          : { n: up, past: "above the axis", where: "at the top" },
      ],
      lack: y === "padj" ? "adjusted p-value" : "p-value",
      empty: "No gene has a p-value.",
      legend: up && own ? `p < ${pText(pLimit)}` : "beyond the axis",
    },
    given,
  );
}

function pText(p: number): string {
  return p <= 1e-4 ? p.toExponential().replace("e-", "e-") : formatNumber(p);
}

/** The p-value that the adjusted one at alpha corresponds to: between the largest p that is significant and the smallest that is not. */
function significance({ results, codes }: ScatterGenes, y: "pvalue" | "padj"): ScatterRule[] {
  const text = `padj ${formatNumber(results.alpha)}`;
  if (y === "padj") return [{ axis: "y", at: -Math.log10(results.alpha), dashed: true, text }];
  let last = -Infinity;
  for (let i = 0; i < codes.length; ++i)
    if (codes[i] !== 255 && results.padj[i] < results.alpha)
      last = Math.max(last, results.pvalue[i]);
  return last > 0 ? [{ axis: "y", at: -Math.log10(last), dashed: true, text }] : [];
}
