import type { SampleVariance } from "../pool/index.ts";
import type { FitOptions } from "./fit.ts";

/** What was done about blocks and weights, in sentences. */
export function blockWords(options: FitOptions, { blocks }: SampleVariance): string[] {
  const out: string[] = [];
  if (options.block && blocks)
    out.push(
      `Samples of the same ${options.block.column} were taken as correlated (${blocks.correlation.toFixed(3)}, a consensus over genes).`,
    );
  if (options.sampleWeights === "estimated")
    out.push("Samples were weighted by their quality, estimated from the residuals of all genes.");
  else if (options.sampleWeights) out.push("Samples were weighted by weights given for them.");
  return out;
}

/** The papers behind a fit. */
export function limmaCitations(options: FitOptions, voom: boolean): string {
  const papers = ["Ritchie 2015, Nucleic Acids Research 43:e47", "Smyth 2004, SAGMB 3:3"];
  if (voom) papers.push("Law 2014, Genome Biology 15:R29");
  if (voom && options.sfType === "tmm")
    papers.push("Robinson and Oshlack 2010, Genome Biology 11:R25");
  if (options.robust) papers.push("Phipson 2016, Annals of Applied Statistics 10:946");
  if (options.block) papers.push("Smyth 2005, Bioinformatics 21:2067");
  if (options.sampleWeights === "estimated")
    papers.push(
      "Ritchie 2006, BMC Bioinformatics 7:261",
      ...(voom ? ["Liu 2015, Nucleic Acids Research 43:e97"] : []),
    );
  return `(${papers.join("; ")})`;
}
