import type { Deseq2Model } from "./deseq2-model.ts";

const sizeWords = {
  ratio: "the median-of-ratios method (Anders and Huber 2010)",
  poscounts: "the median-of-ratios method over positive counts (Anders and Huber 2010)",
  tmm: "trimmed means of M values (Robinson and Oshlack 2010)",
  upperquartile: "upper quartiles (Bullard et al. 2010)",
};

const trendWords = {
  parametric: "a parametric trend (asymptotic dispersion plus a term in 1/mean)",
  local: "a trend by local regression",
  mean: "their trimmed mean",
};

/** How a DESeq2 model was fitted, as a paragraph for a paper. */
export function deseq2Methods({ design, options, trend }: Deseq2Model): string {
  const fallback = trend.fallback
    ? ` A parametric trend was asked for and could not be fitted (${trend.fallback}).`
    : "";
  const test =
    options.test === "lrt" && options.reduced
      ? `a likelihood ratio test against the design ${options.reduced.formula}`
      : "Wald tests";
  return (
    `Differential expression was tested with the negative binomial model of DESeq2 (Love, Huber and Anders 2014, Genome Biology 15:550), as ` +
    `implemented in Engrailed to agree with DESeq2 1.38, with the design ${design.formula}. Size factors were estimated by ` +
    `${sizeWords[options.sfType]}. Dispersions were shrunken towards ${trendWords[trend.trend.type]}.${fallback} ` +
    `Counts with a Cook's distance above the 99 % point of the F distribution were replaced where a group had 7 or more ` +
    `replicates, and their genes left without a p value where it had 3 to 6. P values are from ${test}, adjusted by the ` +
    `method of Benjamini and Hochberg (1995) after independent filtering by mean normalised count (Bourgon, Gentleman and Huber 2010).`
  );
}
