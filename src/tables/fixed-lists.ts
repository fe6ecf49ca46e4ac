import { Field, FixedSizeList, Float64, Int32, makeData, Vector } from "apache-arrow";
import { argumentError } from "../base/errors.ts";
import type { Column } from "./build.ts";

/**
 * A column whose row i is the list `values[i * size] … values[(i + 1) * size - 1]`: a block of a gene-major matrix
 * without copying it. `size` is at least 1 and divides the length.
 */
export function fixedLists(values: Int32Array | Float64Array, size: number): Column {
  const length = values.length / size;
  if (!Number.isInteger(length) || size < 1)
    throw argumentError(`${values.length} values make no whole lists of ${size}: ${size}`);
  const item = values instanceof Int32Array ? new Int32() : new Float64();
  const child = makeData({
    type: item as Int32,
    length: values.length,
    data: values as Int32Array,
    nullBitmap: null,
    nullCount: 0,
  });
  const type = new FixedSizeList(size, new Field("item", item, false));
  return new Vector([makeData({ type, length, nullCount: 0, nullBitmap: null, child })]) as Column;
}
