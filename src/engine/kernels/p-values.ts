import { adjustPValues } from "./adjust-p-values.ts";

/** P-values and Benjamini & Hochberg's adjusted ones, of logarithms of p; NaN stays and does not count. */
export function pValues({ logP }: { readonly logP: Float64Array }): {
  pvalue: Float64Array;
  padj: Float64Array;
} {
  return { pvalue: logP.map(Math.exp), padj: adjustPValues(logP) };
}
