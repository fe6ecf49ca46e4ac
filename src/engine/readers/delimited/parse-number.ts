import { decodeField } from "./decode-field.ts";

const powers = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const exact = 2 ** 53;

/**
 * The decimal number in bytes [start, end), spaces around it allowed; NaN where it is none (also for "NaN", "NA" and
 * nothing). `point` is the byte of the decimal mark. Correctly rounded: up to 2^53 and 10^22 in one division or product
 * of exact numbers (Clinger 1990), beyond that by the platform's own parser.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, point: number): number {
  let i = start;
  let stop = end;
  while (i < stop && bytes[i] === 32) ++i;
  while (stop > i && bytes[stop - 1] === 32) --stop;
  const from = i;
  let negative = false;
  if (i < stop && (bytes[i] === 45 || bytes[i] === 43)) negative = bytes[i++] === 45;
  let mantissa = 0;
  let digits = 0;
  let scale = 0;
  for (let c: number; i < stop && (c = bytes[i] - 48) >= 0 && c <= 9; ++i, ++digits)
    mantissa = mantissa * 10 + c;
  if (i < stop && bytes[i] === point) {
    ++i;
    for (let c: number; i < stop && (c = bytes[i] - 48) >= 0 && c <= 9; ++i, ++digits, --scale)
      mantissa = mantissa * 10 + c;
  }
  if (digits === 0) return infinite(bytes, i, stop, negative);
  if (i < stop && (bytes[i] === 101 || bytes[i] === 69)) {
    ++i;
    let down = false;
    if (i < stop && (bytes[i] === 45 || bytes[i] === 43)) down = bytes[i++] === 45;
    let exponent = 0;
    const first = i;
    for (let c: number; i < stop && (c = bytes[i] - 48) >= 0 && c <= 9; ++i)
      if (exponent < 10000) exponent = exponent * 10 + c;
    if (i === first) return NaN;
    scale += down ? -exponent : exponent;
  }
  if (i !== stop) return NaN;
  let value: number;
  if (mantissa < exact && scale >= -22 && scale <= 22)
    value = scale < 0 ? mantissa / powers[-scale] : mantissa * powers[scale];
  else {
    const text = decodeField(bytes, from, stop).replace(String.fromCharCode(point), ".");
    return Number(text);
  }
  return negative ? -value : value;
}

/** Inf, Infinity in any case; NaN for all else. */
function infinite(bytes: Uint8Array, start: number, end: number, negative: boolean): number {
  if (end - start !== 3 && end - start !== 8) return NaN;
  const text = decodeField(bytes, start, end).toLowerCase();
  if (text !== "inf" && text !== "infinity") return NaN;
  return negative ? -Infinity : Infinity;
}
