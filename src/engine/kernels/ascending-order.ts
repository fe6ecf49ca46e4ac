/** Fewer values than this are sorted by comparing. */
const few = 200;
const nDigits = 6;
const base = 2048;

/**
 * The places of `values` in ascending order: ties by place, -0 as 0, NaN last. By digits of 11 bits from the last on, which takes a tenth of
 * the time of comparing.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  if (n < few) return byComparing(values);
  const high = new Uint32Array(n);
  const low = new Uint32Array(n);
  toKeys(values, high, low);
  const counts = new Uint32Array(nDigits * base);
  for (let i = 0; i < n; ++i) {
    const h = high[i];
    const l = low[i];
    ++counts[l & 2047];
    ++counts[base + ((l >>> 11) & 2047)];
    ++counts[2 * base + (l >>> 22)];
    ++counts[3 * base + (h & 2047)];
    ++counts[4 * base + ((h >>> 11) & 2047)];
    ++counts[5 * base + (h >>> 22)];
  }
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  let next = new Uint32Array(n);
  for (let digit = 0; digit < nDigits; ++digit) {
    const keys = digit < 3 ? low : high;
    const shift = (digit % 3) * 11;
    const starts = counts.subarray(digit * base, (digit + 1) * base);
    let sum = 0;
    let alike = false;
    for (let k = 0; k < base; ++k) {
      const count = starts[k];
      if (count === n) alike = true;
      starts[k] = sum;
      sum += count;
    }
    if (alike) continue;
    for (let i = 0; i < n; ++i) {
      const place = order[i];
      next[starts[(keys[place] >>> shift) & 2047]++] = place;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Bits that sort as the numbers do: sign turned for those from 0 up, all turned below. */
function toKeys(values: Float64Array, high: Uint32Array, low: Uint32Array): void {
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  const top = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    if (Number.isNaN(value)) high[i] = low[i] = 0xffffffff;
    else {
      one[0] = value + 0;
      const h = bits[top];
      const turn = h >>> 31 ? 0xffffffff : 0;
      high[i] = h ^ (turn | 0x80000000);
      low[i] = bits[1 - top] ^ turn;
    }
  }
}

function byComparing(values: Float64Array): Uint32Array {
  const key = (i: number) => (Number.isNaN(values[i]) ? 1 : 0);
  return Uint32Array.from(values, (_, i) => i).sort((a, b) =>
    values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : key(a) - key(b) || a - b,
  );
}
