import { logGamma } from "./special/log-gamma.ts";

/** log gamma(k + r) - log gamma(r), r = 1 / dispersion, for whole k from 0 up. */
export interface RisingTable {
  readonly dispersion: number;
  readonly values: Float64Array;
  readonly logGammaR: number;
}

/** Counts below this have their logarithms from a table. */
const nTabled = 2048;

let last: readonly RisingTable[] = [];

/** A table for each dispersion; those made last are kept, since the same dispersions are asked for again and again. */
export function risingTables(dispersions: Float64Array): readonly RisingTable[] {
  const known =
    last.length === dispersions.length &&
    last.every(({ dispersion }, i) => dispersion === dispersions[i]);
  if (!known) last = Array.from(dispersions, tableOf);
  return last;
}

function tableOf(dispersion: number): RisingTable {
  const r = 1 / dispersion;
  const values = new Float64Array(nTabled);
  for (let k = 1; k < nTabled; ++k) values[k] = values[k - 1] + Math.log(r + k - 1);
  return { dispersion, values, logGammaR: logGamma(r) };
}

/** log gamma(y + r) - log gamma(r) of a whole count. */
export function risingLog(y: number, { dispersion, values, logGammaR }: RisingTable): number {
  return y < nTabled ? values[y] : logGamma(y + 1 / dispersion) - logGammaR;
}
