import { SaxesParser } from "saxes";
import { readError } from "../../../base/errors.ts";
import { pause, throwIfAborted, type CallOptions } from "../../../base/progress.ts";
import type { ByteSource } from "../../bytes/index.ts";

/** What is told of a piece of XML as it streams by; names come without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const deepest = 100;
const mostBytes = 2 ** 30;

/** Streams a member of a workbook through `handler`, pausing (`true`) after every block. Broken XML is a ReadError. */
export async function* readXml(
  source: ByteSource,
  archive: string,
  handler: XmlHandler,
  call: CallOptions = {},
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let depth = 0;
  const broken = (expected: string) =>
    readError(`broken workbook: ${archive}`, {
      file: archive,
      expected: `${expected} (${source.name}, line ${parser.line}, column ${parser.column})`,
      help: "The file was damaged: save it again, or save the sheet as CSV.",
    });
  parser.on("error", (error) => {
    throw broken(error.message.replace(/^\d+:\d+: /, ""));
  });
  parser.on("doctype", () => {
    throw broken("no DOCTYPE");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (++depth > deepest) throw broken(`elements at most ${deepest} deep`);
    handler.open?.(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    --depth;
    handler.close?.(local(name));
  });
  if (handler.text !== undefined) {
    parser.on("text", (text) => handler.text!(text));
    parser.on("cdata", (text) => handler.text!(text));
  }
  const reader = source.stream(call).getReader();
  const decoder = new TextDecoder();
  let n = 0;
  let slept = performance.now();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(call.signal);
      if (done) break;
      n += value.length;
      if (n > mostBytes) throw broken("at most 1 GiB of XML");
      for (let at = 0; at < value.length; at += 1 << 16) {
        parser.write(decoder.decode(value.subarray(at, at + (1 << 16)), { stream: true }));
        yield;
      }
      if (performance.now() - slept > 20) {
        call.onProgress?.({ label: `Reading ${archive}`, done: n, total: source.size });
        await pause();
        slept = performance.now();
      }
    }
    parser.write(decoder.decode()).close();
    yield;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
