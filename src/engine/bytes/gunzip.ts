import { readError } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { countedStream } from "./counted-stream.ts";
import { inflateMembers } from "./inflate-members.ts";
import { nativeInflate } from "./native-inflate.ts";
import type { ByteSource } from "./types.ts";

/** True when the bytes begin like a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * The inflated bytes of a gzip source of one or several members. Progress counts compressed bytes. A file that is not
 * gzip, is cut off or fails its checksum ends the stream with a ReadError that names the byte offset.
 *
 * The platform's DecompressionStream does the work. Where it fails (Chromium stops at a second member) the file is
 * inflated again in JavaScript, what was already delivered is skipped, and that pass has the last word.
 */
export function gunzip(source: ByteSource, options: CallOptions = {}): ReadableStream<Uint8Array> {
  const parts = inflate(source, options);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await parts.next();
        if (step.done) controller.close();
        else controller.enqueue(step.value);
      },
      cancel: async () => {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* inflate(
  source: ByteSource,
  { signal, onProgress }: CallOptions,
): AsyncGenerator<Uint8Array> {
  const head = await source.read(0, 18, { signal });
  if (!isGzip(head))
    throw readError(`not a gzip file: ${source.name}`, {
      file: source.name,
      offset: 0,
      expected: "the bytes 1f 8b",
      help: "Its name says gzip but its content does not: rename it without .gz, or get it again.",
    });
  let delivered = 0;
  if (!isBlockGzip(head)) {
    const native = nativeInflate(countedStream(source, { signal, onProgress }), "gzip");
    try {
      for (;;) {
        const step = await native.read();
        throwIfAborted(signal);
        if (step === null) break;
        if (step.done) return;
        delivered += step.value.length;
        yield step.value;
      }
    } finally {
      await native.close();
    }
  }
  let at = 0;
  for await (const part of inflateMembers(
    countedStream(source, { signal, onProgress }),
    source.name,
  )) {
    throwIfAborted(signal);
    const from = Math.max(0, delivered - at);
    at += part.length;
    if (from < part.length) yield from > 0 ? part.subarray(from) : part;
  }
}

/** True for the header of bgzip's blocks: an extra field whose first entry is BC. */
function isBlockGzip(head: Uint8Array): boolean {
  return head.length >= 14 && (head[3] & 4) !== 0 && head[12] === 66 && head[13] === 67;
}
