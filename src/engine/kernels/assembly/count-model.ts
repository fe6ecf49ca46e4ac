import { both, exp, exps, log, logs, logsOnePlus } from "./pair-math";

/**
 * The twin of kernels/count-model.ts. Samples stand by rows of the design, each row filled up to an even number with samples of no size, which
 * add nothing to any sum; two samples are worked on at a time, and a row has one exponential.
 */
@unmanaged
class Model {
  /** Places of samples, coefficients, rows. */
  n: i32;
  p: i32;
  nRows: i32;
  /** 1 where each row is fitted by itself. */
  grouped: i32;
  /** int32, nRows + 1: the first place of each row. */
  starts: usize;
  /** float64, nRows x p. */
  x: usize;
  /** float64, n: counts; sizes; logarithms of these, 0 where filled up. */
  y: usize;
  sizes: usize;
  logSizes: usize;
  /** float64, nRows: means over sizes and their logarithms, accepted and tried. */
  rates: usize;
  etas: usize;
  triedRates: usize;
  triedEtas: usize;
  /** float64, p. */
  beta: usize;
  trial: usize;
  score: usize;
  /** float64, p x p. */
  information: usize;
  /** float64, p x p: where grouped the inverse of the rows, else in its first p places a constant 1 as coefficients. */
  frame: usize;
  /** float64, p x p: the information with damping, and at the step that is tried. */
  damped: usize;
  triedInformation: usize;
  /** float64, p. */
  step: usize;
  triedScore: usize;
  /** float64, nRows x 4: see sumSeries. */
  series: usize;
  /** Of the matrix of rows, where grouped. */
  logDeterminant: f64;
  dispersion: f64;
  /** The largest logarithm of a size. */
  largest: f64;
}

const least: f64 = 1e-10;

const maxRounds: i32 = 200;
const leastCount: f64 = 1e-10;
const firstDamping: f64 = 1e-6;
const mostDamping: f64 = 1e13;
const leastDamping: f64 = 1e-13;
const leastPromise: f64 = 1e-6;
const shortSeries: f64 = 1e-4;

let slope: f64 = 0;
let weight: f64 = 0;
let observed: f64 = 0;

function at(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}

/** A model with room for its arrays; their places are read from its fields. 0 where there is no memory. */
export function newCountModel(n: i32, p: i32, nRows: i32): usize {
  const even = (nRows + 2) & ~1;
  const fields = (<usize>offsetof<Model>() + 15) & ~15;
  const bytes =
    fields +
    <usize>(8 * (3 * n + 4 * even + nRows * p + 5 * p + 4 * p * p + 4 * nRows) + 4 * (nRows + 2));
  const place = heap.alloc(bytes);
  memory.fill(place, 0, bytes);
  const model = changetype<Model>(place);
  model.n = n;
  model.p = p;
  model.nRows = nRows;
  let next = place + fields;
  model.y = next;
  model.sizes = next += <usize>n * 8;
  model.logSizes = next += <usize>n * 8;
  model.rates = next += <usize>n * 8;
  model.etas = next += <usize>even * 8;
  model.triedRates = next += <usize>even * 8;
  model.triedEtas = next += <usize>even * 8;
  model.x = next += <usize>even * 8;
  model.beta = next += <usize>(nRows * p) * 8;
  model.trial = next += <usize>p * 8;
  model.score = next += <usize>p * 8;
  model.information = next += <usize>p * 8;
  model.frame = next += <usize>(p * p) * 8;
  model.damped = next += <usize>(p * p) * 8;
  model.triedInformation = next += <usize>(p * p) * 8;
  model.step = next += <usize>(p * p) * 8;
  model.triedScore = next += <usize>p * 8;
  model.series = next += <usize>p * 8;
  model.starts = next + <usize>nRows * 32;
  return place;
}

/** Slope, expected and observed information of a row's log likelihood in its predictor, into the variables of these names. */
function rowSums(m: Model, k: i32, rate: f64): void {
  const y = m.y;
  const sizes = m.sizes;
  const one = f64x2.splat(1);
  const r = f64x2.splat(rate);
  const d = f64x2.splat(m.dispersion);
  let sums = f64x2.splat(0);
  let weights = sums;
  let seen = sums;
  const to = (<usize>load<i32>(m.starts + ((<usize>k + 1) << 2))) << 3;
  for (let i = (<usize>load<i32>(m.starts + ((<usize>k) << 2))) << 3; i < to; i += 16) {
    const count = v128.load(y + i);
    const mu = f64x2.mul(v128.load(sizes + i), r);
    const v = f64x2.div(one, f64x2.add(one, f64x2.mul(d, mu)));
    const w = f64x2.mul(mu, v);
    sums = f64x2.add(sums, f64x2.mul(f64x2.sub(count, mu), v));
    weights = f64x2.add(weights, w);
    seen = f64x2.add(seen, f64x2.mul(f64x2.mul(w, v), f64x2.add(one, f64x2.mul(d, count))));
  }
  slope = both(sums);
  weight = both(weights);
  observed = both(seen);
}

/** The sum of a row's numbers. */
function rowSum(m: Model, k: i32, values: usize): f64 {
  let sum = f64x2.splat(0);
  const to = (<usize>load<i32>(m.starts + ((<usize>k + 1) << 2))) << 3;
  for (let i = (<usize>load<i32>(m.starts + ((<usize>k) << 2))) << 3; i < to; i += 16)
    sum = f64x2.add(sum, v128.load(values + i));
  return both(sum);
}

export function fitCountModel(model: usize, dispersion: f64, warm: bool): void {
  const m = changetype<Model>(model);
  m.dispersion = dispersion;
  if (m.grouped) fitRows(m, warm);
  else fitRegression(m, warm);
}

function fitRows(m: Model, warm: bool): void {
  for (let k = 0; k < m.nRows; ++k) {
    const sum = rowSum(m, k, m.y);
    if (sum == 0) {
      put(m.rates, k, 0);
      put(m.etas, k, -Infinity);
      continue;
    }
    let rate = warm && at(m.rates, k) > 0 ? at(m.rates, k) : sum / rowSum(m, k, m.sizes);
    let near = warm;
    for (let round = 0; round < 60; ++round) {
      rowSums(m, k, rate);
      const step = slope / (near ? observed : weight);
      near = abs(step) < 0.1;
      rate *= exp(step > 3 ? 3 : step < -3 ? -3 : step);
      if (abs(step) < 1e-6) break;
    }
    put(m.rates, k, rate);
    put(m.etas, k, log(rate));
  }
  const p = m.p;
  for (let j = 0; j < p; ++j) {
    let sum: f64 = 0;
    for (let k = 0; k < p; ++k) {
      const share = at(m.frame, j * p + k);
      if (share != 0) sum += share * max(at(m.etas, k), -1e8);
    }
    put(m.beta, j, sum);
  }
}

/** Predictors and their exponentials of coefficients, into the places given. */
function predict(m: Model, b: usize, etas: usize, rates: usize): void {
  const p = m.p;
  const most = 700 - m.largest;
  for (let k = 0; k < m.nRows; ++k) {
    let eta: f64 = 0;
    for (let j = 0; j < p; ++j) eta += at(m.x, k * p + j) * at(b, j);
    put(etas, k, min(most, eta));
  }
  for (let k = 0; k < m.nRows; k += 2)
    v128.store(rates + ((<usize>k) << 3), exps(v128.load(etas + ((<usize>k) << 3))));
}

/** Takes what was tried. */
function accept(m: Model): void {
  const p = <usize>m.p;
  memory.copy(m.information, m.triedInformation, (p * p) << 3);
  memory.copy(m.score, m.triedScore, p << 3);
  memory.copy(m.rates, m.triedRates, (<usize>m.nRows) << 3);
  memory.copy(m.etas, m.triedEtas, (<usize>m.nRows) << 3);
}

/** X'WX at these rates into the lower triangle of `information`, and X'r into `score`. */
function addInformation(m: Model, rates: usize, information: usize, score: usize): void {
  const p = m.p;
  memory.fill(information, 0, (<usize>(p * p)) << 3);
  memory.fill(score, 0, (<usize>p) << 3);
  for (let k = 0; k < m.nRows; ++k) {
    rowSums(m, k, at(rates, k));
    const row = m.x + ((<usize>(k * p)) << 3);
    for (let i = 0; i < p; ++i) {
      const x = at(row, i);
      if (x == 0) continue;
      put(score, i, at(score, i) + x * slope);
      const wx = x * weight;
      for (let j = 0; j <= i; ++j)
        put(information, i * p + j, at(information, i * p + j) + wx * at(row, j));
    }
  }
}

function cholesky(a: usize, p: i32): bool {
  for (let j = 0; j < p; ++j) {
    let d = at(a, j * p + j);
    for (let k = 0; k < j; ++k) d -= at(a, j * p + k) * at(a, j * p + k);
    if (!(d > 0)) return false;
    const root = sqrt(d);
    put(a, j * p + j, root);
    for (let i = j + 1; i < p; ++i) {
      let sum = at(a, i * p + j);
      for (let k = 0; k < j; ++k) sum -= at(a, i * p + k) * at(a, j * p + k);
      put(a, i * p + j, sum / root);
    }
  }
  return true;
}

function solveCholesky(l: usize, p: i32, b: usize): void {
  for (let i = 0; i < p; ++i) {
    let sum = at(b, i);
    for (let k = 0; k < i; ++k) sum -= at(l, i * p + k) * at(b, k);
    put(b, i, sum / at(l, i * p + i));
  }
  for (let i = p - 1; i >= 0; --i) {
    let sum = at(b, i);
    for (let k = i + 1; k < p; ++k) sum -= at(l, k * p + i) * at(b, k);
    put(b, i, sum / at(l, i * p + i));
  }
}

/** The same rate in every sample, each weighed by the information about it. */
function start(m: Model): void {
  const one = f64x2.splat(1);
  const d = f64x2.splat(m.dispersion);
  let sums = f64x2.splat(0);
  let totals = sums;
  for (let i: usize = 0; i < (<usize>m.n) << 3; i += 16) {
    const size = v128.load(m.sizes + i);
    const v = f64x2.div(one, f64x2.add(one, f64x2.mul(d, size)));
    sums = f64x2.add(sums, f64x2.mul(v128.load(m.y + i), v));
    totals = f64x2.add(totals, f64x2.mul(size, v));
  }
  const level = log(both(sums) / both(totals));
  for (let j = 0; j < m.p; ++j) put(m.beta, j, at(m.frame, j) * level);
}

function fitRegression(m: Model, warm: bool): void {
  const p = m.p;
  let most: f64 = 0;
  for (let i = 0; i < m.n; ++i) most = max(most, at(m.y, i));
  if (most < leastCount) {
    for (let k = 0; k < m.nRows; ++k) {
      put(m.rates, k, 0);
      put(m.etas, k, -Infinity);
    }
    memory.fill(m.beta, 0, (<usize>p) << 3);
    return;
  }
  if (!warm) start(m);
  predict(m, m.beta, m.etas, m.rates);
  addInformation(m, m.rates, m.information, m.score);
  // Only worked out where it is needed, NaN elsewhere; by its series each step's change is known from sums over rows.
  const short = m.dispersion < shortSeries;
  let deviance: f64 = NaN;
  if (short) {
    deviance = devianceAt(m, m.rates);
    sumSeries(m);
  }
  let damping: f64 = 0;
  for (let round = 0; round < maxRounds; ++round) {
    let largest: f64 = 0;
    for (let j = 0; j < p; ++j) largest = max(largest, at(m.information, j * p + j));
    if (round == 0) damping = max(firstDamping * largest, leastDamping);
    let promised: f64 = 0;
    let refused = false;
    for (;;) {
      memory.copy(m.damped, m.information, (<usize>(p * p)) << 3);
      for (let j = 0; j < p; ++j) put(m.damped, j * p + j, at(m.damped, j * p + j) + damping);
      if (cholesky(m.damped, p)) {
        memory.copy(m.step, m.score, (<usize>p) << 3);
        solveCholesky(m.damped, p, m.step);
        promised = 0;
        for (let j = 0; j < p; ++j) {
          promised += at(m.step, j) * at(m.score, j);
          put(m.trial, j, at(m.step, j) + at(m.beta, j));
        }
        predict(m, m.trial, m.triedEtas, m.triedRates);
        if (short) {
          const next = deviance + seriesChange(m);
          if (next <= deviance || next < leastCount * most) {
            deviance = next;
            addInformation(m, m.triedRates, m.triedInformation, m.triedScore);
            break;
          }
          refused = true;
          damping = max(leastDamping, 2 * damping);
          if (!(damping <= mostDamping * largest)) return;
          continue;
        }
        addInformation(m, m.triedRates, m.triedInformation, m.triedScore);
        if (surelyRises(m, promised)) {
          deviance = NaN;
          break;
        }
        if (isNaN(deviance)) deviance = devianceAt(m, m.rates);
        const next = devianceAt(m, m.triedRates);
        if (next <= deviance || next < leastCount * most) {
          deviance = next;
          break;
        }
      }
      refused = true;
      damping = max(leastDamping, 2 * damping);
      if (!(damping <= mostDamping * largest)) return;
    }
    memory.copy(m.beta, m.trial, (<usize>p) << 3);
    accept(m);
    if (promised < leastPromise || deviance < leastCount * most) return;
    if (!refused) damping /= 10;
  }
}

/** Sums over each row that the deviance's series changes by: of y, size, y size (1 - d y) and size² (1 - d y). */
function sumSeries(m: Model): void {
  const one = f64x2.splat(1);
  const d = f64x2.splat(m.dispersion);
  for (let k = 0; k < m.nRows; ++k) {
    let crossed = f64x2.splat(0);
    let squares = crossed;
    const to = (<usize>load<i32>(m.starts + ((<usize>k + 1) << 2))) << 3;
    for (let i = (<usize>load<i32>(m.starts + ((<usize>k) << 2))) << 3; i < to; i += 16) {
      const y = v128.load(m.y + i);
      const size = v128.load(m.sizes + i);
      const bent = f64x2.mul(size, f64x2.sub(one, f64x2.mul(d, y)));
      crossed = f64x2.add(crossed, f64x2.mul(y, bent));
      squares = f64x2.add(squares, f64x2.mul(size, bent));
    }
    put(m.series, 4 * k, rowSum(m, k, m.y));
    put(m.series, 4 * k + 1, rowSum(m, k, m.sizes));
    put(m.series, 4 * k + 2, both(crossed));
    put(m.series, 4 * k + 3, both(squares));
  }
}

/** What the deviance's series changes by from the accepted means to those tried. */
function seriesChange(m: Model): f64 {
  const d = m.dispersion;
  let sum: f64 = 0;
  for (let k = 0; k < m.nRows; ++k) {
    const rate = at(m.rates, k);
    const tried = at(m.triedRates, k);
    const more = tried - rate;
    sum +=
      more * at(m.series, 4 * k + 1) -
      at(m.series, 4 * k) * (at(m.triedEtas, k) - at(m.etas, k)) +
      d * more * (at(m.series, 4 * k + 2) - 0.5 * (tried + rate) * at(m.series, 4 * k + 3));
  }
  return 2 * sum;
}

/**
 * Whether a step must have raised the likelihood, so that no deviance need be asked: a short one, after which the likelihood, concave as it is,
 * still rises along the step or falls half as steeply at most as it rose.
 */
function surelyRises(m: Model, promised: f64): bool {
  let after: f64 = 0;
  for (let j = 0; j < m.p; ++j) after += at(m.step, j) * at(m.triedScore, j);
  if (!(after >= -0.5 * promised)) return false;
  for (let k = 0; k < m.nRows; ++k)
    if (!(abs(at(m.triedEtas, k) - at(m.etas, k)) <= 0.5)) return false;
  return true;
}

export function countDeviance(model: usize): f64 {
  const m = changetype<Model>(model);
  return devianceAt(m, m.rates);
}

/** Added to counts and means. */
const aside: f64 = 1e-8;

function devianceAt(m: Model, rates: usize): f64 {
  const d = m.dispersion;
  const short = d < shortSeries;
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  const little = f64x2.splat(aside);
  const large = f64x2.splat(1e6);
  const dispersion = f64x2.splat(d);
  const inverse = f64x2.splat(short ? 0 : 1 / d);
  let sum = f64x2.splat(0);
  for (let k = 0; k < m.nRows; ++k) {
    const rate = f64x2.splat(at(rates, k));
    const to = (<usize>load<i32>(m.starts + ((<usize>k + 1) << 2))) << 3;
    for (let i = (<usize>load<i32>(m.starts + ((<usize>k) << 2))) << 3; i < to; i += 16) {
      const y = f64x2.add(v128.load(m.y + i), little);
      const mu = f64x2.add(f64x2.mul(v128.load(m.sizes + i), rate), little);
      const off = f64x2.sub(y, mu);
      const ratio = logs(f64x2.div(y, mu));
      const product = f64x2.mul(y, ratio);
      if (short) {
        const bend = f64x2.mul(
          f64x2.mul(half, f64x2.mul(off, off)),
          f64x2.mul(dispersion, f64x2.sub(one, f64x2.mul(dispersion, y))),
        );
        sum = f64x2.add(sum, f64x2.sub(f64x2.sub(product, off), bend));
        continue;
      }
      const spread = f64x2.mul(dispersion, mu);
      const share = f64x2.div(f64x2.mul(dispersion, off), f64x2.add(one, spread));
      let term = f64x2.sub(product, f64x2.mul(f64x2.add(y, inverse), logsOnePlus(share)));
      const wide = f64x2.gt(spread, large);
      if (v128.any_true(wide))
        term = v128.bitselect(
          f64x2.mul(f64x2.sub(f64x2.div(off, mu), ratio), f64x2.div(mu, f64x2.add(one, spread))),
          term,
          wide,
        );
      sum = f64x2.add(sum, term);
    }
  }
  return 2 * both(sum);
}

/**
 * Fits at each dispersion and writes the adjusted profile likelihoods. `dispersions` and `logGammas` (of 1 / dispersion) hold nPoints
 * numbers, `tables` nTabled for each point: log gamma(k + r) - log gamma(r).
 */
export function profileCounts(
  model: usize,
  dispersions: usize,
  nPoints: i32,
  tables: usize,
  nTabled: i32,
  logGammas: usize,
  out: usize,
): void {
  const m = changetype<Model>(model);
  for (let i = 0; i < nPoints; ++i) {
    fitCountModel(model, at(dispersions, i), i > 0);
    const table = tables + ((<usize>(i * nTabled)) << 3);
    const value = logLikelihood(m, table, nTabled, at(logGammas, i));
    put(out, i, value - halfLogDeterminant(m));
  }
}

/** Half the log determinant of X'WX. */
function halfLogDeterminant(m: Model): f64 {
  if (m.grouped) {
    let sum = m.logDeterminant;
    for (let k = 0; k < m.nRows; ++k) {
      rowSums(m, k, at(m.rates, k));
      sum += 0.5 * log(max(least, weight));
    }
    return sum;
  }
  addInformation(m, m.rates, m.information, m.score);
  const p = m.p;
  const a = m.information;
  let sum: f64 = 0;
  for (let j = 0; j < p; ++j) {
    const d = at(a, j * p + j);
    sum += 0.5 * log(d > least ? d : least);
    if (!(d > least)) continue;
    for (let i = j + 1; i < p; ++i) {
      const factor = at(a, i * p + j) / d;
      for (let k = j + 1; k <= i; ++k)
        put(a, i * p + k, at(a, i * p + k) - factor * at(a, k * p + j));
    }
  }
  return sum;
}

/** The log likelihood without log y!; `table` has log gamma(k + r) - log gamma(r) for k below nTabled. */
function logLikelihood(m: Model, table: usize, nTabled: i32, logGammaR: f64): f64 {
  const d = m.dispersion;
  const r = 1 / d;
  const logD = log(d);
  const one = f64x2.splat(1);
  const dispersion = f64x2.splat(d);
  const inverse = f64x2.splat(r);
  let sum: f64 = 0;
  let cover = f64x2.splat(0);
  for (let k = 0; k < m.nRows; ++k) {
    const eta = at(m.etas, k) + logD;
    const rate = f64x2.splat(at(m.rates, k));
    const to = (<usize>load<i32>(m.starts + ((<usize>k + 1) << 2))) << 3;
    for (let i = (<usize>load<i32>(m.starts + ((<usize>k) << 2))) << 3; i < to; i += 16) {
      const y = v128.load(m.y + i);
      const mu = f64x2.mul(v128.load(m.sizes + i), rate);
      const base = logs(f64x2.add(one, f64x2.mul(dispersion, mu)));
      cover = f64x2.add(cover, f64x2.mul(f64x2.add(y, inverse), base));
      const first = f64x2.extract_lane(y, 0);
      const second = f64x2.extract_lane(y, 1);
      if (first > 0)
        sum +=
          rising(first, r, table, nTabled, logGammaR) + first * (eta + load<f64>(m.logSizes + i));
      if (second > 0)
        sum +=
          rising(second, r, table, nTabled, logGammaR) +
          second * (eta + load<f64>(m.logSizes + i + 8));
    }
  }
  return sum - both(cover);
}

function rising(y: f64, r: f64, table: usize, nTabled: i32, logGammaR: f64): f64 {
  if (y < <f64>nTabled) return at(table, <i32>y);
  // Stirling's series; y is large.
  const x = y + r;
  const inverse = 1 / x;
  const z = inverse * inverse;
  const series =
    inverse * (0.08333333333333333 - z * (0.002777777777777778 - z * 0.0007936507936507937));
  return 0.9189385332046728 + (x - 0.5) * log(x) - x + series - logGammaR;
}
