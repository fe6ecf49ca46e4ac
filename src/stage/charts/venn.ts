import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import type { Selection } from "../../base/selection.ts";
import { checkSelection } from "./check-selection.ts";
import { inksOf } from "./colour.ts";
import { chartFrame, frameOptions, type ChartElement, type FrameOptions } from "./frame.ts";
import {
  intersections,
  readSets,
  setLabel,
  type GeneSet,
  type GeneSets,
  type SetOptions,
  type SetsData,
} from "./gene-sets.ts";
import { membersBelow } from "./members.ts";
import { formatNumber } from "./numbers.ts";
import { drawVenn } from "./venn-draw.ts";
import type { VennPanel } from "./venn-plan.ts";

export interface VennOptions extends FrameOptions, SetOptions {
  readonly selection?: Selection;
}

/** More sets than this are no picture any more. */
const most = 5;

/**
 * Two to five sets of genes as overlapping outlines: circles with areas as their sizes for two and three, ellipses for four and five. `data` is a table of set and gene_id, results of
 * several contrasts (a diagram of the genes up and one of those down), or {name: ids}. Picking a region gives its genes as the value {genes, name} and as a table below.
 */
export function venn(data: SetsData, options?: VennOptions): ChartElement {
  const given = checkOptions("venn", options, [
    "alpha",
    "threshold",
    "sets",
    "selection",
    ...frameOptions,
  ]);
  const sets = readSets("venn", data, given);
  const directions = [...new Set(sets.sets.map(({ direction }) => direction))].sort(
    (a, b) => b - a,
  );
  const panels = (directions.length ? directions : [0 as const]).map((direction): VennPanel => {
    const own = sets.sets.filter((set) => set.direction === direction);
    if (own.length > most)
      throw argumentError(`venn: too many sets: ${own.length}`, {
        help: `It draws up to ${most}. Choose some with {sets: […]}, or use upset.`,
      });
    return panelOf(sets, own, direction);
  });
  const told = panels.flatMap(({ title, sets: own, regions }) => [
    `${title ? `${title}: ` : ""}${own.map((set) => `${set.name} ${set.genes.length}`).join("; ")}.`,
    ...regions
      .filter(({ genes }) => genes.length)
      .map(({ name, genes }) => `${name}: ${genes.length}.`),
  ]);
  return chartFrame(
    {
      name: "venn",
      label: `Overlaps of ${sets.sets.length} sets of genes`,
      description: `Venn diagram. ${told.slice(0, 40).join(" ")}`,
      draw: (width, dark) => drawVenn({ data: sets, panels }, width, inksOf(dark), dark),
      table: () => ({
        names: ["sets", "genes", "gene_ids"],
        rows: intersections(sets).map((part) => [
          part.sets.map((k) => setLabel(sets.sets[k])).join("; "),
          part.genes.length,
          part.genes.map((gene) => sets.ids[gene]).join(" "),
        ]),
      }),
      selecting: membersBelow(sets, checkSelection("venn", given.selection), "Regions"),
    },
    given,
  );
}

function panelOf(data: GeneSets, own: readonly GeneSet[], direction: -1 | 0 | 1): VennPanel {
  const drawn = own.filter((set) => set.genes.length > 0);
  const genes: number[][] = Array.from({ length: 1 << drawn.length }, () => []);
  for (const part of intersections({ sets: drawn, ids: data.ids })) {
    const mask = part.sets.reduce((sum, k) => sum | (1 << k), 0);
    genes[mask].push(...part.genes);
  }
  const regions = genes.slice(1).map((list, i) => {
    const mask = i + 1;
    const inside = drawn.filter((_, k) => mask & (1 << k)).map((set) => set.name);
    return {
      mask,
      genes: list,
      name: `${direction > 0 ? "▲ " : direction < 0 ? "▼ " : ""}${inside.join(" and ")}${drawn.length > inside.length ? " only" : ""}`,
    };
  });
  return {
    title: direction > 0 ? `▲ ${data.words.up}` : direction < 0 ? `▼ ${data.words.down}` : "",
    direction,
    sets: drawn,
    regions,
    empty: own.filter((set) => set.genes.length === 0).map((set) => set.name),
    total: formatNumber(genes.reduce((sum, list) => sum + list.length, 0)),
  };
}
