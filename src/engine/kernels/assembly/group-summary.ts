/**
 * The twin of kernels/group-summary.ts. Unscaled values are worked on eight genes at a time, two in each
 * register, so that every gene is summed in the same order as there and the answer is the same to the bit.
 * Scaled ones are written out gene by gene; logarithms may differ in the last bit.
 */
export function groupSummary(
  values: usize,
  whole: bool,
  nGenes: i32,
  nSamples: i32,
  order: usize,
  starts: usize,
  nGroups: i32,
  divisors: usize,
  priors: usize,
  scaled: usize,
  zeros: usize,
  mean: usize,
  variance: usize,
  detected: usize,
): void {
  const step: usize = whole ? 4 : 8;
  const row = <usize>nSamples * step;
  let g = 0;
  if (divisors == 0) {
    for (; g + 8 <= nGenes; g += 8) {
      const at = values + <usize>g * row;
      const out = <usize>g * nGroups;
      for (let k = 0; k < nGroups; ++k) {
        const from = order + ((<usize>load<i32>(starts + ((<usize>k) << 2))) << 2);
        const to = order + ((<usize>load<i32>(starts + ((<usize>k + 1) << 2))) << 2);
        if (whole) eight<i32>(at, row, from, to, out + k, nGroups, mean, variance, detected);
        else eight<f64>(at, row, from, to, out + k, nGroups, mean, variance, detected);
      }
    }
  }
  for (; g < nGenes; ++g) {
    const stored = values + <usize>g * row;
    let worked = stored;
    let workedStep = step;
    if (divisors != 0) {
      scaleGene(stored, whole, nSamples, divisors, priors, zeros, scaled);
      worked = scaled;
      workedStep = 8;
    }
    const plain = whole && divisors == 0;
    for (let k = 0; k < nGroups; ++k) {
      const from = load<i32>(starts + ((<usize>k) << 2));
      const to = load<i32>(starts + ((<usize>k + 1) << 2));
      let sum: f64 = 0;
      let above: i32 = 0;
      for (let i = from; i < to; ++i) {
        const s = <usize>load<i32>(order + ((<usize>i) << 2));
        sum += plain ? <f64>load<i32>(worked + s * 4) : load<f64>(worked + s * workedStep);
        above += i32(whole ? load<i32>(stored + s * 4) > 0 : load<f64>(stored + s * 8) > 0);
      }
      const n = <f64>(to - from);
      const m = sum / n;
      let squares: f64 = 0;
      for (let i = from; i < to; ++i) {
        const s = <usize>load<i32>(order + ((<usize>i) << 2));
        const d = (plain ? <f64>load<i32>(worked + s * 4) : load<f64>(worked + s * workedStep)) - m;
        squares += d * d;
      }
      const out = <usize>g * nGroups + k;
      store<f64>(mean + (out << 3), m);
      store<f64>(variance + (out << 3), to - from > 1 ? squares / (n - 1) : NaN);
      store<i32>(detected + (out << 2), above);
    }
  }
}

function scaleGene(
  stored: usize,
  whole: bool,
  nSamples: i32,
  divisors: usize,
  priors: usize,
  zeros: usize,
  out: usize,
): void {
  for (let s: usize = 0; s < <usize>nSamples; ++s) {
    const x = whole ? <f64>load<i32>(stored + s * 4) : load<f64>(stored + s * 8);
    if (priors == 0) store<f64>(out + s * 8, x / load<f64>(divisors + s * 8));
    else if (x == 0) store<f64>(out + s * 8, load<f64>(zeros + s * 8));
    else {
      const shifted = x + load<f64>(priors + s * 8);
      store<f64>(out + s * 8, Math.log2(shifted / load<f64>(divisors + s * 8)));
    }
  }
}

/** The values of two genes, `row` bytes apart, as float64. */
function pair<T>(at: usize, row: usize): v128 {
  return isInteger<T>()
    ? f64x2.convert_low_i32x4_s(v128.load32_lane(at + row, v128.load32_zero(at), 1))
    : v128.load64_lane(at + row, v128.load64_zero(at), 1);
}

function eight<T>(
  at: usize,
  row: usize,
  from: usize,
  to: usize,
  out: usize,
  nGroups: i32,
  mean: usize,
  variance: usize,
  detected: usize,
): void {
  const zero = f64x2.splat(0);
  const row2 = row * 2;
  const row4 = row * 4;
  const row6 = row * 6;
  let sa = zero;
  let sb = zero;
  let sc = zero;
  let sd = zero;
  let na = i64x2.splat(0);
  let nb = na;
  let nc = na;
  let nd = na;
  for (let i = from; i < to; i += 4) {
    const p = at + <usize>load<i32>(i) * sizeof<T>();
    const a = pair<T>(p, row);
    const b = pair<T>(p + row2, row);
    const c = pair<T>(p + row4, row);
    const d = pair<T>(p + row6, row);
    sa = f64x2.add(sa, a);
    sb = f64x2.add(sb, b);
    sc = f64x2.add(sc, c);
    sd = f64x2.add(sd, d);
    na = i64x2.sub(na, f64x2.gt(a, zero));
    nb = i64x2.sub(nb, f64x2.gt(b, zero));
    nc = i64x2.sub(nc, f64x2.gt(c, zero));
    nd = i64x2.sub(nd, f64x2.gt(d, zero));
  }
  const n = f64x2.splat(<f64>((to - from) >> 2));
  const ma = f64x2.div(sa, n);
  const mb = f64x2.div(sb, n);
  const mc = f64x2.div(sc, n);
  const md = f64x2.div(sd, n);
  let qa = zero;
  let qb = zero;
  let qc = zero;
  let qd = zero;
  for (let i = from; i < to; i += 4) {
    const p = at + <usize>load<i32>(i) * sizeof<T>();
    const a = f64x2.sub(pair<T>(p, row), ma);
    const b = f64x2.sub(pair<T>(p + row2, row), mb);
    const c = f64x2.sub(pair<T>(p + row4, row), mc);
    const d = f64x2.sub(pair<T>(p + row6, row), md);
    qa = f64x2.add(qa, f64x2.mul(a, a));
    qb = f64x2.add(qb, f64x2.mul(b, b));
    qc = f64x2.add(qc, f64x2.mul(c, c));
    qd = f64x2.add(qd, f64x2.mul(d, d));
  }
  writeFour(ma, mb, mc, md, mean + (out << 3), nGroups);
  const less = f64x2.splat(to - from > 4 ? <f64>((to - from) >> 2) - 1 : NaN);
  writeFour(
    f64x2.div(qa, less),
    f64x2.div(qb, less),
    f64x2.div(qc, less),
    f64x2.div(qd, less),
    variance + (out << 3),
    nGroups,
  );
  writeCounts(na, nb, nc, nd, detected + (out << 2), nGroups);
}

/** Eight genes' numbers, one group apart. */
function writeFour(a: v128, b: v128, c: v128, d: v128, at: usize, nGroups: i32): void {
  const step = (<usize>nGroups) << 3;
  store<f64>(at, f64x2.extract_lane(a, 0));
  store<f64>(at + step, f64x2.extract_lane(a, 1));
  store<f64>(at + step * 2, f64x2.extract_lane(b, 0));
  store<f64>(at + step * 3, f64x2.extract_lane(b, 1));
  store<f64>(at + step * 4, f64x2.extract_lane(c, 0));
  store<f64>(at + step * 5, f64x2.extract_lane(c, 1));
  store<f64>(at + step * 6, f64x2.extract_lane(d, 0));
  store<f64>(at + step * 7, f64x2.extract_lane(d, 1));
}

function writeCounts(a: v128, b: v128, c: v128, d: v128, at: usize, nGroups: i32): void {
  const step = (<usize>nGroups) << 2;
  store<i32>(at, <i32>i64x2.extract_lane(a, 0));
  store<i32>(at + step, <i32>i64x2.extract_lane(a, 1));
  store<i32>(at + step * 2, <i32>i64x2.extract_lane(b, 0));
  store<i32>(at + step * 3, <i32>i64x2.extract_lane(b, 1));
  store<i32>(at + step * 4, <i32>i64x2.extract_lane(c, 0));
  store<i32>(at + step * 5, <i32>i64x2.extract_lane(c, 1));
  store<i32>(at + step * 6, <i32>i64x2.extract_lane(d, 0));
  store<i32>(at + step * 7, <i32>i64x2.extract_lane(d, 1));
}
