import { ticks as niceTicks } from "d3";
import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { powerTicks } from "./axes-plot.ts";
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
} from "./gene-scatter.ts";
import type { ScatterAxis, ScatterRule } from "./gene-scatter-plan.ts";
import { formatNumber, formatTick } from "./numbers.ts";
import type { ChartData } from "./source.ts";

export type MaPlotOptions = GeneScatterOptions;

/**
 * Fold changes by mean of all genes of a results table: significantly higher ones as filled points, lower ones as rings, the most significant and the chosen ones named. Means
 * stand on a log scale (as they are for limma, whose mean is a log value); changes beyond the axis are triangles. Click, lasso and keys select.
 */
export function maPlot(data: ChartData, options?: MaPlotOptions): ChartElement {
  const given = checkOptions("maPlot", options, [...geneScatterOptions, ...frameOptions]);
  let log = true;
  const genes = scatterGenes("maPlot", data, given, (results) => {
    const mean = results.baseMean;
    if (!mean && results.n)
      throw argumentError("maPlot: the table has no baseMean", {
        help: "Give it what fit.results() returns.",
      });
    const method = results.source.metadata.get("method") ?? "";
    log = !method.startsWith("limma") && !(mean?.some((v) => v < 0) ?? false);
    return (i) =>
      (log ? mean![i] > 0 : !Number.isNaN(mean![i])) && !Number.isNaN(results.log2FoldChange[i]);
  });
  const { results, codes, limit } = genes;
  const n = results.n;
  const xs = new Float64Array(n);
  const ys = new Float64Array(n);
  const pointing = new Uint8Array(n);
  let low = Infinity;
  let high = -Infinity;
  let beyond = 0;
  for (let i = 0; i < n; ++i) {
    if (codes[i] === 255) continue;
    const change = results.log2FoldChange[i];
    xs[i] = log ? Math.log10(results.baseMean![i]) : results.baseMean![i];
    ys[i] = Math.max(-limit, Math.min(limit, change)) + 0;
    if (Math.abs(change) > limit) {
      pointing[i] = change > 0 ? 1 : 3;
      ++beyond;
    }
    low = Math.min(low, xs[i]);
    high = Math.max(high, xs[i]);
  }
  if (!(low <= high)) [low, high] = [0, 1];
  const pad = (high - low) * 0.03 || 0.5;
  const domain: [number, number] = [low - pad, high + pad];
  const x: ScatterAxis = {
    title: log ? "mean of normalised counts" : "mean log₂ value",
    domain,
    ticks: (room) =>
      log ? meanTicks(domain, room) : niceTicks(...domain, Math.max(3, Math.round(room / 80))),
    format: (shown) => (log ? formatTick(Number((10 ** shown).toPrecision(6))) : formatTick(shown)),
  };
  const span: [number, number] = [-limit * 1.06, limit * 1.06];
  const y: ScatterAxis = {
    title: "log₂ fold change",
    domain: span,
    ticks: (room) => niceTicks(...span, Math.max(3, Math.round(room / 60))),
    format: formatTick,
  };
  const counts = classCounts(codes);
  const drawn = counts.none + counts.up + counts.down;
  const notes = [...contrastNote(results)];
  if (drawn && counts.up + counts.down === 0)
    notes.push(`No gene is significant at padj < ${formatNumber(results.alpha)}.`);
  if (beyond)
    notes.push(
      `${formatNumber(beyond)} ${beyond === 1 ? "gene" : "genes"} beyond ±${formatNumber(limit)}: triangles at the edge.`,
    );
  notes.push(...absentNote(genes, log ? "mean above 0 or no change" : "mean or no change"));
  const rules: ScatterRule[] = [{ axis: "y", at: 0, dashed: false }];
  if (genes.threshold > 0)
    for (const at of [-genes.threshold, genes.threshold])
      rules.push({ axis: "y", at, dashed: true });
  return scatterChart(
    "ma-plot",
    "MA plot",
    {
      results,
      codes,
      xs,
      ys,
      pointing,
      x,
      y,
      changes: "y",
      rules,
      ...namedRows("maPlot", genes, given),
      counts,
      threshold: genes.threshold,
      beyond: beyond ? "beyond the axis" : null,
      notes,
      empty: drawn ? null : n ? "No gene has a mean and a change." : "There are no genes.",
      height: given.height,
      ranked: genes.ranked,
    },
    given,
    "maPlot",
  );
}

/** Whole powers of ten; 1, 2 and 5 of each where there is less than a power. */
function meanTicks([low, high]: readonly [number, number], room: number): number[] {
  const powers = powerTicks([low, high], room);
  if (powers.length > 1) return powers;
  return niceTicks(10 ** low, 10 ** high, 4)
    .filter((v) => v > 0)
    .map(Math.log10);
}
