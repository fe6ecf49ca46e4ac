/** Weighted averages of columns over runs of sorted points. */
export interface LocalAverages {
  /** The averages over the sorted points [low, high) with tricube weights about t, 0 from `bandwidth` on; all alike where that is 0. */
  at(low: number, high: number, t: number, bandwidth: number): Float64Array;
  release(): void;
}

/** Makes averages of y (points x columns), whose points stand in this order when sorted: `localAverages` or its twin. */
export type MakeLocalAverages = (
  sorted: Float64Array,
  order: Uint32Array,
  y: Float64Array,
  nColumns: number,
) => LocalAverages;

export function localAverages(
  sorted: Float64Array,
  order: Uint32Array,
  y: Float64Array,
  nColumns: number,
): LocalAverages {
  return {
    at(low, high, t, bandwidth) {
      const average = new Float64Array(nColumns);
      let total = 0;
      for (let k = low; k < high; ++k) {
        const u = Math.abs(sorted[k] - t) / bandwidth;
        const rest = 1 - u * u * u;
        const weight = bandwidth > 0 ? (u < 1 ? rest * rest * rest : 0) : 1;
        if (weight === 0) continue;
        total += weight;
        const from = order[k] * nColumns;
        for (let c = 0; c < nColumns; ++c) average[c] += weight * y[from + c];
      }
      for (let c = 0; c < nColumns; ++c) average[c] /= total;
      return average;
    },
    release() {},
  };
}
