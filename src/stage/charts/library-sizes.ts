import { checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { readAxes, type AxesOption } from "./axis-options.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { checkSelection } from "./check-selection.ts";
import { groupBy } from "./groups.ts";
import { drawLibrarySizes, type LibraryPlan } from "./library-sizes-draw.ts";
import { formatTick } from "./numbers.ts";
import { quantile } from "./quantile.ts";
import { toSource, type ChartData, type Source } from "./source.ts";

export interface LibrarySizesOptions extends FrameOptions, AxesOption {
  /** A table with sample_id and the column of `color`, where the data lack it. */
  readonly samples?: ChartData;
  /** A sample column that tells groups apart, by colour and symbol. */
  readonly color?: string | null;
  /** "given" (default), or "size": the largest library first. */
  readonly sort?: "given" | "size";
  readonly selection?: Selection;
}

/** More samples than this share rows. */
const mostRows = 400;

/** Library size and size factor of every sample, as sizeFactors returns them. The line is the median library; a size factor of 1 leaves counts as they are. */
export function librarySizes(data: ChartData, options?: LibrarySizesOptions): ChartElement {
  const given = checkOptions("librarySizes", options, [
    "samples",
    "color",
    "sort",
    "axes",
    "selection",
    ...frameOptions,
  ]);
  const source = toSource("librarySizes", data);
  const lacking = ["sample_id", "library_size"].filter((name) => !source.has(name));
  if (lacking.length && source.length)
    throw argumentError(`librarySizes: the table has no ${lacking.join(", ")}`, {
      help: "Give it what sizeFactors returns: sample_id size_factor norm_factor library_size.",
    });
  const axes = readAxes("librarySizes", given.axes, { x: ["linear"] });
  if (axes.x.domain && axes.x.domain[0] !== 0)
    throw argumentError(`librarySizes: axes.x: bars begin at 0: ${axes.x.domain[0]}`, {
      help: "Give a domain that begins at 0.",
    });
  const sort = checkOneOf("librarySizes", "sort", given.sort, ["given", "size"], "given");
  const n = source.length;
  const ids = n ? source.strings("sample_id").map((id) => id ?? "") : [];
  const sizes = n ? source.numbers("library_size") : new Float64Array(0);
  const factors = source.has("size_factor") ? source.numbers("size_factor") : null;
  const order = Array.from({ length: n }, (_, i) => i);
  const at = (i: number) => (Number.isNaN(sizes[i]) ? -Infinity : sizes[i]);
  if (sort === "size") order.sort((a, b) => (at(a) === at(b) ? a - b : at(b) - at(a)));
  const known = Float64Array.from(sizes.filter((v) => v >= 0)).sort();
  const plan: LibraryPlan = {
    ids,
    sizes,
    factors,
    rows: rowsOf(order),
    axis: axes.x,
    median: quantile(known, 0.5),
    color: given.color ? groupsOf(source, ids, given.color, given.samples) : null,
    notes: [
      ...(known.length < n ? [`${n - known.length} without a library size.`] : []),
      ...methodNote(source),
    ],
  };
  return chartFrame(
    {
      name: "library-sizes",
      label: `Library sizes of ${n} samples`,
      description: known.length
        ? `Library sizes of ${n} samples: median ${formatTick(plan.median)}, from ${formatTick(known[0])} to ${formatTick(known.at(-1)!)}.`
        : `Library sizes of ${n} samples, none of which is known.`,
      draw: (width, dark) => drawLibrarySizes(plan, width, inksOf(dark), dark),
      table: () => ({
        names: source.names,
        rows: source.rows().map((row) => source.names.map((name) => row[name])),
      }),
      selecting: {
        selection: checkSelection("librarySizes", given.selection),
        stops: "Samples as drawn",
      },
    },
    given,
  );
}

/** A row for each sample, or for several neighbours where there are very many. */
function rowsOf(order: readonly number[]): readonly (readonly number[])[] {
  const each = Math.max(1, Math.ceil(order.length / mostRows));
  return Array.from({ length: Math.ceil(order.length / each) }, (_, k) =>
    order.slice(k * each, (k + 1) * each),
  );
}

const methodWords: Readonly<Record<string, string>> = {
  ratio: "median of ratios",
  poscounts: "median of ratios over positive counts",
  tmm: "TMM",
  upperquartile: "upper quartile",
};

function methodNote(source: Source): string[] {
  const method = source.metadata.get("method");
  return method ? [`Size factors by ${methodWords[method] ?? method}.`] : [];
}

function groupsOf(
  source: Source,
  ids: readonly string[],
  name: string,
  samples: ChartData | undefined,
): LibraryPlan["color"] {
  if (source.has(name) || samples === undefined) return groupBy(source, name);
  const other = toSource("librarySizes", samples);
  const groups = groupBy(other, name);
  const rowOf = new Map(other.strings("sample_id").map((id, i) => [id, i]));
  const unknown = ids.filter((id) => !rowOf.has(id));
  if (unknown.length)
    throw argumentError(`librarySizes: not in samples: ${unknown.slice(0, 5).join(", ")}`);
  return { ...groups, codes: Int32Array.from(ids, (id) => groups.codes[rowOf.get(id)!]) };
}
