const halfLogTwoPi = 0.9189385332046728;

/**
 * log P(Z > z) of a standard normal Z. Below 2 from the series of the distribution function, above from the continued
 * fraction of Mills' ratio (Abramowitz & Stegun 26.2.11, 26.2.14), so that it has no underflow: relative error
 * of the probability below 1e-13 at z < 2, of its logarithm below 1e-14 above.
 */
export function logNormalTail(z: number): number {
  if (z < -2) return Math.log1p(-Math.exp(logNormalTail(-z)));
  if (z < 2) {
    const half = Math.exp(-0.5 * z * z - halfLogTwoPi) * series(z);
    return half < 0 ? Math.log1p(-(0.5 + half)) : Math.log(0.5 - half);
  }
  if (z === Infinity) return -Infinity;
  return -0.5 * z * z - halfLogTwoPi - Math.log(inverseMills(z));
}

/** (Φ(z) - 1/2) / φ(z) = z + z³/3 + z⁵/15 + … */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** φ(z) / P(Z > z) = z + 1/(z + 2/(z + 3/(z + …))) for z >= 2, from the far end. */
function inverseMills(z: number): number {
  const terms = Math.ceil(12 + 700 / (z * z));
  let value = z;
  for (let k = terms; k >= 1; --k) value = z + k / value;
  return value;
}
