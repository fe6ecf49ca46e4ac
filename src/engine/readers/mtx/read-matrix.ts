import { readError } from "../../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../../base/progress.ts";
import { openStream, utf8Stream, type ByteSource } from "../../bytes/index.ts";
import { parseNumber } from "../delimited/parse-number.ts";
import { checkDenseSize } from "./dense-size.ts";

/** A Matrix Market file written out: `values[row * nColumns + column]`, or turned where asked. */
export interface Matrix {
  readonly nRows: number;
  readonly nColumns: number;
  readonly values: Int32Array | Float64Array;
}

const longest = 1 << 20;

/**
 * Reads a Matrix Market coordinate file (integer, real or pattern; general) into a dense array, row-major, or
 * column-major where `turned` (asked once the size is known). Entries of one place are added. The number of entries and
 * every index are checked against the size line. Streams: only the result and one block are held.
 */
export async function readMatrix(
  source: ByteSource,
  turnedBy: (nRows: number, nColumns: number) => boolean,
  call: CallOptions = {},
): Promise<Matrix> {
  const file = source.name;
  const { stream } = await openStream(source, call);
  const reader = utf8Stream(stream).getReader();
  let held: Uint8Array = new Uint8Array(0);
  let line = 0;
  let nRows = -1;
  let nColumns = 0;
  let declared = 0;
  let pattern = false;
  let real = false;
  let turned = false;
  let values: Int32Array | Float64Array = new Int32Array(0);
  let n = 0;
  let slept = performance.now();
  const wrong = (expected: string, column?: number) =>
    readError(`broken Matrix Market file: ${file}`, { file, line, column, expected });

  /** Takes a line above the entries; true once it was the sizes. */
  const head = (text: string): boolean => {
    if (line === 1) {
      const words = text.trim().toLowerCase().split(/\s+/);
      if (words[0] !== "%%matrixmarket" || words[1] !== "matrix")
        throw wrong("%%MatrixMarket matrix coordinate integer general");
      if (words[2] !== "coordinate" || words[4] !== "general")
        throw wrong(`a general coordinate matrix, not ${words.slice(2).join(" ")}`);
      if (!["integer", "real", "pattern"].includes(words[3]))
        throw wrong(`integer or real, not ${words[3]}`);
      pattern = words[3] === "pattern";
      real = words[3] === "real";
      return false;
    }
    if (text.startsWith("%") || text.trim() === "") return false;
    const sizes = text.trim().split(/\s+/).map(Number);
    if (sizes.length !== 3 || !sizes.every((size) => Number.isSafeInteger(size) && size >= 0))
      throw wrong("rows, columns and entries");
    [nRows, nColumns, declared] = sizes;
    if (declared > nRows * nColumns) throw wrong(`at most ${nRows * nColumns} entries`);
    turned = turnedBy(nRows, nColumns);
    checkDenseSize(nRows, nColumns, file);
    values = real ? new Float64Array(nRows * nColumns) : new Int32Array(nRows * nColumns);
    return true;
  };

  /** Entries in bytes [at, end), all lines whole. */
  const entries = (bytes: Uint8Array, from: number, end: number): void => {
    let at = from;
    const stride = turned ? nRows : nColumns;
    while (at < end) {
      ++line;
      let c = bytes[at];
      while (c === 32) c = bytes[++at];
      if (c === 10 || c === 13 || c === 37) {
        while (at < end && bytes[at] !== 10) ++at;
        ++at;
        continue;
      }
      let row = 0;
      let column = 0;
      while ((c = bytes[at] - 48) >= 0 && c <= 9) {
        row = row * 10 + c;
        ++at;
      }
      while (bytes[at] === 32 || bytes[at] === 9) ++at;
      while ((c = bytes[at] - 48) >= 0 && c <= 9) {
        column = column * 10 + c;
        ++at;
      }
      while (bytes[at] === 32 || bytes[at] === 9) ++at;
      if (!(row >= 1 && row <= nRows)) throw wrong(`a row from 1 to ${nRows}`, 1);
      if (!(column >= 1 && column <= nColumns)) throw wrong(`a column from 1 to ${nColumns}`, 2);
      let value = pattern ? 1 : 0;
      const start = at;
      while ((c = bytes[at] - 48) >= 0 && c <= 9) {
        value = value * 10 + c;
        ++at;
      }
      c = bytes[at];
      if (c !== 10 || (at === start && !pattern)) {
        let stop = at;
        while (stop < end && bytes[stop] !== 10) ++stop;
        at = stop;
        while (stop > start && (bytes[stop - 1] === 13 || bytes[stop - 1] === 32)) --stop;
        if (!pattern) {
          value = parseNumber(bytes, start, stop, 46);
          if (!(value - value === 0)) throw wrong("a number", 3);
        } else if (stop > start) throw wrong("a row and a column", 3);
      }
      ++at;
      const place = turned ? (column - 1) * stride + row - 1 : (row - 1) * stride + column - 1;
      const sum = values[place] + value;
      values[place] = sum;
      if (values[place] !== sum) {
        if (values instanceof Float64Array) throw wrong("a number", 3);
        if (Math.abs(sum) > 0x7fffffff && Number.isInteger(sum))
          throw wrong("at most 2147483647", 3);
        const wide = new Float64Array(values.length);
        wide.set(values);
        wide[place] = sum;
        values = wide;
      }
      if (++n > declared) throw wrong(`${declared} entries, as the size line says`);
    }
  };

  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(call.signal);
      const fresh = value ?? (held.length > 0 ? new Uint8Array([10]) : new Uint8Array(0));
      const bytes = new Uint8Array(held.length + fresh.length);
      bytes.set(held);
      bytes.set(fresh, held.length);
      const end = bytes.lastIndexOf(10) + 1;
      if (bytes.length - end > longest) throw wrong("lines of at most 1 MiB");
      let at = 0;
      for (let sized = nRows >= 0; !sized && at < end;) {
        const stop = bytes.indexOf(10, at);
        ++line;
        sized = head(new TextDecoder().decode(bytes.subarray(at, stop)));
        at = stop + 1;
      }
      if (nRows >= 0 && at < end) entries(bytes, at, end);
      held = bytes.slice(end);
      if (done) break;
      if (performance.now() - slept > 20) {
        await pause();
        slept = performance.now();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (nRows < 0) throw wrong("rows, columns and entries: it ends too early");
  if (n !== declared)
    throw wrong(`${declared} entries, as the size line says, not ${n}: it ends too early`);
  return { nRows, nColumns, values };
}
