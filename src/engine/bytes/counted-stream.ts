import type { ByteSource, StreamOptions } from "./types.ts";

/** A source's bytes with progress as they are taken: how many of its size, under "Reading NAME". */
export function countedStream(
  source: ByteSource,
  { signal, onProgress, reuse }: StreamOptions,
): ReadableStream<Uint8Array> {
  if (onProgress === undefined) return source.stream({ signal, reuse });
  const reader = source.stream({ signal, reuse }).getReader();
  const label = `Reading ${source.name}`;
  let done = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await reader.read();
        if (step.done) return controller.close();
        done += step.value.length;
        onProgress({ label, done, total: source.size });
        controller.enqueue(step.value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
