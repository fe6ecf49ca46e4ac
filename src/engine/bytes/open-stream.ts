import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { countedStream } from "./counted-stream.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import type { ByteSource, StreamOptions } from "./types.ts";

/** A source's content, inflated where the file is gzip, with progress by bytes at rest. */
export interface OpenedStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** How much of the file has been taken in, 0 to 1: what growing results are sized by. */
  fraction(): number;
}

/**
 * Opens a source from its first byte, inflating gzip by its content; `reuse` is for text at rest. A name that ends in .gz over other content is a
 * ReadError.
 */
export async function openStream(
  source: ByteSource,
  { signal, onProgress, reuse }: StreamOptions = {},
): Promise<OpenedStream> {
  const head = await source.read(0, 2, { signal });
  let fraction = 0;
  const counting: CallOptions = {
    signal,
    onProgress(progress) {
      fraction = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 1;
      onProgress?.(progress);
    },
  };
  if (isGzip(head)) return { stream: gunzip(source, counting), fraction: () => fraction };
  if (/\.(gz|bgz)$/i.test(source.name) && source.size > 0)
    throw readError(`not a gzip file: ${source.name}`, {
      file: source.name,
      offset: 0,
      expected: "the bytes 1f 8b",
      help: "Its name says gzip but its content does not: rename it without .gz, or get it again.",
    });
  return { stream: countedStream(source, { ...counting, reuse }), fraction: () => fraction };
}
