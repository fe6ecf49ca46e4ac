/** Least and largest variance of natural-log fold changes. */
const smallest = 0.001 ** 2;
const largest = 20 ** 2;

/**
 * The scale of the Cauchy prior on natural-log fold changes: the square root, at most 1, of the variance A that solves A = Σ (b² - e²) I
 * / Σ I with I = 1 / (A + e²)², b an estimate and e its standard error. NaN takes no part. Efron & Morris 1975; Zhu,
 * Ibrahim & Love 2019.
 */
export function cauchyScale(estimates: Float64Array, errors: Float64Array): number {
  const genes: number[] = [];
  estimates.forEach((b, g) => {
    if (Number.isFinite(b) && errors[g] > 0) genes.push(g);
  });
  const off = (a: number) => {
    let sum = 0;
    let weights = 0;
    for (const g of genes) {
      const e = errors[g] ** 2;
      const weight = 1 / (a + e) ** 2;
      sum += (estimates[g] ** 2 - e) * weight;
      weights += weight;
    }
    return sum / weights - a;
  };
  let low = smallest;
  let high = largest;
  if (!(off(low) > 0)) return Math.sqrt(smallest);
  if (off(high) > 0) return 1;
  for (let i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
    const middle = Math.sqrt(low * high);
    if (off(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.min(1, Math.sqrt(high));
}

/** The 0.975 point of the normal distribution. */
const z = 1.959963984540054;

/**
 * The variance of the normal prior on a log2 fold change: that of a normal whose upper 5 % of sizes begins where the weighted 95 % quantile
 * of the estimates' sizes lies. Estimates of 10 or more take no part. Love, Huber & Anders 2014.
 */
export function normalPriorVariance(estimates: Float64Array, weights: Float64Array): number {
  const genes: number[] = [];
  estimates.forEach((b, g) => {
    if (Math.abs(b) < 10 && weights[g] > 0) genes.push(g);
  });
  const n = genes.length;
  if (n === 0) return 1e6;
  genes.sort((a, b) => Math.abs(estimates[a]) - Math.abs(estimates[b]) || a - b);
  const total = genes.reduce((sum, g) => sum + weights[g], 0);
  const position = 1 + (n - 1) * 0.95;
  const low = Math.max(1, Math.floor(position));
  /** The first size whose cumulative weight, scaled to n, reaches `rank`. */
  const at = (rank: number) => {
    let sum = 0;
    for (const g of genes) {
      sum += (weights[g] / total) * n;
      if (sum >= rank) return Math.abs(estimates[g]);
    }
    return Math.abs(estimates[genes[n - 1]]);
  };
  const share = position % 1;
  const quantile = (1 - share) * at(low) + share * at(Math.min(low + 1, n));
  return (quantile / z) ** 2;
}
