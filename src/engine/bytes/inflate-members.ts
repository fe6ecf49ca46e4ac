import { Gunzip } from "fflate";
import { crc32 } from "./crc32.ts";
import { readError } from "../../base/errors.ts";

const slice = 1 << 14;

/**
 * Inflates a gzip file of any number of members (bgzip, `cat a.gz b.gz`), checking each member's CRC and length.
 * Browsers' DecompressionStream stops at the second member, Node's does not; this is the slower path for those files,
 * and the one that says at which byte a broken file breaks. Zero bytes after the last member are padding.
 */
export async function* inflateMembers(
  stream: ReadableStream<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const out: Uint8Array[] = [];
  let crc = 0;
  let length = 0;
  let read = 0;
  let tail: Uint8Array = new Uint8Array(0);
  const broken = (offset: number, expected: string, cause?: unknown) =>
    readError(`broken gzip file: ${file}`, {
      file,
      offset,
      expected,
      help: "The file was damaged or only partly copied: get it again.",
      cause,
    });
  const gunzip = new Gunzip((part) => {
    if (part.length === 0) return;
    crc = crc32(part, crc);
    length = (length + part.length) >>> 0;
    out.push(part);
  });
  gunzip.onmember = (offset) => {
    if (!isTrailer(tail, tail.length - (read - offset), crc, length))
      throw broken(offset - 8, "the checksum of the bytes before it");
    crc = 0;
    length = 0;
  };
  try {
    for (;;) {
      const step = await reader.read();
      const chunk = step.value ?? new Uint8Array(0);
      for (let at = 0; at < chunk.length || (step.done && at === 0); at += slice) {
        const part = chunk.subarray(at, at + slice);
        const before = read;
        tail = joined(tail.subarray(Math.max(0, tail.length - 32)), part);
        read += part.length;
        try {
          gunzip.push(part, step.done);
        } catch (cause) {
          if (cause instanceof Error && cause.name === "ReadError") throw cause;
          const rest = await paddingOnly(tail, crc, length, reader);
          yield* out;
          if (rest) return;
          throw step.done
            ? broken(read, "more bytes: it ends in the middle", cause)
            : broken(before, "deflated data", cause);
        }
        yield* out;
        out.length = 0;
        if (step.done) {
          if (!isTrailer(tail, tail.length, crc, length))
            throw broken(read, "a checksum that fits: it is damaged or ends too early");
          return;
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** True when the 8 bytes of `bytes` before `end` are a gzip trailer of that CRC and length. */
function isTrailer(bytes: Uint8Array, end: number, crc: number, length: number): boolean {
  if (end < 8 || end > bytes.length) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset + end - 8, 8);
  return view.getUint32(0, true) === crc && view.getUint32(4, true) === length;
}

/** True when all that follows the last member's trailer, in `tail` and in what is still to be read, is zero. */
async function paddingOnly(
  tail: Uint8Array,
  crc: number,
  length: number,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<boolean> {
  let end = tail.length;
  while (end > 0 && tail[end - 1] === 0) --end;
  if (end === tail.length) return false;
  let found = false;
  for (let t = end; t <= Math.min(end + 8, tail.length) && !found; ++t)
    found = isTrailer(tail, t, crc, length);
  if (!found) return false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    if (value.some((byte) => byte !== 0)) return false;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
