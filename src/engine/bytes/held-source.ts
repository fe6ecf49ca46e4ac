import { abortable } from "../../base/progress.ts";
import { fromBytes } from "./from-bytes.ts";
import type { ByteSource } from "./types.ts";

/** The source, read whole when its content is first asked for, and from memory ever after. */
export function heldSource(source: ByteSource): ByteSource {
  let reading: Promise<ByteSource> | null = null;
  const held = (): Promise<ByteSource> => {
    if (reading === null) {
      reading = source.read(0, source.size).then((bytes) => fromBytes(bytes, source.name));
      reading.catch(() => (reading = null));
    }
    return reading;
  };
  return {
    name: source.name,
    size: source.size,
    async read(offset, length, options) {
      const bytes = await abortable(held(), options?.signal);
      return bytes.read(offset, length, options);
    },
    stream(options) {
      let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            reader ??= (await abortable(held(), options?.signal)).stream(options).getReader();
            const step = await reader.read();
            if (step.done) controller.close();
            else controller.enqueue(step.value);
          },
          cancel: (reason) => reader?.cancel(reason),
        },
        { highWaterMark: 0 },
      );
    },
  };
}
