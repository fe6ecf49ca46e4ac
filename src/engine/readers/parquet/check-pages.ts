import type { FileMetaData } from "hyparquet";
import { deserializeTCompactProtocol, readVarInt } from "hyparquet/src/thrift.js";

type Chunk = FileMetaData["row_groups"][number]["columns"][number];
type Inflate = (codec: string, bytes: Uint8Array, length: number) => Uint8Array;
interface Reader {
  view: DataView;
  offset: number;
}

const dictionaryEncodings = new Set([2, 8]);

/**
 * Walks the pages of a column chunk before hyparquet decodes it, whose loops trust the counts that stand in the file: pages
 * lie within the chunk, hold no more values than the row group, and runs of levels and of dictionary indices no more than
 * their page. Throws where they do not. `optional` says that values may be missing; columns of
 * lists are not meant.
 */
export function checkPages(
  bytes: Uint8Array,
  chunk: Chunk,
  rows: number,
  optional: boolean,
  inflate: Inflate,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader: Reader = { view, offset: 0 };
  const codec = chunk.meta_data?.codec ?? "UNCOMPRESSED";
  let values = 0;
  while (reader.offset < bytes.length - 1 && values < rows) {
    const header = deserializeTCompactProtocol(reader) as Record<string, never>;
    const size = Number(header.field_3 ?? -1);
    const whole = Number(header.field_2 ?? -1);
    if (!(size >= 0 && whole >= 0 && reader.offset + size <= bytes.length))
      throw new Error("a page beyond its column");
    const body = bytes.subarray(reader.offset, reader.offset + size);
    reader.offset += size;
    const v1 = header.field_5 as Record<string, number> | undefined;
    const dictionary = header.field_7 as Record<string, number> | undefined;
    const v2 = header.field_8 as Record<string, number | boolean> | undefined;
    const n = Number((v1 ?? v2 ?? dictionary)?.field_1 ?? 0);
    if (!(n >= 0 && n <= (dictionary === undefined ? rows : Math.max(rows, 8 * whole))))
      throw new Error("a page of too many values");
    if (dictionary !== undefined) continue;
    values += n;
    if (v1 !== undefined) {
      const page = codec === "UNCOMPRESSED" ? body : inflate(codec, body, whole);
      let at = 0;
      if (optional) {
        const length = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(
          0,
          true,
        );
        checkRuns(page.subarray(4, 4 + length), 1, n, true);
        at = 4 + length;
      }
      checkIndices(page.subarray(at), Number(v1.field_2), n);
    } else if (v2 !== undefined) {
      const levels = Number(v2.field_5 ?? 0) + Number(v2.field_6 ?? 0);
      if (levels > size) throw new Error("levels beyond their page");
      if (optional) checkRuns(body.subarray(Number(v2.field_6 ?? 0), levels), 1, n, true);
      const rest = body.subarray(levels);
      const packed = codec !== "UNCOMPRESSED" && v2.field_7 !== false && rest.length > 0;
      checkIndices(packed ? inflate(codec, rest, whole - levels) : rest, Number(v2.field_4), n);
    }
  }
}

function checkIndices(bytes: Uint8Array, encoding: number, n: number): void {
  if (encoding === 3) checkRuns(bytes.subarray(4), 1, n);
  if (!dictionaryEncodings.has(encoding) || bytes.length === 0) return;
  if (bytes[0] > 32) throw new Error("indices of more than 32 bits");
  if (bytes[0] > 0) checkRuns(bytes.subarray(1), bytes[0], n);
}

/** Runs of the hybrid of run lengths and bit packing: none longer than what is left of `n` (it pads to 8), `all` of them. */
function checkRuns(bytes: Uint8Array, width: number, n: number, all = false): void {
  const reader: Reader = {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    offset: 0,
  };
  let seen = 0;
  while (seen < n && reader.offset < bytes.length) {
    const header = readVarInt(reader) >>> 0;
    const packed = (header & 1) === 1;
    const count = packed ? (header >>> 1) * 8 : header >>> 1;
    if (count === 0 || count > n - seen + (packed ? 504 : 0))
      throw new Error("a run of too many values");
    reader.offset += packed ? (header >>> 1) * width : (width + 7) >> 3;
    seen += count;
  }
  if (all && seen < n) throw new Error("runs of too few values");
}
