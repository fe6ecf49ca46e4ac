import { collapse } from "./collapse.ts";
import { correlate } from "./correlate.ts";
import { differentialExpression } from "./differential-expression.ts";
import { duplicates } from "./duplicates.ts";
import { filterGenes } from "./filter-genes.ts";
import { hclust } from "./hclust.ts";
import { pca } from "./pca.ts";
import { sizeFactors } from "./size-factors.ts";
import { summarize } from "./summarize.ts";
import { transform } from "./transform.ts";

export type { AnalysisContext } from "./context.ts";

/** Every analysis by name: `(data, options, context)` to a table, an experiment, a fit or a record of such. */
export const analyses = {
  summarize,
  sizeFactors,
  filterGenes,
  transform,
  collapse,
  pca,
  hclust,
  correlate,
  duplicates,
  differentialExpression,
};

export type Analyses = typeof analyses;
