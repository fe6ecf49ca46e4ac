import { ascendingOrder } from "./ascending-order.ts";
import { lowess } from "./lowess.ts";
import { quantile } from "./quantile.ts";

export interface Filtered {
  /** Adjusted p values (Benjamini & Hochberg 1995) among the genes that passed; NaN for the others. */
  readonly padj: Float64Array;
  /** Genes whose mean is below this were left out; null without a filter. */
  readonly threshold: number | null;
}

const nThresholds = 50;
const fewRejections = 10;

/**
 * Adjusts p values among genes whose mean is above a threshold, chosen among 50 quantiles of the means from the share of zero means to
 * .95: the first at which rejections at `alpha` come within their scatter of the top of a lowess curve (f = 1/5) through
 * them; the first of all where no threshold gives more than 10. NaN p values take no part. Bourgon, Gentleman &
 * Huber 2010, PNAS 107:9546; DESeq2's results.
 */
export function independentFiltering(
  pvalue: Float64Array,
  means: Float64Array,
  alpha: number,
): Filtered {
  const n = pvalue.length;
  const order = ascending(pvalue);
  const zeros = means.reduce((sum, mean) => sum + (mean === 0 ? 1 : 0), 0) / n;
  const top = zeros < 0.95 ? 0.95 : 1;
  const theta = Float64Array.from(
    { length: nThresholds },
    (_, i) => zeros + (i * (top - zeros)) / (nThresholds - 1),
  );
  const room = means.toSorted();
  const cutoffs = theta.map((t) => quantile(room, t));
  const rejections = cutoffs.map((cutoff) => countRejections(pvalue, means, order, cutoff, alpha));
  const chosen = chooseThreshold(theta, rejections);
  const kept = order.filter((g) => means[g] >= cutoffs[chosen]);
  return { padj: adjust(pvalue, kept), threshold: cutoffs[chosen] };
}

/** Adjusted p values of all genes that have one. */
export function benjaminiHochberg(pvalue: Float64Array): Float64Array {
  return adjust(pvalue, ascending(pvalue));
}

function chooseThreshold(theta: Float64Array, rejections: Float64Array): number {
  const most = rejections.reduce((a, b) => Math.max(a, b), 0);
  if (most <= fewRejections) return 0;
  const curve = lowess(theta, rejections, {
    share: 1 / 5,
    delta: 0.01 * (theta[nThresholds - 1] - theta[0]),
  });
  let squares = 0;
  let counted = 0;
  let height = -Infinity;
  rejections.forEach((r, i) => {
    height = Math.max(height, curve[i]);
    if (r <= 0) return;
    squares += (r - curve[i]) ** 2;
    ++counted;
  });
  const enough = height - Math.sqrt(squares / counted);
  return Math.max(
    0,
    rejections.findIndex((r) => r > enough),
  );
}

/** Genes that have a p value, by p value. */
function ascending(pvalue: Float64Array): Uint32Array {
  const order = ascendingOrder(pvalue);
  let n = order.length;
  while (n > 0 && Number.isNaN(pvalue[order[n - 1]])) --n;
  return order.subarray(0, n);
}

function countRejections(
  pvalue: Float64Array,
  means: Float64Array,
  order: Uint32Array,
  cutoff: number,
  alpha: number,
): number {
  let n = 0;
  for (const g of order) if (means[g] >= cutoff) ++n;
  let rank = 0;
  let rejected = 0;
  for (const g of order) {
    if (!(means[g] >= cutoff)) continue;
    ++rank;
    if ((n / rank) * pvalue[g] < alpha) rejected = rank;
  }
  return rejected;
}

/** Step-up adjustment of the genes in `order`, ascending by p value; NaN for the others. */
function adjust(pvalue: Float64Array, order: Uint32Array): Float64Array {
  const out = new Float64Array(pvalue.length).fill(NaN);
  const n = order.length;
  let least = 1;
  for (let i = n - 1; i >= 0; --i) {
    least = Math.min(least, (n / (i + 1)) * pvalue[order[i]]);
    out[order[i]] = least;
  }
  return out;
}
