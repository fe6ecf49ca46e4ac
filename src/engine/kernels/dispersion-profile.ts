import type { Block } from "./block.ts";
import { countModel, type MakeCountModel } from "./count-model.ts";
import { risingTables } from "./rising-tables.ts";

export interface DispersionProfileArgs {
  /** samples x coefficients. */
  readonly design: Float64Array;
  readonly nCoefficients: number;
  /** Logarithms of library sizes times normalisation factors. */
  readonly offsets: Float64Array;
  /** Where the likelihood is asked for, ascending. */
  readonly dispersions: Float64Array;
}

/**
 * The Cox-Reid adjusted profile likelihood of each gene at each dispersion, genes x dispersions, less the terms that depend on
 * counts alone (McCarthy, Chen & Smyth 2012). edgeR's adjustedProfileLik up to a constant a gene.
 */
export function dispersionProfile(
  { values, nGenes, nSamples: n }: Block,
  { design, nCoefficients, offsets, dispersions }: DispersionProfileArgs,
  makeModel: MakeCountModel = countModel,
): { profile: Float64Array } {
  const nPoints = dispersions.length;
  const profile = new Float64Array(nGenes * nPoints);
  const tables = risingTables(dispersions);
  const model = makeModel(design, n, nCoefficients);
  try {
    for (let g = 0; g < nGenes; ++g) {
      model.take(values.subarray(g * n, (g + 1) * n));
      for (let i = 0; i < nPoints; ++i) {
        model.fit(offsets, dispersions[i], i > 0);
        profile[g * nPoints + i] = model.logLikelihood(tables, i) - model.halfLogDeterminant();
      }
    }
  } finally {
    model.release();
  }
  return { profile };
}
