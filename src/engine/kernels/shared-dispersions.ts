import type { Block } from "./block.ts";
import { localAverages, type MakeLocalAverages } from "./local-averages.ts";
import { averagesAt, localConstant, type KnotAverages } from "./local-constant.ts";
import { makeSplineMaximiser } from "./maximise-spline.ts";

/** The dispersion at a point of the grid. */
export const gridDispersion = (point: number): number => 0.1 * 2 ** point;

/** The dispersion at which the sum of all genes' profiles, one number a point, is largest: the same for every gene. */
export function commonDispersion({
  sums,
  points,
}: {
  readonly sums: Float64Array;
  readonly points: Float64Array;
}): { dispersion: number } {
  return { dispersion: gridDispersion(makeSplineMaximiser(points)(sums)) };
}

/** Local averages over abundance of the profiles of genes, `nPoints` each: what genes of like abundance share. */
export function sharedProfile(
  {
    profile,
    nPoints,
    logCpm,
  }: {
    readonly profile: Float64Array;
    readonly nPoints: number;
    readonly logCpm: Float64Array;
  },
  makeAverages: MakeLocalAverages = localAverages,
): KnotAverages {
  const n = logCpm.length;
  const span = n > 50 ? 0.25 + 0.75 * Math.sqrt(50 / n) : 1;
  return localConstant(logCpm, profile, nPoints, span, makeAverages);
}

export interface SharedDispersionsArgs {
  /** log2 of dispersion / 0.1 at each point. */
  readonly points: Float64Array;
  readonly shared: KnotAverages;
  /** One a gene of the whole. */
  readonly logCpm: Float64Array;
}

/**
 * Of genes' adjusted profile likelihoods (a block, genes x points): the dispersion that genes of like abundance share, and what each
 * gene's own likelihood says (weighted likelihood: Chen, Lun & Smyth 2014, 2016; edgeR's estimateDisp with trend.method
 * "locfit").
 */
export function sharedDispersions(
  { values, nGenes, nSamples: m, first = 0 }: Block,
  { points, shared, logCpm }: SharedDispersionsArgs,
): { trend: Float64Array; geneWise: Float64Array } {
  const maximise = makeSplineMaximiser(points);
  const trend = new Float64Array(nGenes);
  const geneWise = new Float64Array(nGenes);
  const row = new Float64Array(m);
  for (let g = 0; g < nGenes; ++g) {
    averagesAt(shared, logCpm[first + g], m, row, 0);
    trend[g] = gridDispersion(maximise(row));
    geneWise[g] = gridDispersion(maximise(values as Float64Array, g * m));
  }
  return { trend, geneWise };
}

/**
 * Each gene's dispersion with its own likelihood and its neighbours' weighed: `priorN` is the weight of the neighbours in genes' worth, one a
 * gene of the whole or one for all, Infinity for the trend alone.
 */
export function taggedDispersions(
  { values, nGenes, nSamples: m, first = 0 }: Block,
  { points, shared, logCpm, priorN }: SharedDispersionsArgs & { readonly priorN: Float64Array },
): { tagwise: Float64Array } {
  const maximise = makeSplineMaximiser(points);
  const tagwise = new Float64Array(nGenes);
  const row = new Float64Array(m);
  for (let g = 0; g < nGenes; ++g) {
    averagesAt(shared, logCpm[first + g], m, row, 0);
    const weight = priorN.length === 1 ? priorN[0] : priorN[first + g];
    if (weight < Infinity) for (let i = 0; i < m; ++i) row[i] = row[i] * weight + values[g * m + i];
    tagwise[g] = gridDispersion(maximise(row));
  }
  return { tagwise };
}
