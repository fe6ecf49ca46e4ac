import { readError } from "../../base/errors.ts";
import { abortable, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import type { ByteSource } from "./types.ts";

/** A Blob or File as a byte source; a file that changed or went away since it was chosen is a ReadError. */
export function fromBlob(blob: Blob, name = blobName(blob)): ByteSource {
  const gone = (cause: unknown) =>
    readError(`file can't be read: ${name}`, {
      file: name,
      help: "It may have been changed, moved or deleted since it was chosen: choose it again.",
      cause,
    });
  return {
    name,
    size: blob.size,
    blob,
    async read(offset: number, length: number, { signal }: CallOptions = {}) {
      throwIfAborted(signal);
      const part = blob.slice(offset, offset + length).arrayBuffer();
      const buffer = await abortable(
        part.catch((cause: unknown) => {
          throw gone(cause);
        }),
        signal,
      );
      return new Uint8Array(buffer);
    },
    stream({ signal }: CallOptions = {}) {
      const reader = (blob.stream() as ReadableStream<Uint8Array>).getReader();
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            throwIfAborted(signal);
            const step = await reader.read().catch((cause: unknown) => {
              throw gone(cause);
            });
            if (step.done) controller.close();
            else controller.enqueue(step.value);
          },
          cancel: (reason) => reader.cancel(reason),
        },
        { highWaterMark: 0 },
      );
    },
  };
}

function blobName(blob: Blob): string {
  const { name } = blob as Partial<File>;
  return typeof name === "string" && name !== "" ? name : "unnamed";
}
