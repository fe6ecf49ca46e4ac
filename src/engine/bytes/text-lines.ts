import { readError } from "../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../base/progress.ts";
import { openStream } from "./open-stream.ts";
import { utf8Stream } from "./utf8-stream.ts";
import type { ByteSource } from "./types.ts";

/** No line of a text file that means anything here is longer, in characters. */
const longest = 1 << 26;

/**
 * The lines of a text source, in blocks as they arrive, without their ends (LF, CRLF or CR). Inflates gzip, converts
 * UTF-16 by its mark and drops a UTF-8 mark. Never holds more than a block and one line; a line beyond 64 Mi characters
 * is a ReadError.
 */
export async function* textLines(
  source: ByteSource,
  options: CallOptions = {},
): AsyncGenerator<string[]> {
  const { stream } = await openStream(source, options);
  const reader = utf8Stream(stream).getReader();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  let line = 1;
  let last = performance.now();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(options.signal);
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      rest += text;
      if (rest.length > longest)
        throw readError(`a line that never ends: ${source.name}`, {
          file: source.name,
          line,
          expected: "a text file",
        });
      if (!done && (text.endsWith("\r") || !/[\r\n]/.test(text))) continue;
      const lines = rest.split(/\r\n|\n|\r/);
      rest = done ? "" : lines.pop()!;
      if (done && lines.at(-1) === "") lines.pop();
      line += lines.length;
      if (lines.length > 0) yield lines;
      if (done) return;
      if (performance.now() - last > 20) {
        await pause();
        last = performance.now();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
