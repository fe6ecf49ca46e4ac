import { both } from "./pair-math";

function at(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}

/** The twin of kernels/tridiagonalise.ts, with room for 3 n numbers. */
export function tridiagonalise(v: usize, d: usize, e: usize, room: usize, n: i32): void {
  const width = (<usize>n) << 3;
  const p = room;
  const scales = room + width;
  for (let k = 0; k < n; ++k) put(scales, k, 0);
  for (let i = n - 1; i > 0; --i) {
    const row = v + <usize>i * width;
    let largest: f64 = 0;
    for (let k = 0; k < i; ++k) largest = max(largest, abs(at(row, k)));
    if (i == 1 || largest == 0) {
      put(e, i, at(row, i - 1));
      continue;
    }
    let h: f64 = 0;
    for (let k = 0; k < i; ++k) {
      const u = at(row, k) / largest;
      put(row, k, u);
      h += u * u;
    }
    const f = at(row, i - 1);
    const g = f >= 0 ? -sqrt(h) : sqrt(h);
    put(e, i, largest * g);
    h -= f * g;
    put(row, i - 1, f - g);
    put(scales, i, h);
    for (let k = 0; k < i; ++k) put(p, k, 0);
    for (let j = 0; j < i; ++j) {
      const other = v + <usize>j * width;
      const u = at(row, j);
      const sum = at(other, j) * u + dotAndAdd(other, row, p, u, j);
      put(p, j, at(p, j) + sum);
    }
    let up: f64 = 0;
    for (let j = 0; j < i; ++j) {
      put(p, j, at(p, j) / h);
      up += at(p, j) * at(row, j);
    }
    const half = up / (h + h);
    for (let j = 0; j < i; ++j) put(p, j, at(p, j) - half * at(row, j));
    for (let j = 0; j < i; ++j) takeBoth(v + <usize>j * width, p, row, at(row, j), at(p, j), j + 1);
  }
  for (let i = 0; i < n; ++i) put(d, i, at(v, i * n + i));
  accumulate(v, scales, room + 2 * width, n);
}

/** The dot product of n numbers of a and b, and p += u a. */
function dotAndAdd(a: usize, b: usize, p: usize, u: f64, n: i32): f64 {
  const us = f64x2.splat(u);
  const whole = (<usize>(n & ~1)) << 3;
  let sums = f64x2.splat(0);
  for (let k: usize = 0; k < whole; k += 16) {
    const x = v128.load(a + k);
    sums = f64x2.add(sums, f64x2.mul(x, v128.load(b + k)));
    v128.store(p + k, f64x2.add(v128.load(p + k), f64x2.mul(x, us)));
  }
  let sum = both(sums);
  if (n & 1) {
    const x = load<f64>(a + whole);
    sum += x * load<f64>(b + whole);
    store<f64>(p + whole, load<f64>(p + whole) + x * u);
  }
  return sum;
}

/** x -= u p + w b, n numbers. */
function takeBoth(x: usize, p: usize, b: usize, u: f64, w: f64, n: i32): void {
  const us = f64x2.splat(u);
  const ws = f64x2.splat(w);
  const whole = (<usize>(n & ~1)) << 3;
  for (let k: usize = 0; k < whole; k += 16) {
    const change = f64x2.add(f64x2.mul(us, v128.load(p + k)), f64x2.mul(ws, v128.load(b + k)));
    v128.store(x + k, f64x2.sub(v128.load(x + k), change));
  }
  if (n & 1)
    store<f64>(
      x + whole,
      load<f64>(x + whole) - (u * load<f64>(p + whole) + w * load<f64>(b + whole)),
    );
}

/** x += u b, n numbers. */
function add(x: usize, b: usize, u: f64, n: i32): void {
  const us = f64x2.splat(u);
  const whole = (<usize>(n & ~1)) << 3;
  for (let k: usize = 0; k < whole; k += 16)
    v128.store(x + k, f64x2.add(v128.load(x + k), f64x2.mul(us, v128.load(b + k))));
  if (n & 1) store<f64>(x + whole, load<f64>(x + whole) + u * load<f64>(b + whole));
}

/** Turns the reflections kept in the rows of v into their product. */
function accumulate(v: usize, scales: usize, g: usize, n: i32): void {
  const width = (<usize>n) << 3;
  for (let i = 0; i < n; ++i) {
    const row = v + <usize>i * width;
    const h = at(scales, i);
    if (h != 0) {
      for (let k = 0; k < i; ++k) put(g, k, 0);
      for (let k = 0; k < i; ++k) add(g, v + <usize>k * width, at(row, k), i);
      for (let k = 0; k < i; ++k) add(v + <usize>k * width, g, -at(row, k) / h, i);
    }
    for (let k = 0; k < i; ++k) {
      put(row, k, 0);
      put(v, k * n + i, 0);
    }
    put(row, i, 1);
  }
}
