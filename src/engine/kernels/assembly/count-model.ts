import { at, clear, copy, endOf, Model, put, startOf } from "./count-fields";
import { both, exp, exps, log, logs, logsOnePlus } from "./pair-math";

/** The twin of kernels/count-model.ts. */

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

/** Slope and expected information of a row's log likelihood in its predictor, and where asked the observed one, into these variables. */
function rowSums<Observed>(m: Model, k: i32, rate: f64): void {
  const y = m.y;
  const sizes = m.sizes;
  const one = f64x2.splat(1);
  const r = f64x2.splat(rate);
  const d = f64x2.splat(m.dispersion);
  let sums = f64x2.splat(0);
  let weights = sums;
  let seen = sums;
  const to = endOf(m, k);
  for (let i = startOf(m, k); i < to; i += 16) {
    const count = v128.load(y + i);
    const mu = f64x2.mul(v128.load(sizes + i), r);
    const v = f64x2.div(one, f64x2.add(one, f64x2.mul(d, mu)));
    const w = f64x2.mul(mu, v);
    sums = f64x2.add(sums, f64x2.mul(f64x2.sub(count, mu), v));
    weights = f64x2.add(weights, w);
    if (isFloat<Observed>())
      seen = f64x2.add(seen, f64x2.mul(f64x2.mul(w, v), f64x2.add(one, f64x2.mul(d, count))));
  }
  slope = both(sums);
  weight = both(weights);
  if (isFloat<Observed>()) observed = both(seen);
}

/** The sum of a row's numbers. */
export function rowSum(m: Model, k: i32, values: usize): f64 {
  let sum = f64x2.splat(0);
  const to = endOf(m, k);
  for (let i = startOf(m, k); i < to; i += 16) sum = f64x2.add(sum, v128.load(values + i));
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
      rowSums<f64>(m, k, rate);
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
  const p = m.p;
  copy(m.information, m.triedInformation, p * p);
  copy(m.score, m.triedScore, p);
  copy(m.rates, m.triedRates, m.nRows);
  copy(m.etas, m.triedEtas, m.nRows);
}

/** X'WX at these rates into the lower triangle of `information`, and X'r into `score`. */
function addInformation(m: Model, rates: usize, information: usize, score: usize): void {
  const p = m.p;
  clear(information, p * p);
  clear(score, p);
  for (let k = 0; k < m.nRows; ++k) {
    rowSums<i32>(m, k, at(rates, k));
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

/** L of a = LL' in the lower triangle, with the inverses of its diagonal; false where there is none. */
function cholesky(a: usize, p: i32): bool {
  for (let j = 0; j < p; ++j) {
    let d = at(a, j * p + j);
    for (let k = 0; k < j; ++k) d -= at(a, j * p + k) * at(a, j * p + k);
    if (!(d > 0)) return false;
    const inverse = 1 / sqrt(d);
    put(a, j * p + j, inverse);
    for (let i = j + 1; i < p; ++i) {
      let sum = at(a, i * p + j);
      for (let k = 0; k < j; ++k) sum -= at(a, i * p + k) * at(a, j * p + k);
      put(a, i * p + j, sum * inverse);
    }
  }
  return true;
}

function solveCholesky(l: usize, p: i32, b: usize): void {
  for (let i = 0; i < p; ++i) {
    let sum = at(b, i);
    for (let k = 0; k < i; ++k) sum -= at(l, i * p + k) * at(b, k);
    put(b, i, sum * at(l, i * p + i));
  }
  for (let i = p - 1; i >= 0; --i) {
    let sum = at(b, i);
    for (let k = i + 1; k < p; ++k) sum -= at(l, k * p + i) * at(b, k);
    put(b, i, sum * at(l, i * p + i));
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

/** Leaves the information of the fit, undamped, in its place. */
export function fitRegression(m: Model, warm: bool): void {
  const p = m.p;
  let most: f64 = 0;
  for (let i = 0; i < m.n; ++i) most = max(most, at(m.y, i));
  if (most < leastCount) {
    for (let k = 0; k < m.nRows; ++k) {
      put(m.rates, k, 0);
      put(m.etas, k, -Infinity);
    }
    clear(m.beta, p);
    clear(m.information, p * p);
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
      copy(m.damped, m.information, p * p);
      for (let j = 0; j < p; ++j) put(m.damped, j * p + j, at(m.damped, j * p + j) + damping);
      if (cholesky(m.damped, p)) {
        copy(m.step, m.score, p);
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
    copy(m.beta, m.trial, p);
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
    const to = endOf(m, k);
    for (let i = startOf(m, k); i < to; i += 16) {
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
    const to = endOf(m, k);
    for (let i = startOf(m, k); i < to; i += 16) {
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
