/** Benjamini & Hochberg's adjusted p-values (1995) from logarithms of p; NaN stays and does not count. */
export function adjustPValues(logP: Float64Array): Float64Array {
  const order = Uint32Array.from(logP, (_, i) => i)
    .filter((i) => !Number.isNaN(logP[i]))
    .sort((a, b) => logP[b] - logP[a] || 0);
  const n = order.length;
  const adjusted = new Float64Array(logP.length).fill(NaN);
  let least = 0;
  order.forEach((i, k) => {
    least = Math.min(least, logP[i] + Math.log(n / (n - k)));
    adjusted[i] = Math.exp(least);
  });
  return adjusted;
}
