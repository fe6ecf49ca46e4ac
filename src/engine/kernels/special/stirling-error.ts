/** log gamma(x) less Stirling's (x - 1/2) log x - x + log sqrt(2 pi), for x >= 10. Abramowitz & Stegun 6.1.41. */
export function stirlingError(x: number): number {
  const y = 1 / x;
  const z = y * y;
  return (
    y *
    (0.08333333333333333 -
      z *
        (0.002777777777777778 -
          z *
            (0.0007936507936507937 -
              z *
                (0.0005952380952380953 -
                  z *
                    (0.0008417508417508417 -
                      z * (0.0019175269175269176 - z * 0.00641025641025641))))))
  );
}
