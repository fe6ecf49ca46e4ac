import type { CallOptions } from "../../base/progress.ts";
import { openStream } from "./open-stream.ts";
import type { ByteSource } from "./types.ts";

/** The first `length` bytes of a source's content (inflated where it is gzip); fewer where it is shorter. */
export async function readHead(
  source: ByteSource,
  length: number,
  { signal }: CallOptions = {},
): Promise<Uint8Array> {
  const { stream } = await openStream(source, { signal });
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
