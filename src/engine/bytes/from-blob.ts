import { readError } from "../../base/errors.ts";
import { abortable, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import type { ByteSource, StreamOptions } from "./types.ts";

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
    stream({ signal, reuse = false }: StreamOptions = {}) {
      const { read, cancel } = chunksOf(blob, reuse);
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            throwIfAborted(signal);
            const step = await read().catch((cause: unknown) => {
              throw gone(cause);
            });
            if (step.done) controller.close();
            else controller.enqueue(step.value);
          },
          cancel,
        },
        { highWaterMark: 0 },
      );
    },
  };
}

const chunk = 1 << 20;

/**
 * Reads a Blob, with `reuse` into one buffer again and again where the platform can: chunks of their own wait for the
 * garbage collector, hundreds of megabytes of them.
 */
function chunksOf(
  blob: Blob,
  reuse: boolean,
): {
  read(): Promise<{ readonly done: boolean; readonly value: Uint8Array }>;
  cancel(reason: unknown): Promise<void>;
} {
  const nothing = new Uint8Array(0);
  const stream = blob.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  const reader = reuse ? ownBuffer(stream) : null;
  if (reader === null) {
    const plain = stream.getReader();
    return {
      async read() {
        const { done, value = nothing } = await plain.read();
        return { done, value };
      },
      cancel: (reason) => plain.cancel(reason),
    };
  }
  let buffer = new ArrayBuffer(Math.min(chunk, Math.max(1, blob.size)));
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (value === undefined) return { done: true, value: nothing };
      ({ buffer } = value);
      return { done, value };
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/** Null for a stream that can't fill a buffer of ours. */
function ownBuffer(stream: ReadableStream): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return null;
  }
}

function blobName(blob: Blob): string {
  const { name } = blob as Partial<File>;
  return typeof name === "string" && name !== "" ? name : "unnamed";
}
