import type { Block } from "./block.ts";
import { createCountTerms } from "./count-terms.ts";
import { designRows, type ModelMatrix } from "./design-rows.ts";
import { createGeneDispersion } from "./gene-dispersion.ts";

export interface GeneWiseArgs {
  readonly design: ModelMatrix;
  /** What each sample's counts are divided by. */
  readonly sizeFactors: Float64Array;
}

/**
 * Mean normalised count and gene-wise dispersion of each gene (NaN without counts), and the natural-log coefficients its means come from,
 * p a gene, none where group means serve. Love, Huber & Anders 2014; DESeq2's estimateDispersionsGeneEst.
 */
export function deseq2GeneWise(
  { values, nGenes, nSamples }: Block,
  args: GeneWiseArgs,
): { baseMean: Float64Array; geneWise: Float64Array; meanBeta: Float64Array } {
  const design = designRows(args.design);
  const { nCoefficients: p, saturated, order } = design;
  const sizes = Float64Array.from(order, (s) => args.sizeFactors[s]);
  const gene = createGeneDispersion(design, sizes, createCountTerms(nSamples));
  const baseMean = new Float64Array(nGenes);
  const geneWise = new Float64Array(nGenes).fill(NaN);
  const meanBeta = new Float64Array(saturated ? 0 : nGenes * p);
  for (let g = 0; g < nGenes; ++g) {
    const mean = gene.load(values, g * nSamples);
    baseMean[g] = mean;
    if (!(mean > 0)) continue;
    const start = gene.start();
    gene.setMeans(start, false);
    geneWise[g] = gene.geneWise(start);
    if (!saturated) meanBeta.set(gene.beta, g * p);
  }
  return { baseMean, geneWise, meanBeta };
}
