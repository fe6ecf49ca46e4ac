import { throwIfAborted } from "../../base/progress.ts";
import { gzipMembers, longestHeader } from "./gzip-members.ts";
import type { ByteSource, ReadCall } from "./types.ts";

/** Above this many bytes of content a file is not held in pieces. */
const most = 2 ** 31;

/**
 * The content of a gzip file that lists its members, inflated by `inflate`, several at once: each member's content and
 * where it begins, in order. Null where there is no such list or no `inflate`, and where a member is not what the list
 * says: read it in the plain way then, which finds and names what is wrong.
 */
export async function readPieces(
  source: ByteSource,
  { inflate, signal, onProgress }: ReadCall,
): Promise<{ readonly start: number; readonly content: Uint8Array }[] | null> {
  if (inflate === undefined) return null;
  const start = await source.read(0, 12, { signal });
  if (start.length < 12 || (start[3] & 4) === 0) return null;
  const members = gzipMembers(await source.read(0, longestHeader, { signal }), source.size);
  const last = members?.at(-1);
  if (!members || !last || last.start + last.size > most) return null;
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const label = `Reading ${source.name}`;
  let done = 0;
  try {
    return await Promise.all(
      members.map(async (member) => {
        const end = member.offset + member.length;
        const packed =
          source.blob?.slice(member.offset, end) ??
          new Blob([
            (await source.read(member.offset, member.length, {
              signal: stop,
            })) as Uint8Array<ArrayBuffer>,
          ]);
        const content = await inflate(packed, member.size, { signal: stop });
        if (content.length !== member.size) throw new RangeError(String(content.length));
        done += member.length;
        onProgress?.({ label, done, total: source.size });
        return { start: member.start, content };
      }),
    );
  } catch {
    failed.abort();
    throwIfAborted(signal);
    return null;
  }
}
