import type { CallOptions } from "../../base/progress.ts";
import type { ByteSource } from "./types.ts";

/** Part of a source as a source of its own: `length` bytes from `offset`, under another name. Nothing is copied. */
export function sliceSource(
  source: ByteSource,
  offset: number,
  length: number,
  name: string,
): ByteSource {
  const step = 1 << 18;
  const read = (at: number, n: number, call?: CallOptions) =>
    source.read(
      offset + Math.min(at, length),
      Math.max(0, Math.min(n, length - Math.min(at, length))),
      call,
    );
  return {
    name,
    size: length,
    read,
    stream(call = {}) {
      let at = 0;
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (at >= length) return controller.close();
            const part = await read(at, step, call);
            if (part.length === 0) return controller.close();
            at += part.length;
            controller.enqueue(part);
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
