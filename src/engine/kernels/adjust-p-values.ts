import { ascendingOrder } from "./ascending-order.ts";

/** Benjamini & Hochberg's adjusted p-values (1995) from logarithms of p; NaN stays and does not count. */
export function adjustPValues(logP: Float64Array): Float64Array {
  const order = ascendingOrder(logP);
  let n = order.length;
  while (n > 0 && Number.isNaN(logP[order[n - 1]])) --n;
  const adjusted = new Float64Array(logP.length).fill(NaN);
  let least = 0;
  for (let k = n - 1; k >= 0; --k) {
    const i = order[k];
    least = Math.min(least, logP[i] + Math.log(n / (k + 1)));
    adjusted[i] = Math.exp(least);
  }
  return adjusted;
}
