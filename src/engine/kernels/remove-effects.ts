import type { Block } from "./block.ts";
import type { ModelMatrix } from "./design-rows.ts";
import { invertTriangle } from "./small-matrices.ts";
import { thinQr } from "./thin-qr.ts";

export interface RemoveEffectsArgs {
  /** Columns that are kept, then those whose fitted part is taken away; together of full rank. */
  readonly design: ModelMatrix;
  readonly nKept: number;
}

/** Each gene less what a least-squares fit ascribes to the unwanted columns, genes x samples. As limma's removeBatchEffect. */
export function removeEffects(
  { values, nGenes, nSamples }: Block,
  { design, nKept }: RemoveEffectsArgs,
): { values: Float64Array } {
  const { nCoefficients: p, values: x } = design;
  const { q, r } = thinQr(x, nSamples, p);
  const inverse = invertTriangle(r, p);
  const out = Float64Array.from(values);
  const projected = new Float64Array(p);
  for (let g = 0; g < nGenes; ++g) {
    const row = g * nSamples;
    projected.fill(0);
    for (let s = 0; s < nSamples; ++s)
      for (let j = 0; j < p; ++j) projected[j] += q[s * p + j] * values[row + s];
    for (let j = nKept; j < p; ++j) {
      let beta = 0;
      for (let k = j; k < p; ++k) beta += inverse[j * p + k] * projected[k];
      for (let s = 0; s < nSamples; ++s) out[row + s] -= beta * x[s * p + j];
    }
  }
  return { values: out };
}
