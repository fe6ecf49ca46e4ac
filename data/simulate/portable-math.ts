/**
 * exp, log and log n! from +, -, *, / and square roots alone, which IEEE 754 fixes to the last bit: the engine's own may differ
 * between versions, and the simulated files must not. Good to about 1e-15 relative, which is far more than they need.
 */
const log2High = 0.6931471803691238;
const log2Low = 1.9082149292705877e-10;
const bits = new DataView(new ArrayBuffer(8));

/** e to the power x; 0 below -700, an error above 700. */
export function exp(x: number): number {
  if (x < -700) return 0;
  if (!(x <= 700)) throw new RangeError(`exp is not for this: ${x}`);
  const k = Math.floor(x / (log2High + log2Low) + 0.5);
  const r = x - k * log2High - k * log2Low;
  let sum = 1;
  for (let n = 16; n > 0; --n) sum = 1 + (r / n) * sum;
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}

/** The natural logarithm of a normal positive number. */
export function log(x: number): number {
  if (!(x >= 2.3e-308 && x < Infinity)) throw new RangeError(`log is not for this: ${x}`);
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let k = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | (1023 << 20));
  let m = bits.getFloat64(0);
  if (m > 1.42) {
    m /= 2;
    ++k;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 23; n > 0; n -= 2) sum = 1 / n + square * sum;
  return k * log2High + (k * log2Low + 2 * s * sum);
}

/** 2 to the power x. */
export function exp2(x: number): number {
  return exp(x * (log2High + log2Low));
}

/** The logarithm to base 2. */
export function log2(x: number): number {
  return log(x) / (log2High + log2Low);
}

const factorials: number[] = [0];

/** log n!: a sum up to 1,023, Stirling's series beyond. */
export function logFactorial(n: number): number {
  if (n < 1024) {
    while (factorials.length <= n) factorials.push(factorials.at(-1)! + log(factorials.length));
    return factorials[n];
  }
  const x = n + 1;
  return (x - 0.5) * log(x) - x + 0.9189385332046728 + 1 / (12 * x) - 1 / (360 * x * x * x);
}
