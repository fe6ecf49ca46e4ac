import { at, endOf, Model, put, startOf } from "./count-fields";
import { fitRegression, rowSum } from "./count-model";
import { both, exp, log, logs } from "./pair-math";

const least: f64 = 1e-10;
/** A step of a row's predictor short enough for its likelihood's series to give what is at the end of it. */
const short: f64 = 1e-3;

/** Of a row's log likelihood at a rate, less y times predictor: its value, and its four derivatives by the predictor. */
let value: f64 = 0;
let slope: f64 = 0;
let bend: f64 = 0;
let third: f64 = 0;
let fourth: f64 = 0;
/** Its expected information over that of one large count, and two derivatives. */
let weight: f64 = 0;
let weightSlope: f64 = 0;
let weightBend: f64 = 0;

/**
 * Writes the adjusted profile likelihoods of the counts taken: fits at each dispersion, each from those before. `dispersions` and `logGammas` (of
 * 1 / dispersion) hold nPoints numbers, padded to an even number, as `out` and each row of `tables` are:
 * log gamma(k + r) - log gamma(r) for k below nTabled.
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
  addCounts(m, dispersions, nPoints, tables, nTabled, logGammas, out);
  for (let k = 0; k < m.nRows; ++k) put(m.totals, k, rowSum(m, k, m.y));
  for (let i = 0; i < nPoints; ++i) {
    m.dispersion = at(dispersions, i);
    const sum = m.grouped ? rowsLikelihood(m, i) : regressionLikelihood(m, i > 0);
    put(out, i, at(out, i) + sum);
  }
}

/** The likelihoods' terms of the counts and sizes alone: sums over samples of log gamma(y + r) - log gamma(r) + y log(size). */
function addCounts(
  m: Model,
  dispersions: usize,
  nPoints: i32,
  tables: usize,
  nTabled: i32,
  logGammas: usize,
  out: usize,
): void {
  const bytes = ((<usize>(nPoints + 1)) & ~1) << 3;
  let crossed: f64 = 0;
  memory.fill(out, 0, bytes);
  for (let s = 0; s < m.n; ++s) {
    const y = at(m.y, s);
    if (!(y > 0)) continue;
    crossed += y * at(m.logSizes, s);
    if (y < <f64>nTabled) {
      const row = tables + <usize>(<i32>y) * bytes;
      for (let i: usize = 0; i < bytes; i += 16)
        v128.store(out + i, f64x2.add(v128.load(out + i), v128.load(row + i)));
      continue;
    }
    // Stirling's series; y is large.
    const one = f64x2.splat(1);
    const half = f64x2.splat(0.5);
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = f64x2.add(f64x2.splat(y), f64x2.div(one, v128.load(dispersions + i)));
      const inverse = f64x2.div(one, x);
      const z = f64x2.mul(inverse, inverse);
      let series = f64x2.sub(
        f64x2.splat(0.002777777777777778),
        f64x2.mul(z, f64x2.splat(0.0007936507936507937)),
      );
      series = f64x2.sub(f64x2.splat(0.08333333333333333), f64x2.mul(z, series));
      series = f64x2.add(f64x2.splat(0.9189385332046728), f64x2.mul(inverse, series));
      series = f64x2.add(series, f64x2.sub(f64x2.mul(f64x2.sub(x, half), logs(x)), x));
      series = f64x2.sub(series, v128.load(logGammas + i));
      v128.store(out + i, f64x2.add(v128.load(out + i), series));
    }
  }
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(out + i, f64x2.add(v128.load(out + i), f64x2.splat(crossed)));
}

/**
 * Rows fitted by themselves, from a start on the curve through the last three fits (kept in triedRates, triedEtas and etas). The last pass over
 * a row ends close to the maximum, and series take the likelihood and its determinant there.
 */
function rowsLikelihood(m: Model, point: i32): f64 {
  const logD = log(m.dispersion);
  const r = 1 / m.dispersion;
  let sum = -m.logDeterminant;
  for (let k = 0; k < m.nRows; ++k) {
    const total = at(m.totals, k);
    if (total == 0) {
      sum -= 0.5 * log(least);
      continue;
    }
    let eta: f64;
    const last = at(m.etas, k);
    if (point == 0) eta = log(total / rowSum(m, k, m.sizes));
    else if (point == 1) eta = last;
    else if (point == 2) eta = 2 * last - at(m.triedEtas, k);
    else eta = 3 * (last - at(m.triedEtas, k)) + at(m.triedRates, k);
    let near = point > 0;
    let valued = point > 3;
    let step: f64 = 0;
    for (let round = 0; round < 60; ++round) {
      if (valued) rowTerms<f64>(m, k, exp(eta));
      else rowTerms<i32>(m, k, exp(eta));
      step = slope / (near ? bend : r * weight);
      near = abs(step) < 0.1;
      if (abs(step) < short) {
        for (let i = 0; i < 2; ++i)
          step = slope / (bend + step * (third / 2 + (step * fourth) / 6));
        if (valued) break;
        valued = true;
      }
      eta += step > 3 ? 3 : step < -3 ? -3 : step;
    }
    sum += total * (eta + logD) + value;
    sum += step * (slope - step * (bend / 2 + step * (third / 6 + (step * fourth) / 24)));
    sum -= 0.5 * log(max(least, r * (weight + step * (weightSlope + (step * weightBend) / 2))));
    put(m.triedRates, k, at(m.triedEtas, k));
    put(m.triedEtas, k, last);
    put(m.etas, k, eta + step);
  }
  return sum;
}

/** Sums over a row; Valued is a mark read when compiling: f64 where `value` is wanted too. */
function rowTerms<Valued>(m: Model, k: i32, rate: f64): void {
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const six = f64x2.splat(6);
  const scale = f64x2.splat(rate);
  const d = f64x2.splat(m.dispersion);
  const r = f64x2.splat(1 / m.dispersion);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let w0 = s0;
  let w1 = s0;
  let w2 = s0;
  const to = endOf(m, k);
  for (let i = startOf(m, k); i < to; i += 16) {
    const y = v128.load(m.y + i);
    const mu = f64x2.mul(v128.load(m.sizes + i), scale);
    const spread = f64x2.mul(d, mu);
    const base = f64x2.add(one, spread);
    const v = f64x2.div(one, base);
    const q = f64x2.mul(spread, v);
    const t = f64x2.add(y, r);
    const qv = f64x2.mul(q, v);
    const c = f64x2.mul(t, qv);
    const lean = f64x2.sub(one, f64x2.mul(two, q));
    if (isFloat<Valued>()) s0 = f64x2.add(s0, f64x2.mul(t, logs(base)));
    s1 = f64x2.add(s1, f64x2.mul(f64x2.sub(y, mu), v));
    s2 = f64x2.add(s2, c);
    s3 = f64x2.add(s3, f64x2.mul(c, lean));
    s4 = f64x2.add(s4, f64x2.mul(c, f64x2.sub(one, f64x2.mul(six, qv))));
    w0 = f64x2.add(w0, q);
    w1 = f64x2.add(w1, qv);
    w2 = f64x2.add(w2, f64x2.mul(qv, lean));
  }
  value = -both(s0);
  slope = both(s1);
  bend = both(s2);
  third = both(s3);
  fourth = both(s4);
  weight = both(w0);
  weightSlope = both(w1);
  weightBend = both(w2);
}

/** The likelihood of a fit that stops where edgeR stops. */
function regressionLikelihood(m: Model, warm: bool): f64 {
  fitRegression(m, warm);
  const logD = log(m.dispersion);
  const one = f64x2.splat(1);
  const d = f64x2.splat(m.dispersion);
  const r = f64x2.splat(1 / m.dispersion);
  let sum: f64 = 0;
  let cover = f64x2.splat(0);
  for (let k = 0; k < m.nRows; ++k) {
    const total = at(m.totals, k);
    if (total > 0) sum += total * (at(m.etas, k) + logD);
    const rate = f64x2.splat(at(m.rates, k));
    const to = endOf(m, k);
    for (let i = startOf(m, k); i < to; i += 16) {
      const base = f64x2.add(one, f64x2.mul(d, f64x2.mul(v128.load(m.sizes + i), rate)));
      cover = f64x2.add(cover, f64x2.mul(f64x2.add(v128.load(m.y + i), r), logs(base)));
    }
  }
  return sum - both(cover) - halfLogDeterminant(m);
}

/** Half the log determinant of the information that the fit left, pivots floored; spoils it. */
function halfLogDeterminant(m: Model): f64 {
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
