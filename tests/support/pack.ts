import { zipSync } from "fflate";
import { gzipSync } from "node:zlib";

const encoder = new TextEncoder();

/** Text as bytes, bytes as they are. */
export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? encoder.encode(content) : content;
}

export function gzip(content: string | Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytesOf(content)));
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A header of tar (ustar) for a file of that name and size; `type` "0" is a file. */
export function tarHeader(name: string, size: number, type = "0"): Uint8Array {
  const head = new Uint8Array(512);
  const put = (at: number, text: string) => head.set(encoder.encode(text), at);
  put(0, name.slice(0, 100));
  put(100, "0000644\0");
  put(108, "0000000\0");
  put(116, "0000000\0");
  put(124, `${size.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(148, "        ");
  put(156, type);
  put(257, "ustar\u000000");
  const sum = head.reduce((a, b) => a + b, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return head;
}

/** A tar archive of those files, in order. */
export function tar(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, content] of Object.entries(files)) {
    const bytes = bytesOf(content);
    parts.push(
      tarHeader(name, bytes.length),
      bytes,
      new Uint8Array((512 - (bytes.length % 512)) % 512),
    );
  }
  return join([...parts, new Uint8Array(1024)]);
}

/** A zip archive of those files. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [name, bytesOf(content)])),
    { mtime: new Date(Date.UTC(2020, 0, 2)) },
  );
}
