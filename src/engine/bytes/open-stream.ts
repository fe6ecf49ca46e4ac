import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import type { ByteSource } from "./types.ts";

/** A source's content, inflated where the file is gzip, with progress by bytes at rest. */
export interface OpenedStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** How much of the file has been taken in, 0 to 1: what growing results are sized by. */
  fraction(): number;
}

/**
 * Opens a source from its first byte, inflating gzip by its content. A name that ends in .gz over other content is a
 * ReadError.
 */
export async function openStream(
  source: ByteSource,
  { signal, onProgress }: CallOptions = {},
): Promise<OpenedStream> {
  const head = await source.read(0, 2, { signal });
  let fraction = 0;
  const seen = (done: number) => {
    fraction = source.size > 0 ? Math.min(1, done / source.size) : 1;
  };
  if (isGzip(head)) {
    const stream = gunzip(source, {
      signal,
      onProgress(progress) {
        seen(progress.done);
        onProgress?.(progress);
      },
    });
    return { stream, fraction: () => fraction };
  }
  if (/\.(gz|bgz)$/i.test(source.name) && source.size > 0)
    throw readError(`not a gzip file: ${source.name}`, {
      file: source.name,
      offset: 0,
      expected: "the bytes 1f 8b",
      help: "Its name says gzip but its content does not: rename it without .gz, or get it again.",
    });
  let done = 0;
  const label = `Reading ${source.name}`;
  const stream = source.stream({ signal }).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        done += chunk.length;
        seen(done);
        onProgress?.({ label, done, total: source.size });
        controller.enqueue(chunk);
      },
    }),
  );
  return { stream, fraction: () => fraction };
}
