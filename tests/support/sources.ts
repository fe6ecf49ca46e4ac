import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { fromBlob, fromBytes, type ByteSource } from "../../src/engine/bytes/index.ts";

/** Text (or bytes) as a file of that name; gzipped where the name ends in .gz. */
export function textSource(text: string | Uint8Array, name = "counts.tsv"): ByteSource {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return fromBytes(name.endsWith(".gz") ? new Uint8Array(gzipSync(bytes)) : bytes, name);
}

/** The same bytes handed out a few at a time, so that every boundary falls somewhere. */
export function trickling(source: ByteSource, size: number): ByteSource {
  return {
    ...source,
    stream(options) {
      const reader = source.stream(options).getReader();
      let held = new Uint8Array(0);
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (held.length === 0) {
            const { done, value } = await reader.read();
            if (done) return controller.close();
            held = value.slice();
          }
          controller.enqueue(held.slice(0, size));
          held = held.slice(size);
        },
      });
    },
  };
}

/** A file of tests/fixtures as a byte source. */
export function fixture(path: string): ByteSource {
  const bytes = readFileSync(join(import.meta.dirname, "../fixtures", path));
  return fromBlob(new Blob([bytes]), basename(path));
}
