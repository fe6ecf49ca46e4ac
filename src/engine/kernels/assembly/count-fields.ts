/**
 * What a model of kernels/count-model.ts keeps. Samples stand by rows of the design, each row filled up to an even number with samples of no
 * size, which add nothing to any sum; two samples are worked on at a time, and a row has one exponential.
 */
@unmanaged
export class Model {
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
  /** float64, nRows: the counts of each row in all. */
  totals: usize;
  /** Of the matrix of rows, where grouped. */
  logDeterminant: f64;
  dispersion: f64;
  /** The largest logarithm of a size. */
  largest: f64;
}

export function at(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

export function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}

/** Copies n numbers; few, for which the built-in copy takes longer to call. */
export function copy(to: usize, from: usize, n: i32): void {
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(to + i, load<f64>(from + i));
}

/** Makes n numbers 0; few. */
export function clear(to: usize, n: i32): void {
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(to + i, 0);
}

/** Where the samples of a row begin and end, in bytes from the first. */
export function startOf(m: Model, k: i32): usize {
  return (<usize>load<i32>(m.starts + ((<usize>k) << 2))) << 3;
}

export function endOf(m: Model, k: i32): usize {
  return (<usize>load<i32>(m.starts + ((<usize>k + 1) << 2))) << 3;
}

/** A model with room for its arrays; their places are read from its fields. 0 where there is no memory. */
export function newCountModel(n: i32, p: i32, nRows: i32): usize {
  const even = (nRows + 2) & ~1;
  const fields = (<usize>offsetof<Model>() + 15) & ~15;
  const bytes =
    fields +
    <usize>(8 * (3 * n + 4 * even + nRows * p + 5 * p + 4 * p * p + 5 * nRows) + 4 * (nRows + 2));
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
  model.totals = next += <usize>nRows * 32;
  model.starts = next + <usize>nRows * 8;
  return place;
}
