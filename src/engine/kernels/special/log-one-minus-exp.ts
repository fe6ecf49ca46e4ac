/** log(1 - exp(x)) for x <= 0, by whichever form keeps its digits (Maechler 2012). */
export function logOneMinusExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}
