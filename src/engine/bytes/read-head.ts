import type { CallOptions } from "../../base/progress.ts";
import { openStream } from "./open-stream.ts";
import type { ByteSource } from "./types.ts";

/** The first `length` bytes of a source's content (inflated where it is gzip); fewer where it is shorter. */
export async function readHead(
  source: ByteSource,
  length: number,
  { signal }: CallOptions = {},
): Promise<Uint8Array> {
  const { stream } = await openStream(inSmallBites(source, length), { signal });
  const reader = stream.getReader();
  let out = new Uint8Array(length);
  let n = 0;
  try {
    while (n < length) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, length - n);
      out.set(part, n);
      n += part.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (n < length) out = out.slice(0, n);
  return out;
}

/** Decoders inflate all that they are given, needed or not: packed, a head is rarely longer than it is. */
const bites = { least: 1 << 10, most: 1 << 14 };

/** The source, whose stream gives its first bytes alone and the rest when they are asked for. */
function inSmallBites(source: ByteSource, length: number): ByteSource {
  const bite = Math.max(bites.least, Math.min(bites.most, length));
  return {
    name: source.name,
    size: source.size,
    read: (offset, length, options) => source.read(offset, length, options),
    stream(options) {
      let at = 0;
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const bytes =
              at < source.size ? await source.read(at, bite, options) : new Uint8Array();
            at += bytes.length;
            if (bytes.length > 0) controller.enqueue(bytes);
            if (bytes.length === 0 || at >= source.size) controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
