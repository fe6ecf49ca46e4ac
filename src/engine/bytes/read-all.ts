import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { isGzip } from "./gunzip.ts";
import { openStream } from "./open-stream.ts";
import type { ByteSource } from "./types.ts";

/** Above this many bytes no browser gives one buffer. */
const mostEver = 2 ** 31;

/**
 * A source's whole content as one buffer (inflated where it is gzip), for formats that can't be streamed. Grows by what
 * the file's own size tells, and refuses content beyond `most` bytes (2 GiB) with a ReadError.
 */
export async function readAll(
  source: ByteSource,
  options: CallOptions = {},
  most = mostEver,
): Promise<Uint8Array> {
  const head = await source.read(0, 2, options);
  const packed = isGzip(head);
  const { stream, fraction } = await openStream(source, options);
  let out = new Uint8Array(
    packed ? Math.min(most, await declaredSize(source, options)) : source.size,
  );
  let n = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (n + value.length > most)
        throw readError(`file is too large to hold: ${source.name}`, {
          file: source.name,
          offset: n,
          expected: `at most ${Math.round(most / 2 ** 20)} MiB of content`,
          help: "Write it as a table or in parts.",
        });
      if (n + value.length > out.length) {
        const guess = Math.ceil(((n + value.length) / Math.max(fraction(), 0.01)) * 1.05);
        const size = Math.max(n + value.length, Math.min(guess, most, 4 * (n + value.length)));
        const more = new Uint8Array(size);
        more.set(out.subarray(0, n));
        out = more;
      }
      out.set(value, n);
      n += value.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return n === out.length ? out : n > out.length * 0.9 ? out.subarray(0, n) : out.slice(0, n);
}

/** The size a gzip file's last four bytes claim, held to what deflate can reach and to 512 MiB. */
async function declaredSize(source: ByteSource, options: CallOptions): Promise<number> {
  if (source.size < 18) return 0;
  const tail = await source.read(source.size - 4, 4, options);
  if (tail.length < 4) return 0;
  const size = new DataView(tail.buffer, tail.byteOffset, 4).getUint32(0, true);
  return Math.min(size, source.size * 1032, 2 ** 29);
}
