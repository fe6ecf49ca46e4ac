import type { Block } from "./block.ts";
import { countModel, type CountModel, type MakeCountModel } from "./count-model.ts";
import { independentColumns } from "./independent-columns.ts";
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

/** The dispersion of the fits that find samples without any expected count, and what counts as none. */
export const pilotDispersion = 0.05;
const nothing = 1e-4;

/**
 * The Cox-Reid adjusted profile likelihood of each gene at each dispersion, genes x dispersions, less the terms that depend on
 * counts alone (McCarthy, Chen & Smyth 2012). Samples in which a gene is fitted as zero take no part, nor do coefficients that only they
 * have; a gene without degrees of freedom then is 0 throughout. Fits go up the dispersions, each from the last. edgeR's
 * adjustedProfileLik within estimateDisp, up to a constant a gene.
 */
export function dispersionProfile(
  { values, nGenes, nSamples: n }: Block,
  { design, nCoefficients, offsets, dispersions }: DispersionProfileArgs,
  makeModel: MakeCountModel = countModel,
): { profile: Float64Array } {
  const nPoints = dispersions.length;
  const profile = new Float64Array(nGenes * nPoints);
  const tables = risingTables(dispersions);
  const whole = { samples: null, offsets, model: makeModel(design, n, nCoefficients) };
  const parts = new Map<string, Part | null>();
  const mu = new Float64Array(n);
  try {
    for (let g = 0; g < nGenes; ++g) {
      const y = values.subarray(g * n, (g + 1) * n);
      const part = y.includes(0) ? partOf(y) : whole;
      if (!part) continue;
      const { model, samples } = part;
      model.take(samples ? samples.map((s) => y[s]) : y);
      model.profile(part.offsets, tables, profile, g * nPoints);
    }
  } finally {
    whole.model.release();
    for (const part of parts.values()) part?.model.release();
  }
  return { profile };

  /** The samples that these counts are expected in; null where they leave no degrees of freedom. */
  function partOf(y: ArrayLike<number>): Part | null {
    whole.model.take(y);
    whole.model.fit(offsets, pilotDispersion, false);
    whole.model.means(mu);
    const kept: number[] = [];
    for (let s = 0; s < n; ++s) if (y[s] >= nothing || mu[s] >= nothing) kept.push(s);
    if (kept.length === n) return whole;
    const key = kept.join(" ");
    let part = parts.get(key);
    if (part === undefined) {
      if (parts.size >= mostParts) forget();
      parts.set(key, (part = partWith(kept)));
    }
    return part;
  }

  function forget(): void {
    for (const part of parts.values()) part?.model.release();
    parts.clear();
  }

  function partWith(kept: readonly number[]): Part | null {
    const columns = independentColumns(design, nCoefficients, kept);
    const m = kept.length;
    const p = columns.length;
    if (m <= p) return null;
    const own = new Float64Array(m * p);
    kept.forEach((s, i) =>
      columns.forEach((c, j) => (own[i * p + j] = design[s * nCoefficients + c])),
    );
    return {
      samples: kept,
      offsets: Float64Array.from(kept, (s) => offsets[s]),
      model: makeModel(own, m, p),
    };
  }
}

/** Some samples, null for all, with the part of the design that they tell. */
interface Part {
  readonly samples: readonly number[] | null;
  readonly offsets: Float64Array;
  readonly model: CountModel;
}

/** Models kept at once, of genes with the same samples. */
const mostParts = 64;
