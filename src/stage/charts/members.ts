import { resultsTable } from "../../grid/results-table.ts";
import { makeTable, utf8 } from "../../tables/index.ts";
import type { Selection } from "../../base/selection.ts";
import type { Part, Selecting } from "./drawing.ts";
import { intersections, setLabel, type GeneSets } from "./gene-sets.ts";
import { formatNumber } from "./numbers.ts";
import { html } from "./svg.ts";

/** The value of a picture of sets: the genes picked in it, and what they are called. */
export interface SetsValue {
  readonly genes: readonly string[];
  readonly samples: readonly string[];
  /** "A and B only"; null where nothing was picked here. */
  readonly name: string | null;
}

/** The selection of a picture of sets, with a table of what was picked below it. */
export function membersBelow(data: GeneSets, selection: Selection, stops: string): Selecting {
  const below = html("div", "chart-below");
  below.hidden = true;
  for (const type of ["input", "change"])
    below.addEventListener(type, (event) => event.stopPropagation());
  let pending: string | null = null;
  let picked: { name: string; genes: readonly string[] } | null = null;
  return {
    selection,
    stops,
    below,
    value: (): SetsValue => ({
      ...selection.value,
      name: picked && picked.genes === selection.value.genes ? picked.name : null,
    }),
    picking(part: Part | null | undefined, added: boolean) {
      pending = part ? (added ? "selected" : (part.name ?? "selected")) : null;
    },
    changed() {
      const { genes } = selection.value;
      picked = pending !== null && genes.length ? { name: pending, genes } : null;
      below.hidden = picked === null;
      if (!picked) return below.replaceChildren();
      const title = `${formatNumber(genes.length)} ${genes.length === 1 ? "gene" : "genes"}: ${picked.name}`;
      below.replaceChildren(
        html("p", "chart-below-title", title),
        resultsTable(membersTable(data, genes), {
          rows: 8,
          name: title.replace(/[^\p{L}\p{N}]+/gu, "-"),
          select: "none",
        }),
      );
    },
  };
}

/** `gene_id symbol sets` of some genes. */
function membersTable(data: GeneSets, genes: readonly string[]) {
  const at = new Map(data.ids.map((id, i) => [id, i]));
  const sets = new Map<number, string>();
  for (const part of intersections(data)) {
    const name = part.sets.map((k) => setLabel(data.sets[k])).join("; ");
    for (const gene of part.genes) sets.set(gene, name);
  }
  const known = genes.flatMap((id) => at.get(id) ?? []);
  const named = known.some((gene) => data.symbols[gene] !== null);
  return makeTable([
    ["gene_id", utf8(known.map((gene) => data.ids[gene]))] as const,
    ...(named ? [["symbol", utf8(known.map((gene) => data.symbols[gene]))] as const] : []),
    ["sets", utf8(known.map((gene) => sets.get(gene) ?? null))] as const,
  ]);
}
