import { correlation } from "./correlation.ts";
import { geneLogMeans } from "./gene-log-means.ts";
import { groupSummary } from "./group-summary.ts";
import { hclust } from "./hclust.ts";
import { medianRatios } from "./median-ratios.ts";
import { pca } from "./pca.ts";
import { scaledValues } from "./scaled-values.ts";
import { trimmedMeanOfMValues } from "./trimmed-mean-of-m-values.ts";
import { upperQuartiles } from "./upper-quartiles.ts";

/**
 * Every kernel by name. A block kernel `(block, args)` works on each gene by itself and returns gene arrays,
 * so that blocks can be worked on apart and joined; a whole kernel `(args)` does one task. All are pure.
 */
export const kernels = {
  groupSummary,
  scaledValues,
  geneLogMeans,
  medianRatios,
  upperQuartiles,
  trimmedMeanOfMValues,
  correlation,
  pca,
  hclust,
};

export type Kernels = typeof kernels;
