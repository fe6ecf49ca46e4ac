/** What is to be coloured: values gene-major, and which row and column stand at which place. */
export interface Cells {
  readonly shown: Float64Array;
  readonly columns: number;
  readonly rowOrder: Int32Array;
  readonly columnOrder: Int32Array;
}

/** How values become colours: 256 packed RGB triples over low..high; NaN has a colour of its own. */
export interface CellColors {
  readonly table: Uint8Array;
  readonly low: number;
  readonly high: number;
  readonly missing: readonly [number, number, number];
}

/** The entry of the table for a value; values beyond the limits take the end. */
export function colorIndex(value: number, { low, high }: CellColors): number {
  const t = (value - low) / (high - low);
  return t <= 0 ? 0 : t >= 1 ? 255 : Math.floor(t * 256);
}

/**
 * RGBA pixels of the cells, `width` x `height`, never more than a pixel for each cell. Where there are fewer pixels than cells, a pixel is the mean of
 * the values that it covers, so that nothing is dropped; it is missing where all of them are.
 */
export function heatmapPixels(
  cells: Cells,
  width: number,
  height: number,
  colors: CellColors,
): Uint8ClampedArray<ArrayBuffer> {
  const { shown, columns, rowOrder, columnOrder } = cells;
  const out = new Uint8ClampedArray(width * height * 4);
  const rowEdge = edges(rowOrder.length, height);
  const columnEdge = edges(columnOrder.length, width);
  let at = 0;
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      let sum = 0;
      let count = 0;
      for (let i = rowEdge[y]; i < rowEdge[y + 1]; ++i) {
        const start = rowOrder[i] * columns;
        for (let j = columnEdge[x]; j < columnEdge[x + 1]; ++j) {
          const value = shown[start + columnOrder[j]];
          if (value === value) {
            sum += value;
            ++count;
          }
        }
      }
      if (count === 0) out.set(colors.missing, at);
      else {
        const k = colorIndex(sum / count, colors) * 3;
        out[at] = colors.table[k];
        out[at + 1] = colors.table[k + 1];
        out[at + 2] = colors.table[k + 2];
      }
      out[at + 3] = 255;
      at += 4;
    }
  return out;
}

function edges(n: number, parts: number): Int32Array {
  return Int32Array.from({ length: parts + 1 }, (_, i) => Math.floor((i * n) / parts));
}
