import type { Groups } from "./groups.ts";
import type { Source } from "./source.ts";

/** One component. */
export interface AxisData {
  readonly title: string;
  readonly values: Float64Array;
}

/** What is drawn, read and checked. */
export interface PcaPlan {
  readonly source: Source;
  readonly x: AxisData;
  readonly y: AxisData;
  readonly color: Groups | null;
  readonly shape: Groups | null;
  readonly heat: { readonly name: string; readonly values: Float64Array } | null;
  readonly labels: readonly (string | null)[] | null;
  readonly height: number | undefined;
  readonly note: string | undefined;
}
