import { gzipSync } from "node:zlib";
import { memberField } from "../../src/engine/bytes/gzip-members.ts";

/** Content of one member, in bytes: large enough to pack well, small enough that every core gets several. */
const memberSize = 8 * 2 ** 20;

/**
 * The bytes gzipped at level 9 with neither time nor operating system in the header, so that they depend on zlib alone.
 * More than 8 MiB are packed as several members, which any reader of gzip joins again; the first header lists them
 * for readers that inflate several at once.
 */
export function gzip(bytes: Uint8Array): Uint8Array {
  const members: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += memberSize)
    members.push(member(bytes.subarray(at, at + memberSize)));
  const list = new Uint8Array(2 + 4 + 8 * members.length);
  const view = new DataView(list.buffer);
  view.setUint16(0, list.length - 2, true);
  list.set(memberField, 2);
  view.setUint16(4, 8 * members.length, true);
  members.forEach(({ length }, i) => {
    view.setUint32(6 + 8 * i, i === 0 ? length + list.length : length, true);
    view.setUint32(10 + 8 * i, Math.min(memberSize, bytes.length - memberSize * i), true);
  });
  const [first, ...rest] = members;
  const out = new Uint8Array(
    Buffer.concat([first.subarray(0, 10), list, first.subarray(10), ...rest]),
  );
  out[3] |= 4;
  return out;
}

function member(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(gzipSync(bytes, { level: 9 }));
  out.fill(0, 4, 8);
  out[9] = 255;
  return out;
}
