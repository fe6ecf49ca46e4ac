import type { RecordView } from "./scan-record.ts";

/** What `plainRow` returns for a record of any other form, or one that does not end within the bytes. */
export const notPlain = -1;

/**
 * Reads the record that begins at `at` where it is what most counts are: an id (in quotes or not), then `width` whole
 * numbers of at most nine digits, then LF or CRLF. They go to `values` from `to` on, and the largest to `largest[0]`; the
 * record knows its id as field 0, and no other. Returns where the next one begins.
 */
export function plainRow(
  record: RecordView,
  at: number,
  end: number,
  delimiter: number,
  values: Int32Array | Float64Array,
  to: number,
  width: number,
  largest: Float64Array,
): number {
  const { bytes } = record;
  let i = at;
  let c = 0;
  if (bytes[i] === 34) {
    ++i;
    while (i < end && (c = bytes[i]) !== 34 && c !== 10 && c !== 13) ++i;
    if (c !== 34 || bytes[i + 1] !== delimiter) return notPlain;
    record.starts[0] = at + 1;
    record.ends[0] = i;
    record.quoted[0] = 1;
    i += 2;
  } else {
    while (i < end && (c = bytes[i]) !== delimiter && c !== 10 && c !== 13) ++i;
    if (c !== delimiter) return notPlain;
    record.starts[0] = at;
    record.ends[0] = i++;
    record.quoted[0] = 0;
  }
  let most = largest[0];
  const stop = to + width;
  for (let k = to; k < stop; ++k) {
    const start = i;
    let value = 0;
    while ((c = bytes[i] - 48) >= 0 && c <= 9) {
      value = value * 10 + c;
      ++i;
    }
    const digits = i - start;
    if (digits === 0 || digits > 9 || i >= end) return notPlain;
    if (c === delimiter - 48) {
      if (k === stop - 1) return notPlain;
      ++i;
    } else if (k < stop - 1) return notPlain;
    values[k] = value;
    if (value > most) most = value;
  }
  if (c === 13 - 48 && i + 1 < end) c = bytes[++i] - 48;
  if (c !== 10 - 48) return notPlain;
  record.n = width + 1;
  record.height = 1;
  largest[0] = most;
  return i + 1;
}
