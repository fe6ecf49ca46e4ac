import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { inksOf } from "./colour.ts";
import { drawDispersions, type DispersionPlan } from "./dispersion-draw.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { checkSelection } from "./check-selection.ts";
import { formatNumber } from "./numbers.ts";
import { toSource, type ChartData } from "./source.ts";

export interface DispersionPlotOptions extends FrameOptions {
  /** Of the whole picture without legend, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

/** Estimates that stopped at their floor say nothing of the scale. */
const floor = 1e-7;

/**
 * Dispersions by mean as a fit has them in `.dispersions`: gene-wise estimates, the trend, and the final ones, with outliers that kept their own marked by rings. Both axes are log;
 * gene-wise estimates below the axis are triangles.
 */
export function dispersionPlot(
  data: ChartData | { readonly dispersions: ChartData | null },
  options?: DispersionPlotOptions,
): ChartElement {
  const given = checkOptions("dispersionPlot", options, ["height", "selection", ...frameOptions]);
  const source = toSource("dispersionPlot", dispersionsOf(data));
  const lacking = source.length ? ["gene_id", "baseMean"].filter((name) => !source.has(name)) : [];
  if (lacking.length)
    throw argumentError(`dispersionPlot: the table has no ${lacking.join(", ")}`, {
      help: "Give it fit.dispersions: gene_id baseMean gene_wise trend map outlier.",
    });
  const n = source.length;
  const column = (name: string) =>
    source.has(name) ? source.numbers(name) : new Float64Array(n).fill(NaN);
  const log = (values: Float64Array) => values.map((v) => (v > 0 ? Math.log10(v) : NaN));
  const geneWise = column("gene_wise");
  const mean = log(column("baseMean"));
  const trend = log(column("trend"));
  const final = log(column("map"));
  const outlier = source.has("outlier") ? source.strings("outlier") : null;
  let low = Infinity;
  let high = -Infinity;
  let left = Infinity;
  let right = -Infinity;
  const extend = (i: number, v: number) => {
    if (Number.isNaN(v) || Number.isNaN(mean[i])) return;
    low = Math.min(low, v);
    high = Math.max(high, v);
    left = Math.min(left, mean[i]);
    right = Math.max(right, mean[i]);
  };
  for (let i = 0; i < n; ++i) {
    extend(i, trend[i]);
    extend(i, final[i]);
    if (geneWise[i] > floor) extend(i, Math.log10(geneWise[i]));
  }
  if (!(low <= high)) [low, high, left, right] = [-2, 0, 0, 3];
  const pad = (high - low) * 0.04 || 0.5;
  const beside = (right - left) * 0.03 || 0.5;
  const bottom = low - pad;
  const pointing = new Uint8Array(n);
  let under = 0;
  const shown = geneWise.map((v, i) => {
    if (Number.isNaN(v) || v < 0 || Number.isNaN(mean[i])) return NaN;
    const at = v > 0 ? Math.log10(v) : -Infinity;
    if (at >= bottom) return at;
    pointing[i] = 3;
    ++under;
    return bottom;
  });
  const drawn = mean.reduce((sum, m, i) => sum + (m === m && shown[i] === shown[i] ? 1 : 0), 0);
  const notes: string[] = [];
  if (under)
    notes.push(
      `${formatNumber(under)} gene-wise ${under === 1 ? "estimate is" : "estimates are"} below the axis: triangles.`,
    );
  if (drawn < n)
    notes.push(
      `${formatNumber(n - drawn)} ${n - drawn === 1 ? "gene has" : "genes have"} no dispersion.`,
    );
  const symbols = source.has("symbol") ? source.strings("symbol") : null;
  const ids = source.has("gene_id") ? source.strings("gene_id").map((id) => id ?? "") : [];
  const plan: DispersionPlan = {
    ids,
    label: (row) => symbols?.[row] || ids[row],
    mean,
    geneWise: shown,
    rawGeneWise: geneWise,
    trend,
    final,
    outlier: (row) => outlier?.[row] === "true",
    pointing,
    x: [left - beside, right + beside],
    y: [bottom, high + pad],
    height: given.height,
    notes,
    empty: drawn ? null : n ? "No gene has a dispersion." : "There are no genes.",
  };
  const outliers = ids.reduce((sum, _, i) => sum + (plan.outlier(i) ? 1 : 0), 0);
  return chartFrame(
    {
      name: "dispersion-plot",
      label: `Dispersions of ${formatNumber(drawn)} genes`,
      description:
        plan.empty ??
        `Dispersion by mean of normalised counts for ${formatNumber(drawn)} genes, both on log scales: gene-wise estimates, their trend and the final estimates. ${formatNumber(outliers)} outliers keep their gene-wise estimate.`,
      draw: (width, dark) => drawDispersions(plan, width, inksOf(dark)),
      table: () => ({
        names: source.names,
        rows: source.rows().map((row) => source.names.map((name) => row[name])),
      }),
      selecting: {
        selection: checkSelection("dispersionPlot", given.selection),
        stops: "Genes by mean",
      },
    },
    given,
  );
}

/** The table, also where the whole fit was given. */
function dispersionsOf(data: unknown): unknown {
  if (typeof data !== "object" || data === null || !("dispersions" in data)) return data;
  if (data.dispersions) return data.dispersions;
  throw argumentError("dispersionPlot: the fit has no dispersions", {
    help: "limma estimates none: only deseq2 and edger do.",
  });
}
