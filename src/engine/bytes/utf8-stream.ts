/**
 * Any text as UTF-8 without a byte order mark: UTF-16 (either order, told by its mark) is converted as it streams, UTF-8
 * passes as it is. Bytes that are not valid UTF-8 pass too: who decodes a field decides about it.
 */
export function utf8Stream(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  const encoder = new TextEncoder();
  let held: Uint8Array | null = new Uint8Array(0);
  let decoder: TextDecoder | null = null;

  const convert = (chunk: Uint8Array): Uint8Array => {
    let part = chunk;
    if (held !== null) {
      if (held.length > 0 || chunk.length < 3) {
        part = new Uint8Array(held.length + chunk.length);
        part.set(held);
        part.set(chunk, held.length);
      }
      if (part.length < 3) {
        held = part;
        return part.subarray(0, 0);
      }
      held = null;
      decoder = decoderOf(part);
      if (decoder === null && isUtf8Mark(part)) part = part.subarray(3);
    }
    return decoder === null ? part : encoder.encode(decoder.decode(part, { stream: true }));
  };
  const rest = (): Uint8Array => {
    if (held !== null) return decoderOf(held) === null ? held : held.subarray(0, 0);
    return encoder.encode(decoder?.decode() ?? "");
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const step = await reader.read();
          const part = step.done ? rest() : convert(step.value);
          if (part.length > 0) controller.enqueue(part);
          if (step.done) controller.close();
          if (step.done || part.length > 0) return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function isUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function decoderOf(bytes: Uint8Array): TextDecoder | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be");
  return null;
}
