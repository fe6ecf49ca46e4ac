import type { Table } from "../../tables/index.ts";
import type { Kind, ReportLine } from "../experiment/types.ts";
import type { FitType } from "./fit.ts";

export const transformMethods = ["cpm", "logcpm", "rpkm", "tpm", "vst"] as const;
export type TransformMethod = (typeof transformMethods)[number];

export interface TransformOptions {
  readonly method?: TransformMethod;
  /** What sizeFactors returned: effective library sizes instead of raw ones; for "vst" the size factors themselves. */
  readonly sizeFactors?: Table;
  /** "rpkm" and "tpm": the gene column that holds lengths, in bases. */
  readonly length?: string;
  /** "vst": the design whose means dispersions are about; without it they are about one mean ("blind"). */
  readonly design?: string;
  /** "vst": the kind of dispersion trend. */
  readonly fitType?: FitType;
  /** On a log scale: sample columns whose effects are taken away, for pictures only, */
  readonly removeBatch?: string | readonly string[];
  /** and the design whose effects are kept meanwhile. */
  readonly keep?: string;
}

/** Values on another scale, and what they are in words. */
export interface Transformed {
  readonly values: Float64Array;
  readonly kind: Kind;
  readonly lines: readonly ReportLine[];
}
