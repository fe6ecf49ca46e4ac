import { bool, float64, makeTable, type Table } from "../../tables/index.ts";
import type { Contrast, Design } from "../design/index.ts";
import type { Experiment } from "../experiment/types.ts";
import type { AnalysisContext } from "./context.ts";
import { deseq2Methods } from "./deseq2-methods.ts";
import { fitDeseq2Model, type Deseq2Model } from "./deseq2-model.ts";
import { deseq2Test } from "./deseq2-test.ts";
import { deseq2Shrinkage } from "./deseq2-shrinkage.ts";
import type { FitOptions, MethodFit, ResultOptions } from "./fit.ts";
import { geneNames } from "./gene-names.ts";

/**
 * Fits the negative binomial model of DESeq2 to every gene: size factors, gene-wise, trended and posterior dispersions, coefficients, Cook's
 * distances with replacement of outliers in groups of 7 or more, and the null model of a likelihood ratio test. Love,
 * Huber & Anders 2014, Genome Biology 15:550; agrees with DESeq2 1.38.
 */
export async function fitDeseq2(
  experiment: Experiment,
  design: Design,
  options: FitOptions,
  context: AnalysisContext,
): Promise<MethodFit> {
  const model = await fitDeseq2Model(experiment, design, options, context);
  const { trend, fit } = model;
  const variant = `DESeq2 1.38, ${trend.trend.type} dispersion trend`;
  return {
    variant,
    dispersions: dispersionTable(model),
    sampleWeights: null,
    warnings: warningsOf(model),
    methods: deseq2Methods(model),
    async results(contrast: Contrast, chosen: ResultOptions, call: AnalysisContext) {
      const tested = await deseq2Test(model, contrast, chosen, call);
      if (!chosen.shrink) return tested;
      return deseq2Shrinkage(model, contrast, chosen.shrink, tested, call);
    },
  };

  function dispersionTable({ experiment: { genes, counts } }: Deseq2Model): Table {
    const rows = Int32Array.from({ length: counts.nGenes }, (_, g) => g);
    const outlier = Array.from(fit.outlier, (o, g) => (fit.map[g] > 0 ? o === 1 : null));
    return makeTable(
      {
        gene_id: geneNames(genes, rows).gene_id,
        baseMean: float64(fit.baseMean),
        gene_wise: float64(fit.geneWise),
        trend: float64(fit.trend),
        map: float64(fit.map),
        outlier: bool(outlier),
      },
      { variant, trend: trend.trend.type },
    );
  }
}

function warningsOf({ trend, fit, options }: Deseq2Model): string[] {
  const warnings: string[] = [];
  if (trend.fallback && options.fitType === "parametric")
    warnings.push(
      `The parametric dispersion trend could not be fitted (${trend.fallback}): a local one was used.`,
    );
  const stuck = fit.converged.reduce(
    (n, converged, g) =>
      n + (converged === 0 && fit.dispersion[g] > 0 && fit.baseMean[g] > 0 ? 1 : 0),
    0,
  );
  if (stuck > 0)
    warnings.push(
      `The coefficients of ${stuck} ${stuck === 1 ? "gene" : "genes"} did not converge.`,
    );
  return warnings;
}
