/** Nodes and weights of Gauss-Legendre quadrature on [0, 1] (Abramowitz & Stegun 25.4.29), by Newton's method. */
export function gaussLegendre(n: number): { x: Float64Array; weight: Float64Array } {
  const x = new Float64Array(n);
  const weight = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; ++round) {
      let [p, before] = [1, 0];
      for (let k = 1; k <= n; ++k) [p, before] = [((2 * k - 1) * z * p - (k - 1) * before) / k, p];
      slope = (n * (z * p - before)) / (z * z - 1);
      const step = p / slope;
      z -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    x[n - 1 - i] = (1 + z) / 2;
    weight[n - 1 - i] = 1 / ((1 - z * z) * slope * slope);
  }
  return { x, weight };
}
