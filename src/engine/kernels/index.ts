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
import { removeEffects } from "./remove-effects.ts";
import { scaledValues } from "./scaled-values.ts";
import { stabilisedValues } from "./stabilised-values.ts";
import { trimmedMeanOfMValues } from "./trimmed-mean-of-m-values.ts";
import { upperQuartiles } from "./upper-quartiles.ts";
import { varianceStabiliser } from "./variance-stabiliser.ts";
import { linearFit } from "./linear-fit.ts";
import { moderateVariances } from "./moderate-variances.ts";
import { moderatedTest } from "./moderated-test.ts";
import { unscaledCovariance } from "./unscaled-covariance.ts";
import { voomFit } from "./voom-fit.ts";
import { voomTrend } from "./voom-trend.ts";
import { averageLogCpm } from "./average-log-cpm.ts";
import { dispersionProfile } from "./dispersion-profile.ts";
import { quasiFit } from "./quasi-fit.ts";
import { quasiNull } from "./quasi-null.ts";
import { pValues } from "./p-values.ts";
import { quasiFTest } from "./quasi-f-test.ts";
import {
  commonDispersion,
  sharedDispersions,
  sharedProfile,
  taggedDispersions,
} from "./shared-dispersions.ts";
import { quasiTreat } from "./quasi-treat.ts";
import { blockCorrelation } from "./block-correlation.ts";
import { sampleScores } from "./sample-scores.ts";
import { sampleVarianceStep } from "./sample-variance-step.ts";
import { voomSampleWeights } from "./voom-sample-weights.ts";

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
  varianceStabiliser,
  stabilisedValues,
  removeEffects,
  linearFit,
  unscaledCovariance,
  voomTrend,
  voomFit,
  moderateVariances,
  moderatedTest,
  averageLogCpm,
  dispersionProfile,
  commonDispersion,
  sharedProfile,
  sharedDispersions,
  taggedDispersions,
  quasiFit,
  quasiNull,
  quasiFTest,
  pValues,
  quasiTreat,
  blockCorrelation,
  sampleScores,
  sampleVarianceStep,
  voomSampleWeights,
};

export type Kernels = typeof kernels;
