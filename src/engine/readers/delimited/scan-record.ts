/** One record of a delimited text: field j is `bytes[starts[j] .. ends[j]]`. Reused for every record. */
export interface RecordView {
  bytes: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  /** 1 where the field stood in quotes, 2 where it holds doubled quotes too. */
  quoted: Uint8Array;
  n: number;
  /** 1-based line on which the record begins. */
  line: number;
  /** How many lines it takes. */
  height: number;
}

/** What `scanRecord` returns where the record does not end within the bytes. */
export const incomplete = -1;
/** What it returns for text between a closing quote and the delimiter; the field is number `n`. */
export const malformed = -2;

const quote = 34;
const cr = 13;
const lf = 10;
const space = 32;

export function newRecord(): RecordView {
  return {
    bytes: new Uint8Array(0),
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    quoted: new Uint8Array(64),
    n: 0,
    line: 1,
    height: 1,
  };
}

/**
 * Finds the fields of the record that begins at `at` and returns where the next one begins. Records end with LF, CRLF
 * or CR, or with the bytes when `last`. A field that begins with a quote goes to the closing one, whatever stands
 * between; two quotes there mean one. A delimiter of spaces takes any run of them.
 */
export function scanRecord(
  record: RecordView,
  at: number,
  end: number,
  last: boolean,
  delimiter: number,
): number {
  const { bytes } = record;
  const runs = delimiter === space;
  let i = at;
  let n = 0;
  record.height = 1;
  for (;;) {
    if (runs) while (i < end && bytes[i] === space) ++i;
    if (n === record.starts.length) grow(record);
    let start = i;
    let stop: number;
    let flag = 0;
    if (i < end && bytes[i] === quote) {
      start = ++i;
      flag = 1;
      for (;;) {
        while (i < end && bytes[i] !== quote) {
          if (bytes[i] === lf || (bytes[i] === cr && bytes[i + 1] !== lf)) ++record.height;
          ++i;
        }
        if (i >= end || (i + 1 >= end && !last)) {
          record.n = n;
          return incomplete;
        }
        if (i + 1 < end && bytes[i + 1] === quote) {
          flag = 2;
          i += 2;
          continue;
        }
        break;
      }
      stop = i++;
      if (!runs) while (i < end && bytes[i] === space) ++i;
    } else {
      let c: number;
      while (i < end && (c = bytes[i]) !== delimiter && c !== lf && c !== cr) ++i;
      stop = i;
    }
    record.starts[n] = start;
    record.ends[n] = stop;
    record.quoted[n] = flag;
    if (i >= end) {
      if (!last) return incomplete;
      record.n = runs && n > 0 && start === stop && flag === 0 ? n : n + 1;
      return end;
    }
    const c = bytes[i];
    if (c === delimiter) {
      ++n;
      ++i;
      continue;
    }
    if (c === lf || c === cr) {
      if (c === cr && i + 1 >= end && !last) return incomplete;
      record.n = runs && n > 0 && start === stop && flag === 0 ? n : n + 1;
      return c === cr && i + 1 < end && bytes[i + 1] === lf ? i + 2 : i + 1;
    }
    record.n = n;
    return malformed;
  }
}

function grow(record: RecordView): void {
  const size = record.starts.length * 2;
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  const quoted = new Uint8Array(size);
  starts.set(record.starts);
  ends.set(record.ends);
  quoted.set(record.quoted);
  Object.assign(record, { starts, ends, quoted });
}
