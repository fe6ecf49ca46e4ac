import { both, log, logs } from "./pair-math";

const log2e: f64 = 1.4426950408889634;
const nBins = 1024;
const bins = memory.data(4 * 1024);
/** So few numbers are sorted. */
const few = 24;

function number(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}

function count(base: usize, i: i32): i32 {
  return load<i32>(base + ((<usize>i) << 2));
}

/**
 * The twin of trimmedMean in kernels/trimmed-mean-of-m-values.ts: the natural logarithm of the factor of one sample's n int32 counts against the
 * reference's, NaN where nothing is left or differs. `logReference` holds log2 of shares of the reference, `logShares` those of counts below
 * nKept; `room` is for 3 (n + 1) numbers.
 */
export function trimmedMean(
  counts: usize,
  reference: usize,
  n: i32,
  size: f64,
  referenceSize: f64,
  logShares: usize,
  nKept: i32,
  logReference: usize,
  trimRatios: f64,
  trimAbundances: f64,
  room: usize,
): f64 {
  const ratios = room;
  const abundances = room + ((<usize>n + 1) << 3);
  const rest = abundances + ((<usize>n + 1) << 3);
  let m = 0;
  let least: f64 = Infinity;
  let most: f64 = 0;
  for (let g = 0; g < n; ++g) {
    const x = count(counts, g);
    const r = count(reference, g);
    if (x <= 0 || r <= 0) continue;
    const share = <f64>x / size;
    const ratio = share / (<f64>r / referenceSize);
    const level = x < nKept ? number(logShares, x) : log(share) * log2e;
    put(ratios, m, ratio);
    put(abundances, m, (level + number(logReference, g)) / 2);
    most = max(most, ratio);
    least = min(least, ratio);
    ++m;
  }
  if (m == 0 || max(log(most), -log(least)) * log2e < 1e-6) return NaN;
  trimRange(ratios, m, floor(<f64>m * trimRatios) + 1, rest);
  const leastRatio = lowEnd;
  const mostRatio = highEnd;
  trimRange(abundances, m, floor(<f64>m * trimAbundances) + 1, rest);
  const leastAbundance = lowEnd;
  const mostAbundance = highEnd;
  // What stays, and its weights, take the places of what was looked at.
  let stays = 0;
  let i = -1;
  for (let g = 0; g < n; ++g) {
    const x = <f64>count(counts, g);
    const r = <f64>count(reference, g);
    if (x <= 0 || r <= 0) continue;
    ++i;
    const ratio = number(ratios, i);
    if (ratio < leastRatio || ratio > mostRatio) continue;
    const abundance = number(abundances, i);
    if (abundance < leastAbundance || abundance > mostAbundance) continue;
    const variance = (size - x) / (size * x) + (referenceSize - r) / (referenceSize * r);
    put(ratios, stays, ratio);
    put(abundances, stays++, 1 / variance);
  }
  put(ratios, stays, 1);
  put(abundances, stays, 0);
  let weighted = f64x2.splat(0);
  let weights = weighted;
  for (let at: usize = 0; at < (<usize>stays) << 3; at += 16) {
    const weight = v128.load(abundances + at);
    weighted = f64x2.add(weighted, f64x2.mul(weight, logs(v128.load(ratios + at))));
    weights = f64x2.add(weights, weight);
  }
  return both(weighted) / both(weights);
}

let lowEnd: f64 = 0;
let highEnd: f64 = 0;

/** The twin of kernels/trimmed-range.ts, into the variables above; leaves the numbers where they are. */
function trimRange(values: usize, n: i32, lowest: f64, room: usize): void {
  lowEnd = Infinity;
  highEnd = -Infinity;
  const k = <i32>ceil(lowest) - 1;
  if (k < 0 || k >= n) return;
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  for (let i = 0; i < n; ++i) {
    least = min(least, number(values, i));
    most = max(most, number(values, i));
  }
  tally(values, n, least, most);
  find(values, n, k, least, most, room);
  let low = found;
  // Ties share their mean rank.
  if (<f64>below + <f64>(alike + 1) / 2 < lowest) low = nextBeyond(values, n, low, 1);
  tally(values, n, least, most);
  find(values, n, n - 1 - k, least, most, room);
  let high = found;
  if (<f64>(n - below - alike) + <f64>(alike + 1) / 2 < lowest)
    high = nextBeyond(values, n, high, -1);
  if (low > high) return;
  lowEnd = low;
  highEnd = high;
}

/** The nearest number above a value, or with `sign` -1 below it. */
function nextBeyond(values: usize, n: i32, value: f64, sign: f64): f64 {
  let nearest: f64 = Infinity;
  for (let i = 0; i < n; ++i) {
    const off = sign * number(values, i);
    if (off > sign * value) nearest = min(nearest, off);
  }
  return sign * nearest;
}

function tally(values: usize, n: i32, low: f64, high: f64): void {
  for (let b = 0; b < nBins; ++b) store<i32>(bins + ((<usize>b) << 2), 0);
  const scale = scaleOf(low, high);
  for (let i = 0; i < n; ++i) {
    const place = bins + ((<usize>(<i32>((number(values, i) - low) * scale))) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
}

function scaleOf(low: f64, high: f64): f64 {
  const scale = <f64>(nBins - 1) / (high - low);
  return scale < Infinity ? scale : 0;
}

/** The k-th smallest (from 0), how many are below it, and how many like it. */
let found: f64 = 0;
let below: i32 = 0;
let alike: i32 = 0;

/** Finds it among numbers that were tallied: those of its bin, tallied in turn, until they are few or alike. */
function find(values: usize, n: i32, k: i32, low: f64, high: f64, room: usize): void {
  let from = values;
  below = 0;
  while (low < high && n > few && scaleOf(low, high) > 0) {
    if (from == room) tally(from, n, low, high);
    const scale = scaleOf(low, high);
    const start = low;
    let bin = 0;
    while (k >= count(bins, bin)) {
      k -= count(bins, bin);
      below += count(bins, bin++);
    }
    let kept = 0;
    low = Infinity;
    high = -Infinity;
    for (let i = 0; i < n; ++i) {
      const value = number(from, i);
      if (<i32>((value - start) * scale) != bin) continue;
      put(room, kept++, value);
      low = min(low, value);
      high = max(high, value);
    }
    from = room;
    n = kept;
  }
  found = low < high ? sorted(from, n, k, room) : low;
  alike = 0;
  for (let i = 0; i < n; ++i) {
    const value = number(low < high ? room : from, i);
    if (value < found) ++below;
    else if (value == found) ++alike;
  }
}

/** By insertion. */
function sorted(values: usize, n: i32, k: i32, room: usize): f64 {
  for (let i = 0; i < n; ++i) {
    const value = number(values, i);
    let j = i;
    for (; j > 0 && number(room, j - 1) > value; --j) put(room, j, number(room, j - 1));
    put(room, j, value);
  }
  return number(room, k);
}
