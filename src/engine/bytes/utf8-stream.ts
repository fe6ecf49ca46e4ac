/**
 * Any text as UTF-8 without a byte order mark: UTF-16 (either order, told by its mark) is converted as it streams, UTF-8
 * passes as it is. Bytes that are not valid UTF-8 pass too: who decodes a field decides about it.
 */
export function utf8Stream(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let held: Uint8Array | null = new Uint8Array(0);
  let decoder: TextDecoder | null = null;
  const encoder = new TextEncoder();
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        let part = chunk;
        if (held !== null) {
          part = new Uint8Array(held.length + chunk.length);
          part.set(held);
          part.set(chunk, held.length);
          if (part.length < 3) {
            held = part;
            return;
          }
          held = null;
          decoder = decoderOf(part);
          if (decoder === null && isUtf8Mark(part)) part = part.subarray(3);
        }
        if (decoder !== null) part = encoder.encode(decoder.decode(part, { stream: true }));
        if (part.length > 0) controller.enqueue(part);
      },
      flush(controller) {
        if (held !== null && held.length > 0)
          controller.enqueue(decoderOf(held) === null ? held : new Uint8Array(0));
        const rest = decoder?.decode() ?? "";
        if (rest !== "") controller.enqueue(encoder.encode(rest));
      },
    }),
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
