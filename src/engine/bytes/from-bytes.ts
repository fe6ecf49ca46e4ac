import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import type { ByteSource } from "./types.ts";

const chunk = 1 << 18;

/** Bytes in memory as a byte source; what it reads are views of the same memory, not copies. */
export function fromBytes(bytes: Uint8Array, name = "unnamed"): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(offset: number, length: number, { signal }: CallOptions = {}) {
      throwIfAborted(signal);
      return bytes.subarray(offset, offset + length);
    },
    stream({ signal }: CallOptions = {}) {
      let at = 0;
      return new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            throwIfAborted(signal);
            if (at >= bytes.length) return controller.close();
            controller.enqueue(bytes.subarray(at, at + chunk));
            at += chunk;
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
