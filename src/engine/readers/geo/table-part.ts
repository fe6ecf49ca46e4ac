import { readError } from "../../../base/errors.ts";
import { openStream, utf8Stream, type ByteSource } from "../../bytes/index.ts";

const mark = new TextEncoder().encode("!series_matrix_table_end");

/**
 * The table of a series matrix as a source of its own: the text from byte `from` of the inflated file up to its end
 * mark, streamed. A file that ends before the mark is a ReadError.
 */
export function tablePart(source: ByteSource, from: number): ByteSource {
  return {
    name: source.name.replace(/\.(gz|bgz)$/i, ""),
    size: source.size,
    read: async () => new Uint8Array(0),
    stream(call = {}) {
      const parts = part(source, from, call);
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
    },
  };
}

async function* part(
  source: ByteSource,
  from: number,
  call: Parameters<ByteSource["stream"]>[0],
): AsyncGenerator<Uint8Array> {
  const { stream } = await openStream(source, call);
  const reader = utf8Stream(stream).getReader();
  let skip = from;
  let held: Uint8Array = new Uint8Array(0);
  let begun = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const fresh = value.subarray(Math.min(skip, value.length));
      skip -= value.length - fresh.length;
      if (fresh.length === 0) continue;
      const bytes = new Uint8Array(held.length + fresh.length);
      bytes.set(held);
      bytes.set(fresh, held.length);
      const at = endMark(bytes, !begun);
      if (at >= 0) {
        if (at > 0) yield bytes.subarray(0, at);
        return;
      }
      const keep = Math.min(bytes.length, mark.length + 1);
      if (bytes.length > keep) {
        begun = true;
        yield bytes.subarray(0, bytes.length - keep);
      }
      held = bytes.slice(bytes.length - keep);
    }
    throw readError(`broken series matrix: ${source.name}`, {
      file: source.name,
      expected: "!series_matrix_table_end: it ends too early",
      help: "The file was damaged or only partly copied: get it again.",
    });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Where a line begins that is the end mark; -1 where none does. */
function endMark(bytes: Uint8Array, first: boolean): number {
  for (let at = bytes.indexOf(33); at >= 0; at = bytes.indexOf(33, at + 1)) {
    if (!(at === 0 ? first : bytes[at - 1] === 10)) continue;
    if (mark.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
