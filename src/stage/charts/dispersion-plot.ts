import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { readAxes, shownAxis, within, type AxesOption } from "./axis-options.ts";
import { inksOf } from "./colour.ts";
import { drawDispersions, type DispersionPlan } from "./dispersion-draw.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { checkSelection } from "./check-selection.ts";
import { formatNumber } from "./numbers.ts";
import { toSource, type ChartData } from "./source.ts";

export interface DispersionPlotOptions extends FrameOptions, AxesOption {
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
  const given = checkOptions("dispersionPlot", options, [
    "axes",
    "height",
    "selection",
    ...frameOptions,
  ]);
  const source = toSource("dispersionPlot", dispersionsOf(data));
  const absent = source.length ? ["gene_id", "baseMean"].filter((name) => !source.has(name)) : [];
  if (absent.length)
    throw argumentError(`dispersionPlot: the table has no ${absent.join(", ")}`, {
      help: "Give it fit.dispersions: gene_id baseMean gene_wise trend map outlier.",
    });
  const n = source.length;
  const column = (name: string) =>
    source.has(name) ? source.numbers(name) : new Float64Array(n).fill(NaN);
  const axes = readAxes("dispersionPlot", given.axes, {
    x: ["log", "linear"],
    y: ["log", "linear"],
  });
  const logX = axes.x.type !== "linear";
  const logY = axes.y.type !== "linear";
  for (const [name, log] of [
    ["x", logX],
    ["y", logY],
  ] as const)
    if (log && axes[name].domain && !(axes[name].domain[0] > 0))
      throw argumentError(
        `dispersionPlot: axes.${name}: invalid domain of a log axis: ${axes[name].domain[0]}`,
        { help: "A log axis begins above 0." },
      );
  const shownOf = (values: Float64Array, log: boolean) =>
    values.map((v) => (log ? (v > 0 ? Math.log10(v) : NaN) : v));
  const raw = {
    mean: column("baseMean"),
    geneWise: column("gene_wise"),
    trend: column("trend"),
    final: column("map"),
  };
  const { geneWise } = raw;
  const mean = shownOf(raw.mean, logX);
  const trend = shownOf(raw.trend, logY);
  const final = shownOf(raw.final, logY);
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
    if (geneWise[i] > floor) extend(i, logY ? Math.log10(geneWise[i]) : geneWise[i]);
  }
  if (!(low <= high)) [low, high, left, right] = [-2, 0, 0, 3];
  const pad = (high - low) * 0.04 || 0.5;
  const beside = (right - left) * 0.03 || 0.5;
  const x = shownAxis(
    {
      title: "mean of normalised counts",
      domain: [left - beside, right + beside],
      log: logX,
      spacing: 80,
    },
    axes.x,
  );
  const y = shownAxis(
    { title: "dispersion", domain: [logY ? low - pad : 0, high + pad], log: logY, spacing: 60 },
    axes.y,
  );
  const [bottom, top] = y.domain;
  const outside = (i: number) => !(within(mean[i], x.domain) && final[i] <= top);
  const pointing = new Uint8Array(n);
  let under = 0;
  let past = 0;
  const shown = geneWise.map((v, i) => {
    if (Number.isNaN(v) || v < 0 || Number.isNaN(mean[i])) return NaN;
    const at = logY ? (v > 0 ? Math.log10(v) : -Infinity) : v;
    if (at >= bottom && at <= top) return at;
    pointing[i] = at < bottom ? 3 : 1;
    ++under;
    return at < bottom ? bottom : top;
  });
  if (axes.x.domain || axes.y.domain)
    for (let i = 0; i < n; ++i) {
      if (Number.isNaN(shown[i]) || !outside(i)) continue;
      if (within(mean[i], x.domain)) final[i] = NaN;
      else {
        mean[i] = NaN;
        ++past;
      }
    }
  const drawn = mean.reduce((sum, m, i) => sum + (m === m && shown[i] === shown[i] ? 1 : 0), 0);
  const notes: string[] = [];
  if (under)
    notes.push(
      `${formatNumber(under)} gene-wise ${under === 1 ? "estimate is" : "estimates are"} ${axes.y.domain ? "beyond" : "below"} the axis: triangles.`,
    );
  if (past)
    notes.push(`${formatNumber(past)} ${past === 1 ? "gene lies" : "genes lie"} beside the axis.`);
  const lacking = n - drawn - past;
  if (lacking > 0)
    notes.push(
      `${formatNumber(lacking)} ${lacking === 1 ? "gene has" : "genes have"} no dispersion.`,
    );
  const symbols = source.has("symbol") ? source.strings("symbol") : null;
  const ids = source.has("gene_id") ? source.strings("gene_id").map((id) => id ?? "") : [];
  const plan: DispersionPlan = {
    ids,
    label: (row) => symbols?.[row] || ids[row],
    mean,
    geneWise: shown,
    raw,
    trend,
    final,
    outlier: (row) => outlier?.[row] === "true",
    pointing,
    x,
    y,
    clip: axes.x.domain !== undefined || axes.y.domain !== undefined,
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
