/** Columns in one pass, as in kernels/pair-sums.ts. */
const nTogether = 256;

/**
 * The twin of kernels/pair-sums.ts: adds to `out` (condensed, zero at first) the sums over columns of products, or of squared
 * differences, of all pairs of rows; four pairs at a time, two columns in each register.
 */
export function pairSums(x: usize, nRows: i32, nColumns: i32, squares: bool, out: usize): void {
  const row = (<usize>nColumns) << 3;
  for (let from = 0; from < nColumns; from += nTogether) {
    const n = min(nTogether, nColumns - from);
    const start = x + ((<usize>from) << 3);
    for (let i = 0; i < nRows; i += 2) {
      const a = start + <usize>i * row;
      const b = i + 1 < nRows ? a + row : a;
      for (let j = 0; j <= i; j += 2) {
        const c = start + <usize>j * row;
        const d = j + 1 < nRows ? c + row : c;
        if (squares) add<i32>(a, b, c, d, n, i, j, nRows, out);
        else add<f64>(a, b, c, d, n, i, j, nRows, out);
      }
    }
  }
}

/** T is a mark read when compiling: f64 for products, i32 for squared differences. */
function term<T>(sum: v128, x: v128, y: v128): v128 {
  if (isFloat<T>()) return f64x2.add(sum, f64x2.mul(x, y));
  const d = f64x2.sub(x, y);
  return f64x2.add(sum, f64x2.mul(d, d));
}

function one<T>(x: f64, y: f64): f64 {
  if (isFloat<T>()) return x * y;
  return (x - y) * (x - y);
}

/** Rows a and b (places i, i + 1) with rows c and d (places j, j + 1). */
function add<T>(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  n: i32,
  i: i32,
  j: i32,
  nRows: i32,
  out: usize,
): void {
  let ac = f64x2.splat(0);
  let ad = ac;
  let bc = ac;
  let bd = ac;
  const whole = (<usize>(n & ~1)) << 3;
  let k: usize = 0;
  for (; k < whole; k += 16) {
    const va = v128.load(a + k);
    const vb = v128.load(b + k);
    const vc = v128.load(c + k);
    const vd = v128.load(d + k);
    ac = term<T>(ac, va, vc);
    ad = term<T>(ad, va, vd);
    bc = term<T>(bc, vb, vc);
    bd = term<T>(bd, vb, vd);
  }
  let sac = f64x2.extract_lane(ac, 0) + f64x2.extract_lane(ac, 1);
  let sad = f64x2.extract_lane(ad, 0) + f64x2.extract_lane(ad, 1);
  let sbc = f64x2.extract_lane(bc, 0) + f64x2.extract_lane(bc, 1);
  let sbd = f64x2.extract_lane(bd, 0) + f64x2.extract_lane(bd, 1);
  if (n & 1) {
    sac += one<T>(load<f64>(a + k), load<f64>(c + k));
    sad += one<T>(load<f64>(a + k), load<f64>(d + k));
    sbc += one<T>(load<f64>(b + k), load<f64>(c + k));
    sbd += one<T>(load<f64>(b + k), load<f64>(d + k));
  }
  addTo(out, i, j, sac);
  addTo(out, i, j + 1, sad);
  if (i + 1 < nRows) {
    addTo(out, i + 1, j, sbc);
    addTo(out, i + 1, j + 1, sbd);
  }
}

function addTo(out: usize, i: i32, j: i32, value: f64): void {
  if (j >= i) return;
  const at = out + (((<usize>i * (<usize>i - 1)) / 2 + <usize>j) << 3);
  store<f64>(at, load<f64>(at) + value);
}
