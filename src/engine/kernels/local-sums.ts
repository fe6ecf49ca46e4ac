/** Sums over neighbouring points that a local line is made of. */
export interface LocalSums {
  /** Sets a weight for each point, 1 at first. */
  weigh(robustness: Float64Array): void;
  /**
   * Over the points [from, to), with tricube weights about `centre` (1 within a thousandth of `width`) times those of `weigh`: the sums of weight,
   * weight x distance, weight x distance², weight x y and weight x distance x y. The array is used again.
   */
  sums(from: number, to: number, centre: number, width: number): Float64Array;
  release(): void;
}

/** Makes sums over points of ascending x: `localSums` or its twin. */
export type MakeLocalSums = (x: Float64Array, y: Float64Array) => LocalSums;

/** Sums for Cleveland's local lines (1979). */
export function localSums(x: Float64Array, y: Float64Array): LocalSums {
  const out = new Float64Array(5);
  let robustness = new Float64Array(x.length).fill(1);
  return {
    weigh(weights) {
      robustness = Float64Array.from(weights);
    },
    sums(from, to, centre, width) {
      const near = 0.001 * width;
      const inverse = 1 / width;
      out.fill(0);
      for (let j = from; j < to; ++j) {
        const d = x[j] - centre;
        const distance = d < 0 ? -d : d;
        let weight = robustness[j];
        if (distance > near) {
          const u = distance * inverse;
          const v = 1 - u * u * u;
          weight *= v * v * v;
        }
        const wd = weight * d;
        const wy = weight * y[j];
        out[0] += weight;
        out[1] += wd;
        out[2] += wd * d;
        out[3] += wy;
        out[4] += wy * d;
      }
      return out;
    },
    release() {},
  };
}
