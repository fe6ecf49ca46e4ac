import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { fromBytes } from "./from-bytes.ts";
import { isGzip } from "./gunzip.ts";
import { readAll } from "./read-all.ts";
import { readHead } from "./read-head.ts";
import { isTar, tarMembers } from "./tar-members.ts";
import type { ByteSource } from "./types.ts";
import { isZip, zipMembers } from "./zip-members.ts";

/** A packed tar must be inflated to be read at any place: up to here. */
const mostInflated = 2 ** 30;

/**
 * The files inside of a tar (gzipped or not) or zip archive; null for a source that is neither. A workbook of Excel is
 * a zip archive by form, and none by meaning: null.
 */
export async function archiveMembers(
  source: ByteSource,
  call: CallOptions = {},
): Promise<ByteSource[] | null> {
  const start = await source.read(0, 4, call);
  if (isZip(start)) {
    const members = await zipMembers(source, call);
    return members.some(({ name }) => name === "xl/workbook.xml" || name === "xl/workbook.bin")
      ? null
      : members;
  }
  if (source.size < 512 && !isGzip(start)) return null;
  const head = await readHead(source, 512, call);
  if (!isTar(head)) return null;
  if (!isGzip(start)) return tarMembers(source, call);
  const bytes = await readAll(source, call, mostInflated);
  if (bytes.length === 0)
    throw readError(`archive is empty: ${source.name}`, { file: source.name });
  return tarMembers(fromBytes(bytes, source.name), call);
}
