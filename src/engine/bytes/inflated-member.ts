import { readError } from "../../base/errors.ts";
import { throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { crc32 } from "./crc32.ts";
import { nativeInflate } from "./native-inflate.ts";
import type { ByteSource } from "./types.ts";

/** What a zip directory says of a member. */
export interface MemberFacts {
  readonly name: string;
  readonly archive: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** Bytes of its content, and their CRC-32. */
  readonly size: number;
  readonly crc: number;
}

const prefix = 1 << 16;
const mostHeld = 2 ** 30;

/**
 * A zip member as a source of its content. Streams are inflated as they are read and end in a ReadError where size or
 * CRC do not fit. Reads at any place inflate the beginning once, and beyond its first 64 KiB the whole, which is then
 * held.
 */
export function inflatedMember(
  facts: MemberFacts,
  open: (call: CallOptions) => Promise<ByteSource>,
): ByteSource {
  const { name, archive, method, size } = facts;
  let start: Uint8Array | null = null;
  let whole: Uint8Array | null = null;
  const stream = (call: CallOptions = {}): ReadableStream<Uint8Array> => {
    const parts = content(facts, open, call);
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const step = await parts.next();
          if (step.done) controller.close();
          else controller.enqueue(step.value);
        },
        cancel: async () => void (await parts.return(undefined)),
      },
      { highWaterMark: 0 },
    );
  };
  const take = async (length: number, call: CallOptions): Promise<Uint8Array> => {
    const out = new Uint8Array(length);
    let n = 0;
    for await (const part of content(facts, open, call)) {
      out.set(part.subarray(0, length - n), n);
      n = Math.min(length, n + part.length);
      if (n === length && length < size) break;
    }
    return out.subarray(0, n);
  };
  return {
    name,
    size,
    stream,
    async read(offset, length, call = {}) {
      throwIfAborted(call.signal);
      const end = Math.min(size, offset + length);
      if (method === 0) return (await open(call)).read(offset, Math.max(0, end - offset), call);
      if (end <= prefix || size <= prefix) {
        start ??= await take(Math.min(size, prefix), call);
        return start.subarray(offset, end);
      }
      if (size > mostHeld)
        throw readError(`archive member is too large to hold: ${name}`, {
          file: archive,
          expected: "at most 1 GiB",
          help: "Unpack it and open the file by itself.",
        });
      whole ??= await take(size, call);
      return whole.subarray(offset, end);
    },
  };
}

async function* content(
  { name, archive, method, size, crc }: MemberFacts,
  open: (call: CallOptions) => Promise<ByteSource>,
  call: CallOptions,
): AsyncGenerator<Uint8Array> {
  const packed = await open(call);
  const broken = (expected: string, offset: number) =>
    readError(`broken zip member: ${name} in ${archive}`, {
      file: archive,
      offset,
      expected,
      help: "The file was damaged or only partly copied: get it again.",
    });
  const source =
    method === 0
      ? fromReader(packed.stream(call).getReader())
      : nativeInflate(packed.stream(call), "deflate-raw");
  let n = 0;
  let sum = 0;
  try {
    for (;;) {
      const step = await source.read();
      throwIfAborted(call.signal);
      if (step === null) throw broken("deflated data", n);
      if (step.done) break;
      n += step.value.length;
      if (n > size) throw broken(`${size} bytes, as its directory says`, n);
      sum = crc32(step.value, sum);
      yield step.value;
    }
    if (n !== size) throw broken(`${size} bytes, as its directory says`, n);
    if (sum !== crc) throw broken("a checksum that fits", n);
  } finally {
    await source.close();
  }
}

function fromReader(reader: ReadableStreamDefaultReader<Uint8Array>) {
  return { read: () => reader.read(), close: () => reader.cancel().catch(() => undefined) };
}
