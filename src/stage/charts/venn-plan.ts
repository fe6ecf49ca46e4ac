import type { GeneSet, GeneSets } from "./gene-sets.ts";
import type { VennShape } from "./venn-layout.ts";
import type { VennRegion } from "./venn-regions.ts";

/** One diagram. */
export interface VennPanel {
  readonly title: string;
  readonly direction: -1 | 0 | 1;
  /** Sets with genes. */
  readonly sets: readonly GeneSet[];
  /** By mask - 1. */
  readonly regions: readonly {
    readonly mask: number;
    readonly genes: readonly number[];
    readonly name: string;
  }[];
  readonly empty: readonly string[];
  readonly total: string;
}

export interface VennPlan {
  readonly data: GeneSets;
  readonly panels: readonly VennPanel[];
}

/** A diagram in its place. */
export interface PlacedVenn {
  readonly panel: VennPanel;
  readonly shapes: readonly VennShape[];
  readonly places: readonly VennRegion[];
  readonly left: number;
  readonly top: number;
}
