/** Values that arrive row by row: 32-bit integers as long as all are, then float64. */
export interface CountsBuilder {
  /** The array to write the next row into, at `at`; true when it is an Int32Array. */
  values: Int32Array | Float64Array;
  whole: boolean;
  /** Rows so far. */
  rows: number;
  /** Where the next row begins. */
  at: number;
  readonly width: number;
  lines: Int32Array;
}

export function newCounts(width: number): CountsBuilder {
  const rows = Math.max(16, Math.min(4096, Math.ceil(2 ** 20 / width)));
  return {
    values: new Int32Array(rows * width),
    whole: true,
    rows: 0,
    at: 0,
    width,
    lines: new Int32Array(rows),
  };
}

/** Makes room for one more row; `fraction` of the file has been read, which tells how many rows it will have. */
export function reserve(counts: CountsBuilder, fraction: number): void {
  const { width, rows, values } = counts;
  if (rows === counts.lines.length) {
    const lines = new Int32Array(rows * 2);
    lines.set(counts.lines);
    counts.lines = lines;
  }
  if (counts.at + width <= values.length) return;
  const told = fraction > 0 ? Math.ceil(((rows + 1) / fraction) * 1.04) : 0;
  // First a sixteenth, then all: the share that was read tells better by then, and what is outgrown stays small.
  const most = 20 * rows + 4096;
  const wanted = most < told ? Math.max(4 * rows, Math.ceil(told / 16)) : told;
  const next = Math.max(Math.ceil(rows * 1.2) + 16, Math.min(wanted, most));
  const more = counts.whole ? new Int32Array(next * width) : new Float64Array(next * width);
  more.set(values);
  counts.values = more;
}

/** Goes over to float64. */
export function widen(counts: CountsBuilder): void {
  if (!counts.whole) return;
  const more = new Float64Array(counts.values.length);
  more.set(counts.values);
  counts.values = more;
  counts.whole = false;
}

/** The values of all rows; where little room is left over they are not copied, since that would take as much again. */
export function finish({ values, at }: CountsBuilder): Int32Array | Float64Array {
  return at > 0.9 * values.length ? values.subarray(0, at) : values.slice(0, at);
}
