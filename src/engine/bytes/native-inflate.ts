/**
 * The platform's decoder, fed by hand: a piped stream would not let go of its source when the reading ends early. `read`
 * gives null where the decoder fails; what the source itself fails with is thrown.
 */
export function nativeInflate(
  compressed: ReadableStream<Uint8Array>,
  format: "gzip" | "deflate-raw",
): {
  read(): Promise<ReadableStreamReadResult<Uint8Array> | null>;
  close(): Promise<void>;
} {
  const decoder = new DecompressionStream(format);
  const input = compressed.getReader();
  const writer = decoder.writable.getWriter();
  const output = (decoder.readable as ReadableStream<Uint8Array>).getReader();
  let failed: { readonly error: unknown } | null = null;
  const feed = async (): Promise<void> => {
    for (;;) {
      const step = await input.read().catch((error: unknown) => {
        failed = { error };
        return null;
      });
      if (step === null) return writer.abort();
      if (step.done) return writer.close();
      await writer.write(step.value as Uint8Array<ArrayBuffer>);
    }
  };
  const fed = feed().catch(() => undefined);
  return {
    async read() {
      const step = await output.read().catch(() => null);
      if (failed !== null) throw (failed as { error: unknown }).error;
      return step;
    },
    async close() {
      await input.cancel().catch(() => undefined);
      await output.cancel().catch(() => undefined);
      await writer.abort().catch(() => undefined);
      await fed;
    },
  };
}
