import type { CallOptions } from "../../base/progress.ts";
import { gzipMembers, isByteSource, longestHeader } from "../bytes/index.ts";
import type { IntakeSource } from "../intake/index.ts";

/**
 * True for one file packed as the files that ship are: gzip that lists its members. Each member has a checksum, so that
 * spoilt bytes never reach the Arrow library, and the file is read without a reader worker.
 */
export async function isOwnFile(source: IntakeSource, call: CallOptions = {}): Promise<boolean> {
  if (!isByteSource(source)) return false;
  const head = await source.read(0, Math.min(longestHeader, source.size), call);
  return gzipMembers(head, source.size) !== null;
}
