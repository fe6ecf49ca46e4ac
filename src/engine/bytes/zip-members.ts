import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { inflatedMember } from "./inflated-member.ts";
import { memberName } from "./member-name.ts";
import { sliceSource } from "./slice-source.ts";
import type { ByteSource } from "./types.ts";

const mostMembers = 20_000;
/** Deflate can't do better than this. */
const mostRatio = 1032;

/** True where the bytes begin like a zip archive (an empty one included). */
export function isZip(head: Uint8Array): boolean {
  return (
    head.length >= 4 &&
    head[0] === 80 &&
    head[1] === 75 &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
  );
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly at: number;
}

/**
 * The files of a zip archive as its directory lists them, each a source that inflates itself as it is read and checks
 * size and CRC. Encrypted members, members that overlap or declare sizes that deflate can't reach (zip bombs), a
 * directory that does not fit and more than 20,000 members are ReadErrors. Folders are left out.
 */
export async function zipMembers(
  source: ByteSource,
  call: CallOptions = {},
): Promise<ByteSource[]> {
  const file = source.name;
  const entries = await directory(source, call);
  const byPlace = [...entries].sort((a, b) => a.at - b.at);
  byPlace.forEach((entry, i) => {
    const end = entry.at + 30 + entry.packed;
    const next = byPlace[i + 1];
    if (end > source.size || (next !== undefined && next.at < end))
      throw broken(file, entry.at, "members that do not overlap");
  });
  const members: ByteSource[] = [];
  for (const entry of entries) {
    if (entry.name.endsWith("/")) continue;
    const name = memberName(entry.name);
    if (entry.method !== 0 && entry.method !== 8)
      throw readError(`zip member is packed in a way that can't be read: ${name}`, {
        file,
        offset: entry.at,
        expected: "deflate",
        help: "Unpack it and open the files inside.",
      });
    if (
      entry.size > entry.packed * mostRatio + 64 ||
      (entry.method === 0 && entry.size !== entry.packed)
    )
      throw broken(file, entry.at, `a size that can be true: ${name} claims ${entry.size} bytes`);
    const open = async (options: CallOptions): Promise<ByteSource> => {
      const head = await source.read(entry.at, 30, options);
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      if (head.length < 30 || view.getUint32(0, true) !== 0x04034b50)
        throw broken(file, entry.at, `the header of ${name}`);
      const from = entry.at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
      if (from + entry.packed > source.size) throw broken(file, source.size, "more bytes");
      return sliceSource(source, from, entry.packed, name);
    };
    members.push(inflatedMember({ ...entry, name, archive: file }, open));
  }
  return members;
}

async function directory(source: ByteSource, call: CallOptions): Promise<Entry[]> {
  const file = source.name;
  const tailAt = Math.max(0, source.size - 65_557);
  const tail = await source.read(tailAt, source.size - tailAt, call);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) --end;
  if (end < 0) throw broken(file, source.size, "a directory at its end: it ends too early");
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
    const where = Number(view.getBigUint64(end - 12, true));
    const record = where < source.size ? await source.read(where, 56, call) : new Uint8Array(0);
    const wide = new DataView(record.buffer, record.byteOffset, record.length);
    if (record.length < 56 || wide.getUint32(0, true) !== 0x06064b50)
      throw broken(file, tailAt + end - 20, "a directory of zip64");
    count = Number(wide.getBigUint64(32, true));
    size = Number(wide.getBigUint64(40, true));
    at = Number(wide.getBigUint64(48, true));
  }
  if (count > mostMembers)
    throw readError(`archive of too many files: ${file}`, {
      file,
      expected: `at most ${mostMembers} files`,
    });
  if (at + size > source.size) throw broken(file, tailAt + end, "a directory within the file");
  const bytes = await source.read(at, size, call);
  const entries: Entry[] = [];
  const list = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let i = 0;
  for (let k = 0; k < count; ++k) {
    if (i + 46 > bytes.length || list.getUint32(i, true) !== 0x02014b50)
      throw broken(file, at + i, "an entry of the directory");
    const flags = list.getUint16(i + 8, true);
    const nameLength = list.getUint16(i + 28, true);
    const extraLength = list.getUint16(i + 30, true);
    const next = i + 46 + nameLength + extraLength + list.getUint16(i + 32, true);
    if (next > bytes.length) throw broken(file, at + i, "an entry of the directory");
    const nameBytes = bytes.subarray(i + 46, i + 46 + nameLength);
    const name = new TextDecoder(flags & 2048 ? "utf-8" : "windows-1252").decode(nameBytes);
    if (flags & 1)
      throw readError(`zip archive is encrypted: ${file}`, {
        file,
        offset: at + i,
        help: "Unpack it with its password and open the files inside.",
      });
    const wide = zip64(list, i + 46 + nameLength, extraLength, [
      list.getUint32(i + 24, true),
      list.getUint32(i + 20, true),
      list.getUint32(i + 42, true),
    ]);
    const entry = {
      name,
      method: list.getUint16(i + 10, true),
      crc: list.getUint32(i + 16, true),
      size: wide[0],
      packed: wide[1],
      at: wide[2],
    };
    entries.push(entry);
    i = next;
  }
  return entries;
}

/** Sizes and place, those of all ones taken from the extra field of zip64. */
function zip64(view: DataView, from: number, length: number, values: number[]): number[] {
  for (let at = from; at + 4 <= from + length;) {
    const id = view.getUint16(at, true);
    const n = view.getUint16(at + 2, true);
    if (id === 1) {
      let i = at + 4;
      return values.map((value) => {
        if (value !== 0xffffffff || i + 8 > Math.min(at + 4 + n, from + length)) return value;
        i += 8;
        return Number(view.getBigUint64(i - 8, true));
      });
    }
    at += 4 + n;
  }
  return values;
}

function broken(file: string, offset: number, expected: string) {
  return readError(`broken zip archive: ${file}`, {
    file,
    offset,
    expected,
    help: "The file was damaged or only partly copied: get it again.",
  });
}
