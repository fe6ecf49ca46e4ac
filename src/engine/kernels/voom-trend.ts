import { ascendingOrder } from "./ascending-order.ts";
import { localSums, type MakeLocalSums } from "./local-sums.ts";
import { lowess } from "./lowess.ts";

export interface VoomTrendArgs {
  /** Mean log count of each gene, and the root of its residual standard deviation; all-zero genes are left out before. */
  readonly means: Float64Array;
  readonly roots: Float64Array;
  readonly span: number;
}

/**
 * The mean-variance trend of voom (Law 2014, Genome Biology 15:R29): the lowess curve of the root residual standard deviation on the mean log
 * count, as points to interpolate between, `x` ascending without repeats.
 */
export function voomTrend(
  { means, roots, span }: VoomTrendArgs,
  makeSums: MakeLocalSums = localSums,
): { x: Float64Array; y: Float64Array } {
  const order = ascendingOrder(means);
  const n = order.length;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    x[i] = means[order[i]];
    y[i] = roots[order[i]];
  }
  const delta = n ? 0.01 * (x[n - 1] - x[0]) : 0;
  const fitted = lowess(x, y, { share: span, delta }, makeSums);
  const curve = { x: new Float64Array(n), y: new Float64Array(n) };
  let nPoints = 0;
  for (let i = 0; i < n;) {
    let j = i;
    let sum = 0;
    while (j < n && x[j] === x[i]) sum += fitted[j++];
    curve.x[nPoints] = x[i];
    curve.y[nPoints++] = sum / (j - i);
    i = j;
  }
  return { x: curve.x.slice(0, nPoints), y: curve.y.slice(0, nPoints) };
}
