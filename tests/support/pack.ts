import { zipSync } from "fflate";
import { gzipSync } from "node:zlib";
import { crc32 } from "../../src/engine/bytes/crc32.ts";

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

/** A zip64 archive of those files, stored: sizes and places stand in the wide fields alone. */
export function zip64(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const all = 0xffffffff;
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = bytesOf(content);
    const label = encoder.encode(name);
    const local = new DataView(new ArrayBuffer(30));
    const central = new DataView(new ArrayBuffer(46));
    const extra = new DataView(new ArrayBuffer(28));
    for (const [view, shift] of [
      [local, 0],
      [central, 2],
    ] as const) {
      view.setUint16(4 + shift, 45, true);
      view.setUint32(14 + shift, crc32(bytes), true);
      view.setUint32(18 + shift, all, true);
      view.setUint32(22 + shift, all, true);
      view.setUint16(26 + shift, label.length, true);
    }
    local.setUint32(0, 0x04034b50, true);
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(30, extra.byteLength, true);
    central.setUint32(42, all, true);
    extra.setUint16(0, 1, true);
    extra.setUint16(2, 24, true);
    extra.setBigUint64(4, BigInt(bytes.length), true);
    extra.setBigUint64(12, BigInt(bytes.length), true);
    extra.setBigUint64(20, BigInt(at), true);
    parts.push(new Uint8Array(local.buffer), label, bytes);
    list.push(new Uint8Array(central.buffer), label, new Uint8Array(extra.buffer));
    at += 30 + label.length + bytes.length;
  }
  const directory = join(list);
  const n = BigInt(Object.keys(files).length);
  const end = new DataView(new ArrayBuffer(56 + 20 + 22));
  end.setUint32(0, 0x06064b50, true);
  end.setBigUint64(4, 44n, true);
  end.setBigUint64(24, n, true);
  end.setBigUint64(32, n, true);
  end.setBigUint64(40, BigInt(directory.length), true);
  end.setBigUint64(48, BigInt(at), true);
  end.setUint32(56, 0x07064b50, true);
  end.setBigUint64(64, BigInt(at + directory.length), true);
  end.setUint32(72, 1, true);
  end.setUint32(76, 0x06054b50, true);
  end.setUint16(84, 0xffff, true);
  end.setUint16(86, 0xffff, true);
  end.setUint32(88, all, true);
  end.setUint32(92, all, true);
  return join([...parts, directory, new Uint8Array(end.buffer)]);
}
