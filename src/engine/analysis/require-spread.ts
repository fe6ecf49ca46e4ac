import { workError } from "../../base/errors.ts";

/**
 * Refuses fits whose residuals are the rounding of 0 for every gene: samples that are copies of each other would have p values of noise.
 * `sigma` are residual standard deviations, `mean` the genes' means.
 */
export function requireSpread(sigma: Float64Array, mean: Float64Array): void {
  for (let g = 0; g < sigma.length; ++g)
    if (sigma[g] > 1e-11 * Math.max(1, Math.abs(mean[g]))) return;
  throw workError("no gene varies between replicates: every residual is 0", {
    help: "Samples of a group are copies of each other; look for one sample that was read several times.",
  });
}
