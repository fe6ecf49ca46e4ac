import { checkInteger, checkOneOf, checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { readAxes, type AxesOption } from "./axis-options.ts";
import { checkSelection } from "./check-selection.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import { intersections, readSets, setLabel, type SetOptions, type SetsData } from "./gene-sets.ts";
import { membersBelow } from "./members.ts";
import { formatNumber } from "./numbers.ts";
import { drawUpset, type UpsetPlan } from "./upset-draw.ts";

export interface UpsetOptions extends FrameOptions, AxesOption, SetOptions {
  /** Intersections by "size" (default, the largest first) or "degree" (fewest sets first). */
  readonly sort?: "size" | "degree";
  /** How many intersections at most; 40 by default. */
  readonly limit?: number;
  /** Intersections of fewer genes are left out; 1 by default. */
  readonly least?: number;
  /** Of the bars, in px. */
  readonly height?: number;
  readonly selection?: Selection;
}

const names = [
  "alpha",
  "threshold",
  "sets",
  "sort",
  "limit",
  "least",
  "axes",
  "height",
  "selection",
];

/**
 * How sets of genes overlap: a column for each combination of sets, with a bar of the genes that are in exactly these. `data` is a table of set and gene_id, results of one or several
 * contrasts (up and down apart), or {name: ids}. Picking a bar or a set gives its genes as the value {genes, name} and as a table below.
 */
export function upset(data: SetsData, options?: UpsetOptions): ChartElement {
  const given = checkOptions("upset", options, [...names, ...frameOptions]);
  const axes = readAxes("upset", given.axes, { y: ["linear"] });
  if (axes.y.domain && axes.y.domain[0] !== 0)
    throw argumentError(`upset: axes.y: bars begin at 0: ${axes.y.domain[0]}`, {
      help: "Give a domain that begins at 0.",
    });
  const sort = checkOneOf("upset", "sort", given.sort, ["size", "degree"], "size");
  const limit = checkInteger("upset", "limit", given.limit, { min: 1, max: 1000, fallback: 40 });
  const least = checkInteger("upset", "least", given.least, { min: 1, fallback: 1 });
  const sets = readSets("upset", data, given);
  const all = intersections(sets);
  const size = (a: { genes: readonly number[] }) => a.genes.length;
  const degree = (a: { sets: readonly number[] }) => a.sets.length;
  const byPlace = (a: readonly number[], b: readonly number[]) => {
    const k = a.findIndex((v, i) => v !== b[i]);
    return k < 0 ? a.length - b.length : (a[k] ?? 0) - (b[k] ?? 0);
  };
  const bars = all
    .filter((bar) => size(bar) >= least)
    .sort((a, b) =>
      sort === "size"
        ? size(b) - size(a) || degree(a) - degree(b) || byPlace(a.sets, b.sets)
        : degree(a) - degree(b) || size(b) - size(a) || byPlace(a.sets, b.sets),
    );
  const plan: UpsetPlan = {
    data: sets,
    bars: bars.slice(0, limit),
    left: all.length - Math.min(bars.length, limit),
    axis: axes.y,
    height: given.height,
    notes: sets.notes,
  };
  const told = plan.bars
    .slice(0, 8)
    .map((bar) => `${bar.sets.map((k) => setLabel(sets.sets[k])).join(" and ")}: ${size(bar)}`);
  return chartFrame(
    {
      name: "upset",
      label: `Overlaps of ${sets.sets.length} sets of genes`,
      description: `Overlaps of ${sets.sets.length} sets of genes: ${sets.sets.map((set) => `${setLabel(set)} ${set.genes.length}`).join("; ")}. ${formatNumber(all.length)} combinations. ${told.length ? `Genes in exactly ${told.join("; ")}.` : ""}`,
      draw: (width, dark) => drawUpset(plan, width, inksOf(dark)),
      table: () => ({
        names: ["sets", "degree", "genes", "gene_ids"],
        rows: bars.map((bar) => [
          bar.sets.map((k) => setLabel(sets.sets[k])).join("; "),
          degree(bar),
          size(bar),
          bar.genes.map((gene) => sets.ids[gene]).join(" "),
        ]),
      }),
      selecting: membersBelow(
        sets,
        checkSelection("upset", given.selection),
        "Combinations, then sets",
      ),
    },
    given,
  );
}
