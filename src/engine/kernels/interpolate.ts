/** Where to look for the interval of a place among ascending points. */
export interface StepTable {
  readonly nSteps: number;
  /** Steps in a unit of x. */
  readonly perUnit: number;
  /** nSteps + 1: the first point of each step's own, or of a later one. */
  readonly firsts: Uint32Array;
}

/** Equal steps from the first to the last of ascending points, two a point. */
export function stepTable(x: Float64Array): StepTable {
  const last = x.length - 1;
  const from = x[0];
  const nSteps = 2 * x.length;
  const perUnit = x[last] > from ? nSteps / (x[last] - from) : 0;
  const firsts = new Uint32Array(nSteps + 1).fill(last);
  for (let i = last; i >= 0; --i)
    firsts[Math.min(nSteps - 1, Math.floor((x[i] - from) * perUnit))] = i;
  for (let k = nSteps - 1; k >= 0; --k) firsts[k] = Math.min(firsts[k], firsts[k + 1]);
  return { nSteps, perUnit, firsts };
}

/**
 * Straight lines between points of ascending x; beyond the ends it is the value of the end. The returned function finds its
 * interval by a table of equal steps, so that many points cost no more than few.
 */
export function interpolator(x: Float64Array, y: Float64Array): (at: number) => number {
  const last = x.length - 1;
  const from = x[0];
  const { nSteps, perUnit, firsts } = stepTable(x);
  return (at) => {
    if (!(at > from)) return y[0];
    if (at >= x[last]) return y[last];
    const step = Math.min(nSteps - 1, Math.floor((at - from) * perUnit));
    let low = Math.max(0, firsts[step] - 1);
    let high = Math.min(last, firsts[step + 1]);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle] <= at) low = middle;
      else high = middle;
    }
    return y[low] + ((at - x[low]) / (x[high] - x[low])) * (y[high] - y[low]);
  };
}
