import type { Block } from "./block.ts";
import { countModel, type MakeCountModel } from "./count-model.ts";
import { nullDesign } from "./quasi-fit.ts";

export interface QuasiNullArgs {
  readonly design: Float64Array;
  readonly nCoefficients: number;
  readonly libraries: Float64Array;
  /** One a gene of the whole experiment. */
  readonly dispersions: Float64Array;
  readonly contrast: Float64Array;
  /** The contrast's values under the null hypotheses, natural logarithms. */
  readonly shifts: Float64Array;
  /** 1 for genes of the whole experiment of which the Poisson likelihood ratio is wanted too. */
  readonly poisson: Uint8Array;
}

/**
 * Deviances of fits in which the contrast is held at each of `shifts` (genes x shifts), and for the marked genes the likelihood ratio
 * of the contrast being 0 with Poisson counts, else NaN. A saturated null (no column left) is a fit of nothing.
 */
export function quasiNull(
  { values, nGenes, nSamples: n, first = 0 }: Block,
  { design, nCoefficients: p, libraries, dispersions, contrast, shifts, poisson }: QuasiNullArgs,
  makeModel: MakeCountModel = countModel,
): { deviance: Float64Array; poissonRatio: Float64Array } {
  const { reduced, along } = nullDesign(design, n, p, contrast);
  const model = makeModel(reduced, n, p - 1);
  const full = makeModel(design, n, p);
  const base = libraries.map(Math.log);
  const offsets = Array.from(shifts, (shift) => base.map((o, s) => o + shift * along[s]));
  const deviance = new Float64Array(nGenes * shifts.length);
  const poissonRatio = new Float64Array(nGenes).fill(NaN);
  try {
    for (let g = 0; g < nGenes; ++g) {
      const y = values.subarray(g * n, (g + 1) * n);
      model.take(y);
      offsets.forEach((offset, i) => {
        model.fit(offset, dispersions[first + g], false);
        deviance[g * shifts.length + i] = model.deviance();
      });
      if (!poisson[first + g]) continue;
      model.fit(base, 0, false);
      full.take(y);
      full.fit(base, 0, false);
      poissonRatio[g] = Math.max(0, model.deviance() - full.deviance());
    }
  } finally {
    model.release();
    full.release();
  }
  return { deviance, poissonRatio };
}
