import type { ShownAxis } from "./axis-options.ts";
import type { Results } from "./results.ts";

/** A line across the picture. */
export interface ScatterRule {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly dashed: boolean;
  /** Written at its end, small. */
  readonly text?: string;
}

/** Genes on two axes, read and checked: what volcano and maPlot share. */
export interface ScatterPlan {
  readonly results: Results;
  /** 0 neither, 1 up, 2 down, 255 not drawn. */
  readonly codes: Uint8Array;
  /** On the drawn scales, within the domains. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Index into `pointings`: a triangle for what lies beyond the axes. */
  readonly pointing: Uint8Array;
  readonly x: ShownAxis;
  readonly y: ShownAxis;
  /** The axis of fold changes. */
  readonly changes: "x" | "y";
  readonly rules: readonly ScatterRule[];
  /** Rows to be named, the most important first; the first `chosen` of them were asked for by name. */
  readonly named: readonly number[];
  readonly chosen: number;
  readonly counts: { readonly none: number; readonly up: number; readonly down: number };
  readonly threshold: number;
  /** What triangles mean, where there are any. */
  readonly beyond: string | null;
  readonly notes: readonly string[];
  /** Instead of points, where there are none. */
  readonly empty: string | null;
  readonly height: number | undefined;
  /** Drawn rows by p-value, the smallest first. */
  ranked(): Int32Array;
}

/** Where the inside of the picture is, in its px. */
export interface ScatterBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The points in px, and which rows are drawn. */
export interface ScatterPoints {
  readonly px: Float64Array;
  readonly py: Float64Array;
  /** Rows by class: neither, up, down. */
  readonly rows: readonly [Int32Array, Int32Array, Int32Array];
  /** All drawn rows. */
  readonly all: Int32Array;
}
