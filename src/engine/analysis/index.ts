import { collapse } from "./collapse.ts";
import { correlate } from "./correlate.ts";
import { duplicates } from "./duplicates.ts";
import { hclust } from "./hclust.ts";
import { pca } from "./pca.ts";
import { sizeFactors } from "./size-factors.ts";
import { summarize } from "./summarize.ts";
import { transform } from "./transform.ts";

export type { AnalysisContext } from "./context.ts";

/** Every analysis by name: `(data, options, context)` to a table, an experiment or a record of such. */
export const analyses = {
  summarize,
  sizeFactors,
  transform,
  collapse,
  pca,
  hclust,
  correlate,
  duplicates,
};

export type Analyses = typeof analyses;
