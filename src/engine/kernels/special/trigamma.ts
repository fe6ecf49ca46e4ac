/**
 * The second derivative of log gamma at x > 0: the asymptotic series from 15 up, recurrence below. Relative error below 1e-13.
 * Infinity at 0, NaN below. Abramowitz & Stegun 6.4.6, 6.4.12.
 */
export function trigamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  let shift = 0;
  while (x < 15) {
    shift += 1 / (x * x);
    ++x;
  }
  const y = 1 / x;
  const z = y * y;
  const series =
    z *
    (0.16666666666666666 -
      z *
        (0.03333333333333333 -
          z *
            (0.023809523809523808 -
              z * (0.03333333333333333 - z * (0.07575757575757576 - z * 0.2531135531135531)))));
  return shift + y + z / 2 + y * series;
}
