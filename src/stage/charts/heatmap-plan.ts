import type { Axes } from "./axis-options.ts";
import type { Annotation } from "./annotation.ts";
import type { Scheme } from "./colour.ts";
import type { Tree } from "./dendrogram.ts";
import type { HeatmapValues } from "./heatmap-values.ts";

/** What is drawn, read and checked. */
export interface HeatmapPlan {
  readonly data: HeatmapValues;
  readonly rowTree: Tree | null;
  readonly columnTree: Tree | null;
  readonly rowOrder: Int32Array;
  readonly columnOrder: Int32Array;
  readonly scale: "row" | "none";
  readonly low: number;
  readonly high: number;
  /** Values past the limits. */
  readonly clipped: number;
  readonly scheme: Scheme;
  readonly value: string;
  readonly sampleBars: readonly Annotation[];
  readonly geneBars: readonly Annotation[];
  readonly labels: boolean | ReadonlySet<string>;
  readonly height: number | undefined;
  /** What a row and a column is, for a selection. */
  readonly rowsAre: "genes" | "samples";
  readonly columnsAre: "samples" | null;
  /** Cells to be marked, row-major as the values. */
  readonly marks?: Uint8Array;
  /** What a tip says of a cell, instead of sample and value. */
  tip?(row: number, column: number): readonly (readonly [string, string])[];
  /** Cells as high as they are wide. */
  readonly square?: boolean;
  /** Values are written into cells that have room. */
  readonly written?: boolean;
  /** Where only a part is shown: the whole orders, and which of their places come first. */
  readonly window?: HeatmapWindow;
  readonly axes: Axes;
  /** What the two ends of the colours mean. */
  readonly ends?: readonly [low: string, high: string];
  /** How the trees were made, in words. */
  readonly treeNotes: readonly string[];
}

/** A part of a heatmap within the whole. */
export interface HeatmapWindow {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly row: number;
  readonly column: number;
  readonly note: string;
}
