import type { DesignRows } from "./design-rows.ts";
import type { CountTerms } from "./count-terms.ts";
import { cholesky, quadraticForm, solveCholesky } from "./small-matrices.ts";
import { boundedFit } from "./bounded-fit.ts";

/** Means below this count as this while weights are worked out. */
export const minMean = 0.5;

/** Ridge on natural-log coefficients: 1e-6 on the log2 scale. */
export const leastRidge = 1e-6 / Math.LN2 ** 2;

/** Natural-log coefficients larger than this end the iteration. */
const largest = 30;
const tolerance = 1e-8;
const maxRounds = 100;

/** A fitted gene; its arrays are used again by the next fit. Samples are in the design's order. */
export interface BinomialFit {
  /** Natural-log coefficients, of the model matrix as given. */
  readonly beta: Float64Array;
  /** Their covariance, p x p: (X'WX + ridge)^-1 X'WX (X'WX + ridge)^-1. */
  readonly covariance: Float64Array;
  /** Size factor times exp(X beta), without a floor. */
  readonly mu: Float64Array;
  /** Diagonal of the hat matrix. */
  readonly leverage: Float64Array;
  /** Log-likelihood at mu, without terms of the counts alone. */
  logLikelihood: number;
  converged: boolean;
}

export interface BinomialFitter {
  readonly fit: BinomialFit;
  /** Fits `y`, which `terms` has taken, at a dispersion; `withCovariance` false leaves covariance and leverage as they were. */
  run(y: Float64Array, alpha: number, withCovariance?: boolean): BinomialFit;
}

/**
 * Negative binomial regression of one gene after the other, log link, size factors as offset, a ridge per coefficient: iteratively
 * reweighted least squares from a linear fit of log(count / size factor + 0.1), until the deviance changes by less than
 * 1e-8 of itself or 100 rounds are done; where that fails or a coefficient passes 30, bounded maximisation of the
 * penalised likelihood. Love, Huber & Anders 2014; McCullagh & Nelder 1989.
 */
export function createBinomialFitter(
  design: DesignRows,
  sizeFactors: Float64Array,
  ridges: Float64Array,
  terms: CountTerms,
): BinomialFitter {
  const { nSamples, nCoefficients: p, nRows, starts, q, x, rInverse } = design;
  const logSizes = sizeFactors.map(Math.log);
  // The ridge in the coordinates gamma = R beta.
  const penalty = new Float64Array(p * p);
  for (let a = 0; a < p; ++a)
    for (let b = 0; b < p; ++b)
      for (let j = 0; j < p; ++j)
        penalty[a * p + b] += rInverse[j * p + a] * ridges[j] * rInverse[j * p + b];
  const gamma = new Float64Array(p);
  const eta = new Float64Array(nRows);
  const weights = new Float64Array(nRows);
  const targets = new Float64Array(nRows);
  const matrix = new Float64Array(p * p);
  const room = new Float64Array(p);
  const floored = new Float64Array(nSamples);
  const inverse = new Float64Array(p * p);
  const half = new Float64Array(p * p);
  const fit = {
    beta: new Float64Array(p),
    covariance: new Float64Array(p * p),
    mu: new Float64Array(nSamples),
    leverage: new Float64Array(nSamples),
    logLikelihood: 0,
    converged: true,
  };
  const { beta, covariance, mu, leverage } = fit;

  function startFrom(y: Float64Array): void {
    gamma.fill(0);
    for (let k = 0; k < nRows; ++k) {
      let sum = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) sum += Math.log(y[i] / sizeFactors[i] + 0.1);
      for (let a = 0; a < p; ++a) gamma[a] += q[k * p + a] * sum;
    }
  }

  function setEta(): void {
    for (let k = 0; k < nRows; ++k) {
      let sum = 0;
      for (let a = 0; a < p; ++a) sum += q[k * p + a] * gamma[a];
      eta[k] = sum;
    }
  }

  function setBeta(): void {
    for (let a = 0; a < p; ++a) {
      let sum = 0;
      for (let b = a; b < p; ++b) sum += rInverse[a * p + b] * gamma[b];
      beta[a] = sum;
    }
  }

  /** Lower triangle of Q'WQ + penalty, factored; false where that has no factor. */
  function factor(): boolean {
    matrix.set(penalty);
    for (let k = 0; k < nRows; ++k)
      for (let a = 0; a < p; ++a) {
        const wq = weights[k] * q[k * p + a];
        for (let b = 0; b <= a; ++b) matrix[a * p + b] += wq * q[k * p + b];
      }
    return cholesky(matrix, p);
  }

  function iterate(y: Float64Array, alpha: number): boolean {
    terms.evaluate(alpha);
    const constant = terms.value - terms.logFactorials;
    const r = 1 / alpha;
    startFrom(y);
    setEta();
    let old = 0;
    for (let k = 0; k < nRows; ++k) {
      const e = Math.exp(eta[k]);
      for (let i = starts[k]; i < starts[k + 1]; ++i)
        floored[i] = Math.max(sizeFactors[i] * e, minMean);
    }
    for (let round = 0; round < maxRounds; ++round) {
      for (let k = 0; k < nRows; ++k) {
        let sum = 0;
        let target = 0;
        for (let i = starts[k]; i < starts[k + 1]; ++i) {
          const m = floored[i];
          const w = m / (1 + alpha * m);
          const z = (m === minMean ? Math.log(m) - logSizes[i] : eta[k]) + (y[i] - m) / m;
          sum += w;
          target += w * z;
        }
        weights[k] = sum;
        targets[k] = target;
      }
      if (!factor()) return false;
      gamma.fill(0);
      for (let k = 0; k < nRows; ++k)
        for (let a = 0; a < p; ++a) gamma[a] += q[k * p + a] * targets[k];
      solveCholesky(matrix, p, gamma);
      setBeta();
      for (let a = 0; a < p; ++a) if (!(Math.abs(beta[a]) <= largest)) return false;
      setEta();
      let value = constant;
      for (let k = 0; k < nRows; ++k) {
        const e = Math.exp(eta[k]);
        for (let i = starts[k]; i < starts[k + 1]; ++i) {
          const raw = sizeFactors[i] * e;
          const m = raw > minMean ? raw : minMean;
          floored[i] = m;
          const logM = raw > minMean ? eta[k] + logSizes[i] : Math.log(minMean);
          value += y[i] * logM - (y[i] + r) * Math.log(1 + alpha * m);
        }
      }
      const deviance = -2 * value;
      const change = Math.abs(deviance - old) / (Math.abs(deviance) + 0.1);
      if (Number.isNaN(change)) return false;
      if (round > 0 && change < tolerance) return true;
      old = deviance;
    }
    return false;
  }

  /** Covariance and leverage from the means as they are, floored as in the iteration. */
  function spread(alpha: number): boolean {
    for (let k = 0; k < nRows; ++k) {
      let sum = 0;
      for (let i = starts[k]; i < starts[k + 1]; ++i) sum += floored[i] / (1 + alpha * floored[i]);
      weights[k] = sum;
    }
    if (!factor()) return false;
    for (let k = 0; k < nRows; ++k) {
      const h = quadraticForm(matrix, p, q, k * p, room);
      for (let i = starts[k]; i < starts[k + 1]; ++i)
        leverage[i] = (h * floored[i]) / (1 + alpha * floored[i]);
    }
    // M^-1 = R^-1 (Q'WQ + penalty)^-1 R^-T, then M^-1 - M^-1 ridge M^-1.
    for (let j = 0; j < p; ++j) {
      // Column j of R^-T: row j of R^-1.
      for (let a = 0; a < p; ++a) room[a] = rInverse[j * p + a];
      solveCholesky(matrix, p, room);
      for (let a = 0; a < p; ++a) half[a * p + j] = room[a];
    }
    for (let i = 0; i < p; ++i)
      for (let j = 0; j < p; ++j) {
        let sum = 0;
        for (let a = i; a < p; ++a) sum += rInverse[i * p + a] * half[a * p + j];
        inverse[i * p + j] = sum;
      }
    for (let i = 0; i < p; ++i)
      for (let j = 0; j < p; ++j) {
        let sum = inverse[i * p + j];
        for (let a = 0; a < p; ++a) sum -= inverse[i * p + a] * ridges[a] * inverse[a * p + j];
        covariance[i * p + j] = sum;
      }
    for (let j = 0; j < p; ++j) if (!(covariance[j * p + j] > 0)) return false;
    return true;
  }

  function finish(y: Float64Array, alpha: number): void {
    const r = 1 / alpha;
    let value = terms.value;
    for (let k = 0; k < nRows; ++k) {
      const e = Math.exp(eta[k]);
      for (let i = starts[k]; i < starts[k + 1]; ++i) {
        const m = sizeFactors[i] * e;
        mu[i] = m;
        value += -(y[i] + r) * Math.log(1 + alpha * m);
        if (y[i] > 0) value += y[i] * (eta[k] + logSizes[i]);
      }
    }
    fit.logLikelihood = value;
  }

  return {
    fit,
    run(y, alpha, withCovariance = true) {
      fit.converged = iterate(y, alpha);
      if (fit.converged && withCovariance) fit.converged = spread(alpha);
      if (!fit.converged) {
        // Leverages stay those of the last round, as in DESeq2, whose optimiser gives none.
        const last = withCovariance && spread(alpha) ? leverage.slice() : null;
        // As in DESeq2 the start, natural logarithms, is taken for log2.
        if (!beta.every((b) => Math.abs(b / Math.LN2) < largest)) {
          startFrom(y);
          setBeta();
          for (let a = 0; a < p; ++a) beta[a] *= Math.LN2;
        }
        fit.converged = boundedFit({ y, alpha, sizeFactors, x, starts, ridges }, beta);
        for (let k = 0; k < nRows; ++k) {
          let sum = 0;
          for (let a = 0; a < p; ++a) sum += x[k * p + a] * beta[a];
          eta[k] = sum;
          for (let i = starts[k]; i < starts[k + 1]; ++i)
            floored[i] = Math.max(sizeFactors[i] * Math.exp(sum), minMean);
        }
        if (withCovariance) spread(alpha);
        if (last?.every(Number.isFinite)) leverage.set(last);
      }
      finish(y, alpha);
      return fit;
    },
  };
}
