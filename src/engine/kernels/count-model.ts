import { risingLog, type RisingTable } from "./rising-tables.ts";
import { cholesky, invertTriangle, solveCholesky } from "./small-matrices.ts";
import { thinQr } from "./thin-qr.ts";

/** A negative binomial log-linear model of one gene at a time, of one design. */
export interface CountModel {
  /** The coefficients of the last fit; minus a large number where a group has no counts. */
  readonly beta: Float64Array;
  /** Takes the counts (any numbers from 0 up) that the next fits are of. */
  take(y: ArrayLike<number>): void;
  /**
   * Maximises the likelihood at this dispersion, with the logarithms of library sizes. `warm` starts from the last fit, which must have
   * been of the same counts.
   */
  fit(offsets: Float64Array, dispersion: number, warm: boolean): void;
  /** Writes the fitted means of the last fit, one a sample. */
  means(out: Float64Array): void;
  /** The deviance of the last fit; Poisson at dispersion 0. */
  deviance(): number;
  /**
   * Fits at the dispersion of each table, each fit from the one before, and writes the Cox-Reid adjusted profile likelihoods of whole counts from
   * place `at` of `out` on, without log y!.
   */
  profile(
    offsets: Float64Array,
    tables: readonly RisingTable[],
    out: Float64Array,
    at: number,
  ): void;
  /** Gives back what memory the model took outside the collector's care. */
  release(): void;
}

/** Makes models of a design, samples x coefficients: `countModel` or its twin. */
export type MakeCountModel = (design: Float64Array, n: number, p: number) => CountModel;

const least = 1e-10;

const maxRounds = 200;
/** A gene of no larger count has none; a smaller deviance a count can't be told from 0. */
const leastCount = 1e-10;
/** The first damping as a share of the largest information, when it has grown too large, and what it is at least. */
const firstDamping = 1e-6;
const mostDamping = 1e13;
const leastDamping = 1e-13;
/** A step that promises less is the last one. */
const leastPromise = 1e-6;

/**
 * Fits by groups of samples where the design only tells groups apart, each by Newton's method until the gain is lost in rounding. Other
 * designs by Fisher scoring with the damping of Levenberg and Marquardt (McCarthy, Chen & Smyth 2012), from the same rate in every
 * sample until a step promises a gain below 1e-6: where edgeR stops, which may be well short of the maximum.
 */
export function countModel(design: Float64Array, n: number, p: number): CountModel {
  const groups = groupsOf(design, n, p);
  const model =
    groups && groups.rows.length === p ? groupModel(groups, n, p) : regressionModel(design, n, p);
  const { beta, take, fit, means, deviance } = model;
  return {
    beta,
    take,
    fit,
    means,
    deviance,
    profile(offsets, tables, out, at) {
      tables.forEach((table, i) => {
        fit(offsets, table.dispersion, i > 0);
        out[at + i] = model.logLikelihood(table) - model.halfLogDeterminant();
      });
    },
    release() {},
  };
}

interface FittedModel extends Omit<CountModel, "profile" | "release"> {
  logLikelihood(table: RisingTable): number;
  /** Half the log determinant of X'WX at the last fit and its dispersion, pivots floored at 1e-10 (Cox & Reid 1987). */
  halfLogDeterminant(): number;
}

export interface Groups {
  readonly codes: Int32Array;
  readonly rows: readonly Float64Array[];
}

/** Samples of equal rows of the design, to the rounding that a turned design has. */
export function groupsOf(design: Float64Array, n: number, p: number): Groups | null {
  const rows: Float64Array[] = [];
  const codes = new Int32Array(n);
  for (let s = 0; s < n; ++s) {
    const row = design.subarray(s * p, (s + 1) * p);
    let k = rows.findIndex((other) => other.every((x, j) => Math.abs(x - row[j]) < 1e-10));
    if (k < 0) {
      if (rows.length === p) return null;
      k = rows.push(row) - 1;
    }
    codes[s] = k;
  }
  return { codes, rows };
}

function groupModel({ codes, rows }: Groups, n: number, p: number): FittedModel {
  const mu = new Float64Array(n);
  const eta = new Float64Array(p);
  const beta = new Float64Array(p);
  const members = rows.map((_, k) =>
    Int32Array.from([...codes.keys()].filter((s) => codes[s] === k)),
  );
  const logMu = new Float64Array(n);
  const { inverse, logDeterminant } = inverted(rows, p);
  const scales = new Float64Array(n);
  const y = new Float64Array(n);
  let scaled: Float64Array | null = null;
  let last = 0;
  return {
    beta,
    take: (counts) => y.set(counts),
    means: (out) => out.set(mu),
    deviance: () => unitDeviances(y, mu, last, n),
    logLikelihood: (table) => likelihoodOf(y, mu, logMu, table),
    fit(offsets, dispersion, warm) {
      last = dispersion;
      if (scaled !== offsets) for (let s = 0; s < n; ++s) scales[s] = Math.exp(offsets[s]);
      scaled = offsets;
      for (let k = 0; k < p; ++k) {
        const own = members[k];
        let sum = 0;
        let size = 0;
        const m = own.length;
        for (let i = 0; i < m; ++i) {
          sum += y[own[i]];
          size += scales[own[i]];
        }
        if (sum === 0) {
          eta[k] = -Infinity;
          for (let i = 0; i < m; ++i) {
            mu[own[i]] = 0;
            logMu[own[i]] = -Infinity;
          }
          continue;
        }
        let rate = warm && eta[k] > -Infinity ? Math.exp(eta[k]) : sum / size;
        // Newton's method near the top; expected information, which never overshoots much, before.
        let near = warm;
        for (let round = 0; round < 60; ++round) {
          let slope = 0;
          let expected = 0;
          let observed = 0;
          for (let i = 0; i < m; ++i) {
            const s = own[i];
            const mean = rate * scales[s];
            const v = 1 / (1 + dispersion * mean);
            slope += (y[s] - mean) * v;
            expected += mean * v;
            observed += mean * v * v * (1 + dispersion * y[s]);
          }
          const step = slope / (near ? observed : expected);
          near = Math.abs(step) < 0.1;
          rate *= Math.exp(step > 3 ? 3 : step < -3 ? -3 : step);
          // The next step would be of the order of this one's square.
          if (Math.abs(step) < 1e-6) break;
        }
        eta[k] = Math.log(rate);
        for (let i = 0; i < m; ++i) {
          mu[own[i]] = rate * scales[own[i]];
          logMu[own[i]] = eta[k] + offsets[own[i]];
        }
      }
      for (let j = 0; j < p; ++j) {
        beta[j] = 0;
        for (let k = 0; k < p; ++k) {
          const weight = inverse[j * p + k];
          if (weight !== 0) beta[j] += weight * Math.max(eta[k], -1e8);
        }
      }
    },
    halfLogDeterminant() {
      let sum = logDeterminant;
      for (let k = 0; k < p; ++k) {
        let weight = 0;
        const own = members[k];
        for (let i = 0; i < own.length; ++i) weight += mu[own[i]] / (1 + last * mu[own[i]]);
        sum += 0.5 * Math.log(Math.max(least, weight));
      }
      return sum;
    },
  };
}

/** The inverse of the p x p matrix of the groups' rows, and the logarithm of its determinant's size. */
export function inverted(rows: readonly Float64Array[], p: number) {
  const a = rows.map((row, k) => [...row, ...rows.map((_, j) => (j === k ? 1 : 0))]);
  let logDeterminant = 0;
  for (let j = 0; j < p; ++j) {
    let best = j;
    for (let i = j + 1; i < p; ++i) if (Math.abs(a[i][j]) > Math.abs(a[best][j])) best = i;
    [a[j], a[best]] = [a[best], a[j]];
    const pivot = a[j][j];
    logDeterminant += Math.log(Math.abs(pivot));
    for (let c = 0; c < 2 * p; ++c) a[j][c] /= pivot;
    for (let i = 0; i < p; ++i) {
      const factor = a[i][j];
      if (i !== j && factor !== 0) for (let c = 0; c < 2 * p; ++c) a[i][c] -= factor * a[j][c];
    }
  }
  return { inverse: Float64Array.from(a.flatMap((row) => row.slice(p))), logDeterminant };
}

function regressionModel(design: Float64Array, n: number, p: number): FittedModel {
  const mu = new Float64Array(n);
  const beta = new Float64Array(p);
  const trial = new Float64Array(p);
  const means = new Float64Array(n);
  const logMu = new Float64Array(n);
  const logMeans = new Float64Array(n);
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  const damped = new Float64Array(p * p);
  const flat = constantAsCoefficients(design, n, p);
  const scales = new Float64Array(n);
  const y = new Float64Array(n);
  let scaled: Float64Array | null = null;
  let last = 0;

  function meansAt(b: Float64Array, offsets: Float64Array): void {
    for (let s = 0; s < n; ++s) {
      let eta = offsets[s];
      for (let j = 0; j < p; ++j) eta += design[s * p + j] * b[j];
      logMeans[s] = Math.min(700, eta);
      means[s] = Math.exp(logMeans[s]);
    }
  }

  function addInformation(): void {
    information.fill(0);
    for (let s = 0; s < n; ++s) {
      const w = mu[s] / (1 + last * mu[s]);
      for (let i = 0; i < p; ++i) {
        const x = design[s * p + i] * w;
        if (x !== 0) for (let j = 0; j <= i; ++j) information[i * p + j] += x * design[s * p + j];
      }
    }
  }

  const accept = () => {
    mu.set(means);
    logMu.set(logMeans);
  };

  /** The same rate in every sample, each weighed by the information about it. */
  function start(offsets: Float64Array, dispersion: number): void {
    if (scaled !== offsets) for (let s = 0; s < n; ++s) scales[s] = Math.exp(offsets[s]);
    scaled = offsets;
    let sum = 0;
    let total = 0;
    for (let s = 0; s < n; ++s) {
      const v = 1 / (1 + dispersion * scales[s]);
      sum += y[s] * v;
      total += scales[s] * v;
    }
    const level = Math.log(sum / total);
    for (let j = 0; j < p; ++j) beta[j] = flat[j] * level;
  }

  return {
    beta,
    take: (counts) => y.set(counts),
    means: (out) => out.set(mu),
    deviance: () => unitDeviances(y, mu, last, n),
    logLikelihood: (table) => likelihoodOf(y, mu, logMu, table),
    fit(offsets, dispersion, warm) {
      last = dispersion;
      let most = 0;
      for (let s = 0; s < n; ++s) if (y[s] > most) most = y[s];
      if (most < leastCount) {
        mu.fill(0);
        logMu.fill(-Infinity);
        beta.fill(0);
        return;
      }
      if (!warm) start(offsets, dispersion);
      meansAt(beta, offsets);
      accept();
      let deviance = unitDeviances(y, mu, dispersion, n);
      let damping = 0;
      for (let round = 0; round < maxRounds; ++round) {
        score.fill(0);
        for (let s = 0; s < n; ++s) {
          const r = (y[s] - mu[s]) / (1 + dispersion * mu[s]);
          for (let j = 0; j < p; ++j) score[j] += design[s * p + j] * r;
        }
        addInformation();
        let largest = 0;
        for (let j = 0; j < p; ++j) largest = Math.max(largest, information[j * p + j]);
        if (round === 0) damping = Math.max(firstDamping * largest, leastDamping);
        let promised = 0;
        let refused = false;
        for (;;) {
          damped.set(information);
          for (let j = 0; j < p; ++j) damped[j * p + j] += damping;
          if (cholesky(damped, p)) {
            trial.set(score);
            solveCholesky(damped, p, trial);
            promised = 0;
            for (let j = 0; j < p; ++j) {
              promised += trial[j] * score[j];
              trial[j] += beta[j];
            }
            meansAt(trial, offsets);
            const next = unitDeviances(y, means, dispersion, n);
            if (next <= deviance || next < leastCount * most) {
              deviance = next;
              break;
            }
          }
          refused = true;
          damping = Math.max(leastDamping, 2 * damping);
          if (!(damping <= mostDamping * largest)) return;
        }
        beta.set(trial);
        accept();
        if (promised < leastPromise || deviance < leastCount * most) return;
        if (!refused) damping /= 10;
      }
    },
    halfLogDeterminant() {
      addInformation();
      // L D L' with floored pivots.
      let sum = 0;
      for (let j = 0; j < p; ++j) {
        const d = information[j * p + j];
        sum += 0.5 * Math.log(d > least ? d : least);
        if (!(d > least)) continue;
        for (let i = j + 1; i < p; ++i) {
          const factor = information[i * p + j] / d;
          for (let k = j + 1; k <= i; ++k)
            information[i * p + k] -= factor * information[k * p + j];
        }
      }
      return sum;
    },
  };
}

/** The least squares coefficients of a constant 1. */
export function constantAsCoefficients(design: Float64Array, n: number, p: number): Float64Array {
  const { q, r } = thinQr(design, n, p);
  const inverse = invertTriangle(r, p);
  const effects = new Float64Array(p);
  for (let s = 0; s < n; ++s) for (let j = 0; j < p; ++j) effects[j] += q[s * p + j];
  const out = new Float64Array(p);
  for (let j = 0; j < p; ++j) {
    for (let k = j; k < p; ++k) out[j] += inverse[j * p + k] * effects[k];
    if (Math.abs(out[j]) < 1e-13) out[j] = 0;
  }
  return out;
}

function likelihoodOf(
  y: Float64Array,
  mu: Float64Array,
  logMu: Float64Array,
  table: RisingTable,
): number {
  const { dispersion } = table;
  const r = 1 / dispersion;
  const logDispersion = Math.log(dispersion);
  let sum = 0;
  for (let s = 0; s < y.length; ++s) {
    const x = y[s];
    // The rounding of 1 + scaled is below 1e-12 of the likelihood, at a third of the time of log1p.
    const base = Math.log(1 + dispersion * mu[s]);
    if (x === 0) sum -= r * base;
    else sum += risingLog(x, table) + x * (logMu[s] + logDispersion) - (x + r) * base;
  }
  return sum;
}

/** Added to counts and means, so that zeros have a deviance. */
const aside = 1e-8;

/**
 * The negative binomial deviance of counts about means; Poisson at dispersion 0. Below a dispersion of 1e-4 by two terms of its series in
 * the dispersion, and where mean times dispersion passes a million that of a gamma distribution: edgeR's, whose fits stop by it.
 */
function unitDeviances(
  y: ArrayLike<number>,
  mu: Float64Array,
  dispersion: number,
  n: number,
): number {
  let sum = 0;
  for (let s = 0; s < n; ++s) {
    const x = y[s] + aside;
    const m = mu[s] + aside;
    const d = x - m;
    if (dispersion < 1e-4)
      sum += x * Math.log(x / m) - d - 0.5 * d * d * dispersion * (1 - dispersion * x);
    else if (m * dispersion > 1e6) sum += (d / m - Math.log(x / m)) * (m / (1 + m * dispersion));
    else
      sum +=
        x * Math.log(x / m) -
        (x + 1 / dispersion) * Math.log1p((dispersion * d) / (1 + dispersion * m));
  }
  return 2 * sum;
}
