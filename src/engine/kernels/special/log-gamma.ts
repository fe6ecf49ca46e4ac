const halfLogTwoPi = 0.9189385332046728;
const oneLessEuler = 0.42278433509846713;

/** (-1)^k (zeta(k) - 1) / k for k = 2, 3, … */
const zetas = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939,
  9.945751278180853e-5, -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6,
  4.374866789907488e-6, -2.039215753801366e-6, 9.55141213040742e-7, -4.492469198764566e-7,
  2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8,
  1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
];

/**
 * The logarithm of the gamma function of x > 0: Stirling's series from 10 up, recurrence to it from 2.5, Taylor series about
 * 1 and 2 (so that it is exact relative to its zeros there). Relative error below 1e-13. Infinity at 0 and Infinity, NaN
 * below 0. Abramowitz & Stegun 6.1.15, 6.1.33, 6.1.41. Its last bit follows Math.log of the engine.
 */
export function logGamma(x: number): number {
  if (x >= 10) return stirling(x, Math.log(x));
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  if (x < 0.5) return nearOne(x) - Math.log(x);
  if (x < 1.5) return nearTwo(x - 1) - Math.log(x);
  if (x <= 2.5) return nearTwo(x - 2);
  let product = 1;
  while (x < 10) product *= x++;
  return stirling(x, Math.log(x)) - Math.log(product);
}

/** Stirling's series at x >= 10, given log x. */
function stirling(x: number, logX: number): number {
  if (x === Infinity) return Infinity;
  const y = 1 / x;
  const z = y * y;
  const series =
    z *
    (-0.002777777777777778 +
      z *
        (0.0007936507936507937 +
          z *
            (-0.0005952380952380953 +
              z *
                (0.0008417508417508417 + z * (-0.0019175269175269176 + z * 0.00641025641025641)))));
  return halfLogTwoPi + (x - 0.5) * logX - x + y * (0.08333333333333333 + series);
}

/** log gamma(1 + x) for 0 < x < 0.5. */
function nearOne(x: number): number {
  return nearTwo(x) - Math.log1p(x);
}

/** log gamma(2 + z) for |z| <= 0.5. */
function nearTwo(z: number): number {
  let sum = 0;
  for (let k = zetas.length - 1; k >= 0; --k) sum = sum * z + zetas[k];
  return z * (oneLessEuler + z * sum);
}
