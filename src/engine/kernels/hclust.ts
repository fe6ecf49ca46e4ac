import { mergeOrder, type Dendrogram } from "./merge-order.ts";
import { nearestNeighbourChain, type Linkage } from "./nearest-neighbour-chain.ts";
import { pairSums, type PairSums } from "./pair-sums.ts";
import { pairwiseDistances, type Distance } from "./pairwise-distances.ts";

export interface HclustArgs {
  /** rows x columns, row-major; rows are what is clustered. No NaN. */
  readonly values: Float64Array;
  readonly nRows: number;
  readonly nColumns: number;
  readonly distance: Distance;
  readonly linkage: Linkage;
}

/**
 * Hierarchical clustering of rows: merges, heights and leaf order as R's hclust(dist(x)) gives them; where
 * distances are tied another tree may be as good. Throws where a correlation distance meets a row that does
 * not vary. Memory: 8 bytes for each pair of rows. `sums` may be a
 * faster twin.
 */
export function hclust(
  { values, nRows, nColumns, distance, linkage }: HclustArgs,
  sums: PairSums = pairSums,
): Dendrogram {
  const distances = pairwiseDistances(values, nRows, nColumns, distance, sums);
  return mergeOrder(nearestNeighbourChain(distances, nRows, linkage));
}
