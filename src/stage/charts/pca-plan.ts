import type { Axes } from "./axis-options.ts";
import type { Groups } from "./groups.ts";
import type { Source } from "./source.ts";

/** One component. */
export interface AxisData {
  /** "PC1". */
  readonly name: string;
  readonly title: string;
  readonly values: Float64Array;
}

/** What is drawn, read and checked. */
export interface PcaPlan {
  readonly source: Source;
  /** Two, or more that are drawn against each other. */
  readonly components: readonly AxisData[];
  readonly pairs: boolean;
  readonly axes: Axes;
  readonly color: Groups | null;
  readonly shape: Groups | null;
  readonly heat: { readonly name: string; readonly values: Float64Array } | null;
  readonly labels: readonly (string | null)[] | null;
  readonly height: number | undefined;
  readonly note: string | undefined;
}
