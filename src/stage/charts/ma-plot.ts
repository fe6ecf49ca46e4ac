import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { readAxes, shownAxis } from "./axis-options.ts";
import { frameOptions, type ChartElement } from "./frame.ts";
import {
  changeRules,
  geneScatterOptions,
  scatterChart,
  scatterGenes,
  type GeneScatterOptions,
} from "./gene-scatter.ts";
import { placeGenes } from "./gene-scatter-place.ts";
import { formatNumber } from "./numbers.ts";
import type { ChartData } from "./source.ts";

export type MaPlotOptions = GeneScatterOptions;

/**
 * Fold changes by mean of all genes of a results table: significantly higher ones as filled points, lower ones as rings, the most significant and the chosen ones named. Means
 * stand on a log scale (as they are for limma, whose mean is a log value); changes beyond the axis are triangles. Click, lasso and keys select.
 */
export function maPlot(data: ChartData, options?: MaPlotOptions): ChartElement {
  const given = checkOptions("maPlot", options, [...geneScatterOptions, ...frameOptions]);
  const axes = readAxes("maPlot", given.axes, { x: ["log", "linear"], y: ["linear"] });
  let log = true;
  let logged = false;
  const genes = scatterGenes("maPlot", data, given, (results) => {
    const mean = results.baseMean;
    if (!mean && results.n)
      throw argumentError("maPlot: the table has no baseMean", {
        help: "Give it what fit.results() returns.",
      });
    const method = results.source.metadata.get("method") ?? "";
    logged = method.startsWith("limma") || (mean?.some((v) => v < 0) ?? false);
    log = axes.x.type === undefined ? !logged : axes.x.type === "log";
    if (log && axes.x.domain && !(axes.x.domain[0] > 0))
      throw argumentError(`maPlot: axes.x: invalid domain of a log axis: ${axes.x.domain[0]}`, {
        help: "A log axis begins above 0.",
      });
    return (i) =>
      (log ? mean![i] > 0 : !Number.isNaN(mean![i])) && !Number.isNaN(results.log2FoldChange[i]);
  });
  const { results, codes, limit } = genes;
  const mean = (i: number) => (log ? Math.log10(results.baseMean![i]) : results.baseMean![i]);
  const shown = log ? Math.log10 : (v: number) => v;
  const ends = axes.x.domain;
  const placed = placeGenes(
    codes,
    { at: mean, within: ends ? [shown(ends[0]), shown(ends[1])] : [-Infinity, Infinity] },
    { at: (i) => results.log2FoldChange[i], within: axes.y.domain ?? [-limit, limit] },
  );
  let low = Infinity;
  let high = -Infinity;
  codes.forEach((code, i) => {
    if (code === 255) return;
    low = Math.min(low, placed.xs[i]);
    high = Math.max(high, placed.xs[i]);
  });
  if (!(low <= high)) [low, high] = [0, 1];
  const pad = (high - low) * 0.03 || 0.5;
  const span = limit * 1.06;
  const { up, down, left, right } = placed.beyond;
  const own = !axes.x.domain && !axes.y.domain;
  return scatterChart(
    {
      name: "ma-plot",
      kind: "MA plot",
      where: "maPlot",
      genes,
      placed,
      x: shownAxis(
        {
          title: logged ? "mean log₂ value" : "mean of normalised counts",
          domain: [low - pad, high + pad],
          log,
          spacing: 80,
        },
        axes.x,
      ),
      y: shownAxis({ title: "log₂ fold change", domain: [-span, span], spacing: 60 }, axes.y),
      changes: "y",
      rules: changeRules(genes, "y"),
      beyond: [
        {
          n: up + down + left + right,
          past: own ? `beyond ±${formatNumber(limit)}` : "beyond the axes",
          where: "at the edge",
        },
      ],
      lack: log ? "mean above 0 or no change" : "mean or no change",
      empty: "No gene has a mean and a change.",
      legend: "beyond the axis",
    },
    given,
  );
}
