import { readError } from "../../base/errors.ts";

/** A run of a file's content, and where it begins. Pieces follow each other without gaps. */
export interface Piece {
  readonly start: number;
  readonly content: Uint8Array;
}

/**
 * The values that a view of `bytes` stands for, from the pieces: a view of the piece that holds all of them, or a copy
 * where they lie in several. For int32 and float64; anything else is a ReadError.
 */
export function fromPieces(
  view: ArrayLike<number>,
  bytes: Uint8Array,
  pieces: readonly Piece[],
): Int32Array | Float64Array {
  if (!(view instanceof Int32Array || view instanceof Float64Array) || view.buffer !== bytes.buffer)
    throw readError("sample columns are neither int32 nor float64: a column in pieces", {});
  const from = view.byteOffset - bytes.byteOffset;
  const to = from + view.byteLength;
  const make = (buffer: ArrayBufferLike, offset: number) =>
    view instanceof Int32Array
      ? new Int32Array(buffer, offset, view.length)
      : new Float64Array(buffer, offset, view.length);
  const touched = pieces.filter(
    ({ start, content }) => start < to && start + content.length > from,
  );
  const [only] = touched;
  if (touched.length === 1) {
    const offset = only.content.byteOffset + from - only.start;
    if (offset % view.BYTES_PER_ELEMENT === 0) return make(only.content.buffer, offset);
  }
  const joined = new Uint8Array(view.byteLength);
  for (const { start, content } of touched) {
    const part = content.subarray(Math.max(0, from - start), to - start);
    joined.set(part, Math.max(0, start - from));
  }
  return make(joined.buffer, 0);
}
