import type { DesignRows } from "./design-rows.ts";

/** Share trimmed from each end, and what makes a trimmed mean of squares a variance again, by number of values. */
function trimming(n: number): { share: number; scale: number } {
  if (n <= 3) return { share: 1 / 3, scale: 2.04 };
  if (n <= 23) return { share: 1 / 4, scale: 1.86 };
  return { share: 1 / 8, scale: 1.51 };
}

export interface CooksDistance {
  /** Distances of the gene at hand, in the design's order. */
  readonly distances: Float64Array;
  /** Works `distances` out from counts, normalised counts, fitted means and leverages. */
  compute(
    y: Float64Array,
    normalised: Float64Array,
    baseMean: number,
    mu: Float64Array,
    leverage: Float64Array,
  ): void;
}

/**
 * Cook's distance of each sample in the fit of a gene, with a dispersion of its own that outliers leave alone: (v - m) / m², at
 * least 0.04, of the mean m and the largest trimmed variance v over groups of 3 or more replicates (all samples where no
 * group has 3). Love, Huber & Anders 2014.
 */
export function createCooksDistance(design: DesignRows): CooksDistance {
  const { nSamples, nCoefficients, nRows, starts } = design;
  const distances = new Float64Array(nSamples);
  const room = new Float64Array(nSamples);
  const cells: number[] = [];
  for (let k = 0; k < nRows; ++k) if (starts[k + 1] - starts[k] >= 3) cells.push(k);

  function variance(x: Float64Array, from: number, to: number, share: number, scale: number) {
    const part = room.subarray(0, to - from);
    for (let i = from; i < to; ++i) part[i - from] = x[i];
    const centre = trimmedMean(part, share);
    for (let i = from; i < to; ++i) part[i - from] = (x[i] - centre) ** 2;
    return scale * trimmedMean(part, share);
  }

  return {
    distances,
    compute(y, normalised, baseMean, mu, leverage) {
      let v = 0;
      for (const k of cells) {
        const { share, scale } = trimming(starts[k + 1] - starts[k]);
        v = Math.max(v, variance(normalised, starts[k], starts[k + 1], share, scale));
      }
      if (cells.length === 0) v = variance(normalised, 0, nSamples, 1 / 8, 1.51);
      const alpha = Math.max(0.04, (v - baseMean) / (baseMean * baseMean));
      for (let i = 0; i < nSamples; ++i) {
        const residual = (y[i] - mu[i]) ** 2 / (mu[i] + alpha * mu[i] * mu[i]);
        distances[i] = ((residual / nCoefficients) * leverage[i]) / (1 - leverage[i]) ** 2;
      }
    },
  };
}

/** The mean without the share trimmed from each end; sorts the values. */
export function trimmedMean(values: Float64Array, share: number): number {
  values.sort();
  const low = Math.floor(values.length * share);
  const high = values.length - low;
  let sum = 0;
  for (let i = low; i < high; ++i) sum += values[i];
  return sum / (high - low);
}
