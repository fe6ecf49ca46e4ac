import type { CallOptions } from "../../base/progress.ts";

/** Bytes that can be read at any place or from first to last, wherever they lie; nothing is read until asked. */
export interface ByteSource {
  /** The file's name, for messages and for telling its format. */
  readonly name: string;
  /** Size at rest, in bytes (compressed where the file is). */
  readonly size: number;
  /** The bytes as a Blob, where they lie in one: that is how a source crosses to another thread. */
  readonly blob?: Blob;
  /** Up to `length` bytes from `offset`; fewer at the end of the file. */
  read(offset: number, length: number, options?: CallOptions): Promise<Uint8Array>;
  /** All bytes from the first. Cancelling the stream, or aborting the signal, ends the reading. */
  stream(options?: StreamOptions): ReadableStream<Uint8Array>;
}

/**
 * With `reuse`, a chunk holds only until the next one is asked for, whose bytes may come in the same memory: for who
 * takes in large files piece by piece.
 */
export interface StreamOptions extends CallOptions {
  readonly reuse?: boolean;
}

/** What reading may be given besides: how to inflate a gzip member (of `size` bytes inflated) in another thread. */
export interface ReadCall extends CallOptions {
  readonly inflate?: (member: Blob, size: number, options?: CallOptions) => Promise<Uint8Array>;
}

/** True for what has the shape of a ByteSource. */
export function isByteSource(value: unknown): value is ByteSource {
  if (typeof value !== "object" || value === null) return false;
  const s = value as Partial<ByteSource>;
  return (
    typeof s.name === "string" &&
    typeof s.size === "number" &&
    typeof s.read === "function" &&
    typeof s.stream === "function"
  );
}
