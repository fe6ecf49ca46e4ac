import type { Block } from "./block.ts";
import { createBinomialFitter, leastRidge } from "./binomial-fit.ts";
import { createCooksDistance } from "./cooks-distance.ts";
import { createCountTerms, type CountTerms } from "./count-terms.ts";
import { designRows, type DesignRows, type ModelMatrix } from "./design-rows.ts";
import { trendAt, type Trend } from "./dispersion-trend.ts";
import { createGeneDispersion } from "./gene-dispersion.ts";
import { createMeanFit } from "./mean-fit.ts";
import { markReplaced, replacedWords, usualCount } from "./replaced-counts.ts";
import { fQuantile } from "./special/f-quantile.ts";

export interface Deseq2FitArgs {
  readonly design: ModelMatrix;
  /** The design of the null model of a likelihood ratio test. */
  readonly reduced: ModelMatrix | null;
  readonly sizeFactors: Float64Array;
  readonly trend: Trend;
  readonly priorVariance: number;
  /** Squared robust spread of log gene-wise dispersions about the trend. */
  readonly residualVariance: number;
  /** What deseq2GeneWise gave for all genes. */
  readonly geneWise: Float64Array;
  readonly meanBeta: Float64Array;
}

/** An array of one or more numbers a gene; NaN for genes without counts. Coefficients are natural logarithms. */
export interface Deseq2Fitted {
  /** After outliers were replaced, as all that follows. */
  readonly baseMean: Float64Array;
  readonly geneWise: Float64Array;
  readonly trend: Float64Array;
  readonly map: Float64Array;
  /** The dispersion used: the posterior one, or the gene-wise one where `outlier`. */
  readonly dispersion: Float64Array;
  readonly outlier: Int32Array;
  /** p a gene, and p x p. */
  readonly beta: Float64Array;
  readonly covariance: Float64Array;
  /** Twice the log-likelihood ratio against the reduced design; NaN without one. */
  readonly likelihoodRatio: Float64Array;
  /** The largest Cook's distance of samples with 2 or more fellows that were not replaced; NaN where there is none. */
  readonly maxCooks: Float64Array;
  /** How many samples have a larger count than the one with the largest Cook's distance. */
  readonly nAbove: Int32Array;
  /** Whose counts were replaced, in bits: see isReplaced. */
  readonly replaced: Int32Array;
  /** 1 where some sample is an outlier and the gene was fitted again; a baseMean of 0 then says that all counts became 0. */
  readonly refitted: Int32Array;
  readonly converged: Int32Array;
}

/** Fellows of a sample, itself among them, that are enough to replace its outliers, and to flag them. */
const enoughToReplace = 7;
const enoughToFlag = 3;

/**
 * Posterior dispersion, coefficients with their covariance, and Cook's distances of each gene; counts with a Cook's distance above
 * the 99 % point of F(p, n - p) in groups of 7 or more are replaced by the trimmed mean and the gene is fitted
 * again. Love, Huber & Anders 2014; DESeq2's estimateDispersionsMAP, nbinomWaldTest, replaceOutliers, nbinomLRT.
 */
export function deseq2Fit(block: Block, args: Deseq2FitArgs): Deseq2Fitted {
  const { values, nGenes, nSamples, first = 0 } = block;
  const { trend, priorVariance, residualVariance } = args;
  const design = designRows(args.design);
  const { nCoefficients: p, order, saturated } = design;
  const sizes = Float64Array.from(order, (s) => args.sizeFactors[s]);
  const terms = createCountTerms(nSamples);
  const gene = createGeneDispersion(design, sizes, terms);
  const full = fitterOf(design, sizes, terms);
  const null_ = args.reduced ? nullFitter(args.reduced, args.sizeFactors, order, terms) : null;
  const cooks = createCooksDistance(design);
  const fellows = fellowsOf(design);
  const cutoff = nSamples > p ? fQuantile(0.99, p, nSamples - p) : Infinity;
  const canReplace = nSamples > p && fellows.some((n) => n >= enoughToReplace);
  const leastKept = canReplace ? enoughToReplace : Infinity;
  const flags =
    nSamples > p && fellows.some((n) => n >= enoughToFlag) && fellows.some((n) => n < leastKept);
  const outlierBeyond = 2 * Math.sqrt(residualVariance);
  const nWords = replacedWords(nSamples);
  const floats = (each: number) => new Float64Array(nGenes * each).fill(NaN);
  const ints = (each: number) => new Int32Array(nGenes * each);
  const out = {
    baseMean: floats(1),
    geneWise: floats(1),
    trend: floats(1),
    map: floats(1),
    dispersion: floats(1),
    outlier: ints(1),
    beta: floats(p),
    covariance: floats(p * p),
    likelihoodRatio: floats(1),
    maxCooks: floats(1),
    nAbove: ints(1),
    replaced: ints(nWords),
    refitted: ints(1),
    converged: ints(1),
  };
  const room = new Float64Array(nSamples);

  function fitGene(g: number, mean: number, geneWise: number): void {
    const expected = trendAt(trend, mean);
    const map = gene.posterior(geneWise, expected, priorVariance);
    const outlier = Math.log(geneWise) > Math.log(expected) + outlierBeyond;
    const alpha = outlier ? geneWise : map;
    out.baseMean[g] = mean;
    out.geneWise[g] = geneWise;
    out.trend[g] = expected;
    out.map[g] = map;
    out.outlier[g] = outlier ? 1 : 0;
    out.dispersion[g] = alpha;
    const fit = full.run(gene.y, alpha);
    out.beta.set(fit.beta, g * p);
    out.covariance.set(fit.covariance, g * p * p);
    out.converged[g] = fit.converged ? 1 : 0;
    if (null_) out.likelihoodRatio[g] = 2 * (fit.logLikelihood - null_(gene.y, alpha));
  }

  for (let g = 0; g < nGenes; ++g) {
    const mean = gene.load(values, g * nSamples);
    if (!(mean > 0)) {
      out.baseMean[g] = 0;
      continue;
    }
    if (!saturated) gene.beta.set(args.meanBeta.subarray((first + g) * p, (first + g + 1) * p));
    gene.setMeans(0, true);
    fitGene(g, mean, args.geneWise[first + g]);
    if (nSamples <= p) continue;
    const { mu, leverage } = full.fit;
    cooks.compute(gene.y, gene.normalised, mean, mu, leverage);
    const { distances } = cooks;
    let top = 0;
    for (let i = 1; i < nSamples; ++i) if (distances[i] > distances[top]) top = i;
    for (let i = 0; i < nSamples; ++i) if (gene.y[i] > gene.y[top]) ++out.nAbove[g];
    let most = 0;
    let above = false;
    for (let i = 0; i < nSamples; ++i) {
      if (distances[i] > cutoff) above = true;
      if (fellows[i] >= enoughToFlag && fellows[i] < leastKept) most = Math.max(most, distances[i]);
    }
    if (flags) out.maxCooks[g] = most;
    if (!canReplace || !above) continue;
    out.refitted[g] = 1;
    const usual = usualCount(gene.normalised, room);
    for (let i = 0; i < nSamples; ++i) {
      if (!(distances[i] > cutoff) || fellows[i] < enoughToReplace) continue;
      gene.y[i] = Math.trunc(usual * sizes[i]);
      markReplaced(out.replaced, g * nWords, order[i]);
    }
    const meanNow = gene.reload();
    if (!(meanNow > 0)) {
      out.baseMean[g] = 0;
      out.beta.fill(0, g * p, (g + 1) * p);
      out.covariance.fill(0, g * p * p, (g + 1) * p * p);
      out.likelihoodRatio[g] = args.reduced ? 0 : NaN;
      continue;
    }
    const start = gene.start();
    gene.setMeans(start, false);
    fitGene(g, meanNow, gene.geneWise(start));
  }
  return out;
}

/** For each place in the design's order, how many samples share its row. */
function fellowsOf({ nSamples, nRows, starts }: DesignRows): Int32Array {
  const fellows = new Int32Array(nSamples);
  for (let k = 0; k < nRows; ++k) fellows.fill(starts[k + 1] - starts[k], starts[k], starts[k + 1]);
  return fellows;
}

/** An intercept alone is the mean normalised count, as in DESeq2; all else is regression. */
function fitterOf(design: DesignRows, sizes: Float64Array, terms: CountTerms) {
  const { nCoefficients: p, nRows, x } = design;
  return p === 1 && nRows === 1 && x[0] === 1
    ? createMeanFit(sizes, terms)
    : createBinomialFitter(design, sizes, new Float64Array(p).fill(leastRidge), terms);
}

/** The log-likelihood of the reduced design; counts come in the order of the full one. */
function nullFitter(
  reduced: ModelMatrix,
  sizeFactors: Float64Array,
  fullOrder: Int32Array,
  terms: CountTerms,
): (y: Float64Array, alpha: number) => number {
  const design = designRows(reduced);
  const sizes = Float64Array.from(design.order, (s) => sizeFactors[s]);
  const fitter = fitterOf(design, sizes, terms);
  const place = new Int32Array(fullOrder.length);
  fullOrder.forEach((s, i) => (place[s] = i));
  const from = design.order.map((s) => place[s]);
  const y = new Float64Array(fullOrder.length);
  return (counts, alpha) => {
    for (let i = 0; i < y.length; ++i) y[i] = counts[from[i]];
    return fitter.run(y, alpha, false).logLikelihood;
  };
}
