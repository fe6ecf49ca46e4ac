/**
 * The derivative of log gamma at x > 0: the asymptotic series from 10 up, recurrence below. Absolute error about 1e-15 near its
 * zero at 1.46, relative error below 1e-13 elsewhere. -Infinity at 0, NaN below. Abramowitz & Stegun 6.3.5, 6.3.18.
 */
export function digamma(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let shift = 0;
  while (x < 10) shift += 1 / x++;
  const y = 1 / x;
  const z = y * y;
  const series =
    z *
    (0.08333333333333333 -
      z *
        (0.008333333333333333 -
          z *
            (0.003968253968253968 -
              z *
                (0.004166666666666667 -
                  z * (0.007575757575757576 - z * (0.021092796092796094 - z / 12))))));
  return Math.log(x) - y / 2 - series - shift;
}
