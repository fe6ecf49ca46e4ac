import { both, logs } from "./pair-math";

const log2e: f64 = 1.4426950408889634;

/** A design by its distinct rows, and room to fit one gene: what rowsFit works with. Set from outside, field by field. */
@unmanaged
class RowsPlan {
  nSamples: i32;
  p: i32;
  nRows: i32;
  /** Samples by rows of the design, each row filled up to an even number with samples that are no matter. */
  nPlaces: i32;
  /** int32, nPlaces: which sample stands where. */
  samples: usize;
  /** int32, nRows + 1: the first place of each row. */
  starts: usize;
  /** float64, nPlaces: added to counts; log2 of divisors; 1, and 0 where filled up. */
  priors: usize;
  shifts: usize;
  real: usize;
  /** float64, nRows x p: rows in orthonormal coordinates; p x p: back from these. */
  q: usize;
  inverse: usize;
  /** float64, nPlaces: values and weights of a gene. */
  y: usize;
  weights: usize;
  /** float64, nRows. */
  fitted: usize;
  /** float64, p; p x p; p. */
  effects: usize;
  matrix: usize;
  turned: usize;
  /** float64, nCurve: the points that weights follow, x ascending; int32, nSteps + 1: see kernels/interpolate.ts. No points: no weights. */
  nCurve: i32;
  nSteps: i32;
  curveX: usize;
  curveY: usize;
  firsts: usize;
  perUnit: f64;
}

function at(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}

function whole(base: usize, i: i32): i32 {
  return load<i32>(base + ((<usize>i) << 2));
}

/**
 * The twin of linearFit and voomFit for int32 counts on a logarithmic scale with independent samples. Writes coefficients (genes x p),
 * sigma and mean; with a curve also `unscaled`, the coefficients' standard deviations over sigma.
 */
export function rowsFit(
  address: usize,
  values: usize,
  nGenes: i32,
  coefficients: usize,
  unscaled: usize,
  sigma: usize,
  mean: usize,
): void {
  const m = changetype<RowsPlan>(address);
  const p = m.p;
  const width = (<usize>p) << 3;
  for (let g = 0; g < nGenes; ++g) {
    put(mean, g, takeGene(m, values + ((<usize>g * <usize>m.nSamples) << 2)));
    if (m.nCurve > 0) {
      weigh(m);
      solve(m, unscaled + <usize>g * width);
    }
    put(sigma, g, sqrt(squares(m) / <f64>(m.nSamples - p)));
    const out = coefficients + <usize>g * width;
    for (let j = 0; j < p; ++j) {
      let b: f64 = 0;
      for (let k = j; k < p; ++k) b += at(m.inverse, j * p + k) * at(m.effects, k);
      put(out, j, b);
    }
  }
}

/** Puts a gene's values in place, with effects and fitted values of the plain fit; returns their mean. */
function takeGene(m: RowsPlan, counts: usize): f64 {
  const p = m.p;
  for (let j = 0; j < p; ++j) put(m.effects, j, 0);
  let total: f64 = 0;
  for (let k = 0; k < m.nRows; ++k) {
    let sums = f64x2.splat(0);
    const to = whole(m.starts, k + 1);
    for (let i = whole(m.starts, k); i < to; i += 2) {
      const place = (<usize>i) << 3;
      let x = f64x2.splat(<f64>whole(counts, whole(m.samples, i)));
      x = f64x2.replace_lane(x, 1, <f64>whole(counts, whole(m.samples, i + 1)));
      const log = f64x2.mul(logs(f64x2.add(x, v128.load(m.priors + place))), f64x2.splat(log2e));
      const y = f64x2.mul(f64x2.sub(log, v128.load(m.shifts + place)), v128.load(m.real + place));
      v128.store(m.y + place, y);
      sums = f64x2.add(sums, y);
    }
    const sum = both(sums);
    total += sum;
    for (let j = 0; j < p; ++j) put(m.effects, j, at(m.effects, j) + at(m.q, k * p + j) * sum);
  }
  fitRows(m);
  return total / <f64>m.nSamples;
}

/** Fitted values of rows from effects. */
function fitRows(m: RowsPlan): void {
  const p = m.p;
  for (let k = 0; k < m.nRows; ++k) {
    let sum: f64 = 0;
    for (let j = 0; j < p; ++j) sum += at(m.q, k * p + j) * at(m.effects, j);
    put(m.fitted, k, sum);
  }
}

/** The sum of squared residuals, weighted where there are weights. */
function squares(m: RowsPlan): f64 {
  const weights = m.nCurve > 0 ? m.weights : m.real;
  let sums = f64x2.splat(0);
  for (let k = 0; k < m.nRows; ++k) {
    const fitted = f64x2.splat(at(m.fitted, k));
    const to = (<usize>whole(m.starts, k + 1)) << 3;
    for (let i = (<usize>whole(m.starts, k)) << 3; i < to; i += 16) {
      const off = f64x2.sub(v128.load(m.y + i), fitted);
      sums = f64x2.add(sums, f64x2.mul(v128.load(weights + i), f64x2.mul(off, off)));
    }
  }
  return both(sums);
}

/** The curve at a place, its ends' values beyond them. */
function curveAt(m: RowsPlan, place: f64): f64 {
  const last = m.nCurve - 1;
  const from = at(m.curveX, 0);
  if (!(place > from)) return at(m.curveY, 0);
  if (place >= at(m.curveX, last)) return at(m.curveY, last);
  const step = min(m.nSteps - 1, <i32>((place - from) * m.perUnit));
  let low = max(0, whole(m.firsts, step) - 1);
  let high = min(last, whole(m.firsts, step + 1));
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(m.curveX, middle) <= place) low = middle;
    else high = middle;
  }
  const x = at(m.curveX, low);
  const y = at(m.curveY, low);
  return y + ((place - x) / (at(m.curveX, high) - x)) * (at(m.curveY, high) - y);
}

/** Weights of the values: the curve at their fitted log counts, to the power -4. */
function weigh(m: RowsPlan): void {
  for (let k = 0; k < m.nRows; ++k) {
    const fitted = at(m.fitted, k);
    const to = whole(m.starts, k + 1);
    for (let i = whole(m.starts, k); i < to; ++i) {
      const root = curveAt(m, fitted + at(m.shifts, i));
      put(m.weights, i, at(m.real, i) / (root * root * root * root));
    }
  }
}

/** Effects and fitted values of the weighted fit, and the coefficients' standard deviations over sigma. */
function solve(m: RowsPlan, unscaled: usize): void {
  const p = m.p;
  for (let i = 0; i < p * p; ++i) put(m.matrix, i, 0);
  for (let j = 0; j < p; ++j) put(m.effects, j, 0);
  for (let k = 0; k < m.nRows; ++k) {
    let sums = f64x2.splat(0);
    let targets = sums;
    const to = (<usize>whole(m.starts, k + 1)) << 3;
    for (let i = (<usize>whole(m.starts, k)) << 3; i < to; i += 16) {
      const w = v128.load(m.weights + i);
      sums = f64x2.add(sums, w);
      targets = f64x2.add(targets, f64x2.mul(w, v128.load(m.y + i)));
    }
    const weight = both(sums);
    const target = both(targets);
    for (let a = 0; a < p; ++a) {
      const x = at(m.q, k * p + a);
      put(m.effects, a, at(m.effects, a) + x * target);
      const wx = x * weight;
      for (let b = 0; b <= a; ++b)
        put(m.matrix, a * p + b, at(m.matrix, a * p + b) + wx * at(m.q, k * p + b));
    }
  }
  // L of the matrix in its place, with the inverses of the diagonal.
  const l = m.matrix;
  for (let j = 0; j < p; ++j) {
    let d = at(l, j * p + j);
    for (let k = 0; k < j; ++k) d -= at(l, j * p + k) * at(l, j * p + k);
    const inverse = 1 / sqrt(d);
    put(l, j * p + j, inverse);
    for (let i = j + 1; i < p; ++i) {
      let sum = at(l, i * p + j);
      for (let k = 0; k < j; ++k) sum -= at(l, i * p + k) * at(l, j * p + k);
      put(l, i * p + j, sum * inverse);
    }
  }
  for (let j = 0; j < p; ++j)
    put(unscaled, j, sqrt(forward(m, m.inverse + ((<usize>(j * p)) << 3), m.turned)));
  forward(m, m.effects, m.effects);
  for (let i = p - 1; i >= 0; --i) {
    let sum = at(m.effects, i);
    for (let k = i + 1; k < p; ++k) sum -= at(l, k * p + i) * at(m.effects, k);
    put(m.effects, i, sum * at(l, i * p + i));
  }
  fitRows(m);
}

/** L^-1 x, into `out`; returns its squared length. */
function forward(m: RowsPlan, x: usize, out: usize): f64 {
  const p = m.p;
  let sum2: f64 = 0;
  for (let i = 0; i < p; ++i) {
    let sum = at(x, i);
    for (let k = 0; k < i; ++k) sum -= at(m.matrix, i * p + k) * at(out, k);
    const value = sum * at(m.matrix, i * p + i);
    put(out, i, value);
    sum2 += value * value;
  }
  return sum2;
}
