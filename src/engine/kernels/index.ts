import { correlation } from "./correlation.ts";
import { deseq2Fit } from "./deseq2-fit.ts";
import { deseq2GeneWise } from "./deseq2-gene-wise.ts";
import { deseq2Prior } from "./deseq2-prior.ts";
import { deseq2Results } from "./deseq2-results.ts";
import { deseq2Shrink } from "./deseq2-shrink.ts";
import { deseq2Trend } from "./deseq2-trend.ts";
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
  deseq2GeneWise,
  deseq2Trend,
  deseq2Fit,
  deseq2Results,
  deseq2Prior,
  deseq2Shrink,
};

export type Kernels = typeof kernels;
