import type { BinomialFitter } from "./binomial-fit.ts";
import type { CountTerms } from "./count-terms.ts";

/**
 * The fit of an intercept alone as DESeq2 takes it: the logarithm of the mean normalised count, which is the maximum of the
 * likelihood only where size factors are alike.
 */
export function createMeanFit(sizes: Float64Array, terms: CountTerms): BinomialFitter {
  const n = sizes.length;
  const fit = {
    beta: new Float64Array(1),
    covariance: new Float64Array(1),
    mu: new Float64Array(n),
    leverage: new Float64Array(n),
    logLikelihood: 0,
    converged: true,
  };
  return {
    fit,
    run(y, alpha) {
      let mean = 0;
      for (let i = 0; i < n; ++i) mean += y[i] / sizes[i];
      mean /= n;
      terms.evaluate(alpha);
      let value = terms.value;
      let weight = 0;
      for (let i = 0; i < n; ++i) {
        const m = mean * sizes[i];
        fit.mu[i] = m;
        fit.leverage[i] = m / (1 + alpha * m);
        weight += fit.leverage[i];
        if (y[i] > 0) value += y[i] * Math.log(m);
        value -= (y[i] + 1 / alpha) * Math.log(1 + alpha * m);
      }
      for (let i = 0; i < n; ++i) fit.leverage[i] /= weight;
      fit.beta[0] = Math.log(mean);
      fit.covariance[0] = 1 / weight;
      fit.logLikelihood = value;
      return fit;
    },
  };
}
