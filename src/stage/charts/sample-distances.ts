import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { readAnnotations } from "./annotation.ts";
import { readAxes, type AxesOption } from "./axis-options.ts";
import { inksOf, schemes, type Scheme } from "./colour.ts";
import { readTree, type TreeLike } from "./dendrogram.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { checkSelection } from "./check-selection.ts";
import { drawHeatmap } from "./heatmap-draw.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { sentence } from "./name-list.ts";
import { formatNumber } from "./numbers.ts";
import { toSource, type ChartData } from "./source.ts";

export interface SampleDistancesOptions extends FrameOptions, AxesOption {
  /** hclust of the samples: orders them and draws its tree on both sides. */
  readonly tree?: TreeLike | null;
  /** A table with sample_id, and which of its columns stand as bars. */
  readonly samples?: ChartData;
  readonly sampleColumns?: readonly string[];
  readonly scheme?: Scheme;
  /** What the values are; by default what the table says. */
  readonly value?: string;
  readonly selection?: Selection;
}

const names = ["tree", "samples", "sampleColumns", "scheme", "value", "axes", "selection"];

/**
 * Every sample against every other: the correlations of `correlate`, or any symmetric table of sample_id and a column for each sample. Values are written where they have
 * room. The diagonal is left blank, since a sample's likeness to itself says nothing.
 */
export function sampleDistances(data: ChartData, options?: SampleDistancesOptions): ChartElement {
  const given = checkOptions("sampleDistances", options, [...names, ...frameOptions]);
  const source = toSource("sampleDistances", data);
  const key = source.has("sample_id") ? "sample_id" : source.has("gene_id") ? "gene_id" : null;
  if (key === null)
    throw argumentError("sampleDistances: the table has no sample_id", {
      help: "Give it what correlate returns: sample_id and a column for each sample.",
    });
  const ids = source.strings(key).map((id) => id ?? "");
  const lacking = ids.filter((id) => !source.has(id));
  if (lacking.length)
    throw argumentError(`sampleDistances: no column for: ${lacking.slice(0, 5).join(", ")}`, {
      help: "Give it what correlate returns: sample_id and a column for each sample.",
    });
  const n = ids.length;
  const values = new Float64Array(n * n);
  ids.forEach((id, j) => {
    const column = source.numbers(id);
    for (let i = 0; i < n; ++i) values[i * n + j] = column[i];
  });
  let low = Infinity;
  let high = -Infinity;
  let missing = 0;
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      const v = values[i * n + j];
      if (i === j) continue;
      if (Number.isNaN(v)) ++missing;
      else [low, high] = [Math.min(low, v), Math.max(high, v)];
    }
  const shown = values.slice();
  for (let i = 0; i < n; ++i) shown[i * n + i] = NaN;
  if (!(low <= high)) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const tree = given.tree ? readTree("sampleDistances", "tree", given.tree, ids) : null;
  const order = tree?.order ?? Int32Array.from(ids, (_, i) => i);
  const method = source.metadata.get("method");
  const value =
    given.value ?? (method ? `${method[0].toUpperCase()}${method.slice(1)} correlation` : "value");
  const note = source.metadata.get("note");
  const plan: HeatmapPlan = {
    data: { ids, labels: ids, samples: ids, values, shown, flat: 0, missing },
    rowTree: tree,
    columnTree: tree,
    rowOrder: order,
    columnOrder: order,
    scale: "none",
    low,
    high,
    clipped: 0,
    scheme: checkOneOf("sampleDistances", "scheme", given.scheme, schemes, "blues"),
    value,
    sampleBars: given.samples
      ? readAnnotations(given.samples, "sample_id", ids, given.sampleColumns)
      : [],
    geneBars: [],
    labels: true,
    height: undefined,
    columnsAre: "samples",
    rowsAre: key === "gene_id" ? "genes" : "samples",
    square: true,
    written: n <= 24,
    axes: readAxes("sampleDistances", given.axes, { x: "label", y: "label" }),
    treeNotes: typeof given.tree?.note === "string" ? [given.tree.note] : [],
  };
  return chartFrame(
    {
      name: "sample-distances",
      label: `${value} of ${n} ${plan.rowsAre}`,
      description: `${value} between ${n} ${plan.rowsAre}, from ${formatNumber(low)} to ${formatNumber(high)}.${tree ? " Clustered." : ""}`,
      draw: (width, dark) => {
        const inks = inksOf(dark);
        const drawing = drawHeatmap(plan, width, { ...inks, missing: inks.paper }, dark);
        return { ...drawing, notes: [...(note ? [sentence(note)] : []), ...(drawing.notes ?? [])] };
      },
      table: () => ({
        names: [key, ...Array.from(order, (i) => ids[i])],
        rows: Array.from(order, (i) => [ids[i], ...Array.from(order, (j) => values[i * n + j])]),
      }),
      selecting: {
        selection: checkSelection("sampleDistances", given.selection),
        stops: "Samples as drawn",
      },
    },
    given,
  );
}
