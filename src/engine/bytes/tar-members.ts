import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { memberName } from "./member-name.ts";
import { sliceSource } from "./slice-source.ts";
import type { ByteSource } from "./types.ts";

const block = 512;
const mostMembers = 20_000;
const longestNote = 1 << 20;

/** True where the bytes begin with the header of a tar archive: its checksum is what tells. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < block || head[0] === 0) return false;
  const told = octal(head, 148, 8);
  return told !== null && told === checksum(head);
}

/**
 * The files of a tar archive (ustar, GNU or pax), each as a part of the same source; folders, links and devices are left
 * out. A header that fails its checksum, a member that ends beyond the archive and more than 20,000 members are
 * ReadErrors that name the offset.
 */
export async function tarMembers(
  source: ByteSource,
  call: CallOptions = {},
): Promise<ByteSource[]> {
  const file = source.name;
  const members: ByteSource[] = [];
  let at = 0;
  let nextName: string | null = null;
  let nextSize: number | null = null;
  const broken = (offset: number, expected: string) =>
    readError(`broken tar archive: ${file}`, {
      file,
      offset,
      expected,
      help: "The file was damaged or only partly copied: get it again.",
    });
  for (let headers = 0; at + block <= source.size; ++headers) {
    if (headers > 3 * mostMembers || members.length > mostMembers)
      throw readError(`archive of too many files: ${file}`, {
        file,
        offset: at,
        expected: `at most ${mostMembers} files`,
      });
    const head = await source.read(at, block, call);
    if (head.length < block) throw broken(at, "a header of 512 bytes");
    if (head.every((byte) => byte === 0)) return members;
    if (octal(head, 148, 8) !== checksum(head))
      throw broken(at, "a header with a checksum that fits");
    const size: number | null = nextSize ?? sizeOf(head);
    if (size === null) throw broken(at + 124, "a size");
    const from = at + block;
    if (from + size > source.size) throw broken(source.size, "more bytes: it ends too early");
    const type = String.fromCharCode(head[156]);
    const note = "xLK".includes(type) && type !== "\0";
    if (note && size > longestNote) throw broken(at + 124, "a header of at most 1 MiB");
    if (type === "x") {
      const pax = paxOf(await source.read(from, size, call));
      nextName = pax.path ?? nextName;
      nextSize = pax.size ?? nextSize;
    } else if (type === "L") {
      nextName = text(await source.read(from, size, call), 0, size);
    } else if (type !== "K" && type !== "g") {
      if (type === "0" || type === "\0" || type === "7") {
        const name = nextName ?? nameOf(head);
        if (!name.endsWith("/")) members.push(sliceSource(source, from, size, memberName(name)));
      }
      nextName = null;
      nextSize = null;
    }
    at = from + Math.ceil(size / block) * block;
  }
  if (at < source.size && members.length === 0) throw broken(at, "a header of 512 bytes");
  return members;
}

function nameOf(head: Uint8Array): string {
  const name = text(head, 0, 100);
  const ustar = text(head, 257, 5) === "ustar" && head[262] === 0;
  const prefix = ustar ? text(head, 345, 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Size in octal, or in base 256 where the first bit is set; null where it is neither or beyond 2^53. */
function sizeOf(head: Uint8Array): number | null {
  if ((head[124] & 128) === 0) return octal(head, 124, 12);
  let size = head[124] & 127;
  for (let i = 125; i < 136; ++i) size = size * 256 + head[i];
  return size <= Number.MAX_SAFE_INTEGER ? size : null;
}

function octal(bytes: Uint8Array, at: number, length: number): number | null {
  const digits = text(bytes, at, length).trim();
  if (digits === "") return 0;
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : null;
}

function checksum(head: Uint8Array): number {
  let sum = 8 * 32;
  for (let i = 0; i < block; ++i) if (i < 148 || i >= 156) sum += head[i];
  return sum;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const part = bytes.subarray(at, at + length);
  const end = part.indexOf(0);
  return new TextDecoder().decode(end < 0 ? part : part.subarray(0, end));
}

function paxOf(bytes: Uint8Array): { path: string | null; size: number | null } {
  const out: { path: string | null; size: number | null } = { path: null, size: null };
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const length = space < 0 ? NaN : Number(text(bytes, at, space - at));
    if (!Number.isInteger(length) || length < 5 || at + length > bytes.length) break;
    const [, key, value] = /^([^=]+)=([^]*)$/.exec(
      new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1)),
    ) ?? ["", "", ""];
    if (key === "path") out.path = value;
    if (key === "size" && /^\d{1,15}$/.test(value)) out.size = Number(value);
    at += length;
  }
  return out;
}
