import { averagesAt, localConstant } from "./local-constant.ts";
import { makeSplineMaximiser } from "./maximise-spline.ts";

export interface SharedDispersionsArgs {
  /** genes x points, of the genes that take part. */
  readonly profile: Float64Array;
  /** log2 of dispersion / 0.1 at each point. */
  readonly points: Float64Array;
  readonly logCpm: Float64Array;
  /** Prior weight of the trend in genes' worth, one a gene or one for all; null gives no tagwise dispersions. */
  readonly priorN: Float64Array | null;
}

/** The dispersion at a point of the grid. */
export const gridDispersion = (point: number): number => 0.1 * 2 ** point;

/** The dispersion at which the sum of all genes' profiles is largest: the same for every gene. */
export function commonDispersion({
  profile,
  points,
}: {
  readonly profile: Float64Array;
  readonly points: Float64Array;
}): { dispersion: number } {
  const m = points.length;
  const sums = new Float64Array(m);
  for (let i = 0; i < profile.length; ++i) sums[i % m] += profile[i];
  return { dispersion: gridDispersion(makeSplineMaximiser(points)(sums)) };
}

/**
 * Dispersions that genes of like abundance share, from local averages of their adjusted profile likelihoods, and what each gene's own
 * likelihood says, alone and weighed with its neighbours' (weighted likelihood empirical Bayes: Chen, Lun & Smyth 2014,
 * 2016; edgeR's estimateDisp with trend.method "locfit").
 */
export function sharedDispersions({ profile, points, logCpm, priorN }: SharedDispersionsArgs): {
  trend: Float64Array;
  geneWise: Float64Array;
  tagwise: Float64Array;
} {
  const m = points.length;
  const n = logCpm.length;
  const span = n > 50 ? 0.25 + 0.75 * Math.sqrt(50 / n) : 1;
  const shared = localConstant(logCpm, profile, m, span);
  const maximise = makeSplineMaximiser(points);
  const trend = new Float64Array(n);
  const geneWise = new Float64Array(n);
  const tagwise = new Float64Array(priorN ? n : 0);
  const row = new Float64Array(m);
  for (let g = 0; g < n; ++g) {
    averagesAt(shared, logCpm[g], m, row, 0);
    trend[g] = gridDispersion(maximise(row));
    geneWise[g] = gridDispersion(maximise(profile, g * m));
    if (!priorN) continue;
    const weight = priorN.length === 1 ? priorN[0] : priorN[g];
    if (weight === Infinity) tagwise[g] = trend[g];
    else {
      for (let i = 0; i < m; ++i) row[i] = row[i] * weight + profile[g * m + i];
      tagwise[g] = gridDispersion(maximise(row));
    }
  }
  return { trend, geneWise, tagwise };
}
