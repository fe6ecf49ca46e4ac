/**
 * Straight lines between points of ascending x; beyond the ends it is the value of the end. The returned function finds its
 * interval by a table of equal steps, so that many points cost no more than few.
 */
export function interpolator(x: Float64Array, y: Float64Array): (at: number) => number {
  const last = x.length - 1;
  const from = x[0];
  const nSteps = 2 * x.length;
  const perUnit = x[last] > from ? nSteps / (x[last] - from) : 0;
  const stepOf = (at: number) => Math.min(nSteps - 1, Math.floor((at - from) * perUnit));
  // The first point of each step's own, or of a later one.
  const firsts = new Uint32Array(nSteps + 1).fill(last);
  for (let i = last; i >= 0; --i) firsts[stepOf(x[i])] = i;
  for (let k = nSteps - 1; k >= 0; --k) firsts[k] = Math.min(firsts[k], firsts[k + 1]);
  return (at) => {
    if (!(at > from)) return y[0];
    if (at >= x[last]) return y[last];
    const step = stepOf(at);
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
