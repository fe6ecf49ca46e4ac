import { createBinomialFitter } from "./binomial-fit.ts";
import type { Block } from "./block.ts";
import { createCountTerms } from "./count-terms.ts";
import { designRows, type ModelMatrix } from "./design-rows.ts";
import { isReplaced, replacedWords, usualCount } from "./replaced-counts.ts";
import { shrinkageMode } from "./shrinkage-mode.ts";

export interface Deseq2ShrinkArgs {
  /** A design in which the fold change is one coefficient. */
  readonly design: ModelMatrix;
  readonly coefficient: number;
  readonly sizeFactors: Float64Array;
  /** The dispersion of all genes; NaN leaves a gene out. */
  readonly dispersion: Float64Array;
  /** Which counts deseq2Fit replaced, of all genes; null takes the counts as they were. */
  readonly outliers: { readonly replaced: Int32Array; readonly refitted: Int32Array } | null;
  /** "cauchy" on the coefficient, with a scale; "normal" on every coefficient, as ridges. Natural logarithms. */
  readonly prior:
    | { readonly type: "cauchy"; readonly scale: number }
    | { readonly type: "normal"; readonly ridges: Float64Array };
}

/**
 * Shrunken natural-log fold changes with posterior standard deviations; NaN for genes without a dispersion. "cauchy": the highest posterior
 * mode (Zhu, Ibrahim & Love 2019, apeglm), found from the fit without prior and from 0. "normal": Love, Huber &
 * Anders 2014.
 */
export function deseq2Shrink(
  { values, nGenes, nSamples, first = 0 }: Block,
  args: Deseq2ShrinkArgs,
): { lfc: Float64Array; deviation: Float64Array } {
  const { coefficient, prior, outliers } = args;
  const design = designRows(args.design);
  const { nCoefficients: p, order, x, starts } = design;
  const sizeFactors = Float64Array.from(order, (s) => args.sizeFactors[s]);
  const nWords = replacedWords(nSamples);
  const y = new Float64Array(nSamples);
  const normalised = new Float64Array(nSamples);
  const room = new Float64Array(nSamples);
  const lfc = new Float64Array(nGenes).fill(NaN);
  const deviation = new Float64Array(nGenes).fill(NaN);
  const wide = new Float64Array(p).fill(1 / 15 ** 2);
  const terms = createCountTerms(nSamples);
  const fitter = createBinomialFitter(
    design,
    sizeFactors,
    prior.type === "normal" ? prior.ridges : wide,
    terms,
  );
  const apart = new Float64Array(p);

  for (let g = 0; g < nGenes; ++g) {
    const alpha = args.dispersion[first + g];
    if (!(alpha > 0)) continue;
    let total = 0;
    for (let i = 0; i < nSamples; ++i) total += y[i] = values[g * nSamples + order[i]];
    if (outliers?.refitted[first + g]) {
      for (let i = 0; i < nSamples; ++i) normalised[i] = y[i] / sizeFactors[i];
      const usual = usualCount(normalised, room);
      total = 0;
      for (let i = 0; i < nSamples; ++i) {
        if (isReplaced(outliers.replaced, (first + g) * nWords, order[i]))
          y[i] = Math.trunc(usual * sizeFactors[i]);
        total += y[i];
      }
    }
    if (total === 0) {
      lfc[g] = deviation[g] = 0;
      continue;
    }
    terms.prepare(y);
    const { beta, covariance } = fitter.run(y, alpha);
    if (prior.type === "normal") {
      lfc[g] = beta[coefficient];
      deviation[g] = Math.sqrt(covariance[coefficient * p + coefficient]);
      continue;
    }
    const gene = { y, sizeFactors, alpha, x, starts };
    const cauchy = { coefficient, scale: prior.scale };
    apart.set(beta);
    apart[coefficient] = 0;
    const near = shrinkageMode(gene, cauchy, apart);
    const far = shrinkageMode(gene, cauchy, beta);
    const best = near.value > far.value ? apart : beta;
    lfc[g] = best[coefficient];
    deviation[g] = (near.value > far.value ? near : far).deviation;
  }
  return { lfc, deviation };
}
