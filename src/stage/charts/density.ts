import { quantile } from "./quantile.ts";

/** A Gaussian kernel density of ascending values on `points` places within their range. */
export interface Density {
  readonly at: Float64Array;
  readonly density: Float64Array;
}

/** Kernel density with R's bw.nrd0 bandwidth, cut at the smallest and greatest value; null where fewer than three values or no spread. */
export function density(sorted: ArrayLike<number>, points = 64): Density | null {
  const n = sorted.length;
  if (n < 3 || sorted[0] === sorted[n - 1]) return null;
  let mean = 0;
  for (let i = 0; i < n; ++i) mean += sorted[i] / n;
  let squares = 0;
  for (let i = 0; i < n; ++i) squares += (sorted[i] - mean) ** 2;
  const sd = Math.sqrt(squares / (n - 1));
  const spread = Math.min(sd, (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34) || sd;
  const bandwidth = 0.9 * spread * n ** -0.2;
  const at = new Float64Array(points);
  const out = new Float64Array(points);
  const step = (sorted[n - 1] - sorted[0]) / (points - 1);
  const scale = 1 / (n * bandwidth * Math.sqrt(2 * Math.PI));
  for (let j = 0; j < points; ++j) {
    at[j] = sorted[0] + j * step;
    let sum = 0;
    for (let i = 0; i < n; ++i) {
      const z = (at[j] - sorted[i]) / bandwidth;
      if (z < 8 && z > -8) sum += Math.exp(-0.5 * z * z);
    }
    out[j] = sum * scale;
  }
  return { at, density: out };
}
