import type { Block } from "./block.ts";
import { groupOrder } from "./group-order.ts";
import { scaledZeros, scaleGene, type Scale } from "./scale.ts";

export interface GroupSummaryArgs {
  /** The group of each sample, 0-based; a negative one leaves the sample out. */
  readonly groups: Int32Array;
  readonly nGroups: number;
  /** Values worked on; null takes them as stored. */
  readonly scale: Scale | null;
}

/**
 * Mean, variance and number of detecting samples of every gene in every group of samples.
 *
 * Each array is genes x groups, gene-major. The variance is over n - 1, from a second pass around the mean,
 * in float64. Mean is NaN for an empty group, variance for a group of fewer than two. `detected` counts the
 * samples whose stored value is above 0, whatever the scale.
 */
export function groupSummary(
  block: Block,
  { groups, nGroups, scale }: GroupSummaryArgs,
): { mean: Float64Array; variance: Float64Array; detected: Int32Array } {
  const { values, nGenes, nSamples } = block;
  if (groups.length !== nSamples)
    throw new RangeError(`groups for ${groups.length} samples, not ${nSamples}`);
  const { order, starts } = groupOrder(groups, nGroups);
  const mean = new Float64Array(nGenes * nGroups);
  const variance = new Float64Array(nGenes * nGroups);
  const detected = new Int32Array(nGenes * nGroups);
  const scaled = scale === null ? null : new Float64Array(nSamples);
  const zeros = scale === null ? null : scaledZeros(scale);
  for (let g = 0; g < nGenes; ++g) {
    const stored = g * nSamples;
    if (scaled !== null) scaleGene(block, g, scale!, zeros!, scaled);
    const x = scaled ?? values;
    const row = scaled === null ? stored : 0;
    for (let k = 0; k < nGroups; ++k) {
      const from = starts[k];
      const to = starts[k + 1];
      let sum = 0;
      let above = 0;
      for (let i = from; i < to; ++i) {
        sum += x[row + order[i]];
        if (values[stored + order[i]] > 0) ++above;
      }
      const m = sum / (to - from);
      let squares = 0;
      for (let i = from; i < to; ++i) {
        const d = x[row + order[i]] - m;
        squares += d * d;
      }
      const out = g * nGroups + k;
      mean[out] = m;
      variance[out] = to - from > 1 ? squares / (to - from - 1) : NaN;
      detected[out] = above;
    }
  }
  return { mean, variance, detected };
}
