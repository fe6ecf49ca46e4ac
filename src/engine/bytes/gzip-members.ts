/** One member of a gzip file that says where its members lie. */
export interface GzipMember {
  /** Where it begins in the file, and how many bytes it takes there. */
  readonly offset: number;
  readonly length: number;
  /** Where its content begins in the whole, and how many bytes it has. */
  readonly start: number;
  readonly size: number;
}

/** The extra field of the first member's header that lists all members: "EM", then length and size of each as 32-bit numbers. */
export const memberField = [0x45, 0x4d] as const;

/** Longest header whose list is looked for: what the format allows an extra field. */
export const longestHeader = 12 + 2 ** 16;

/**
 * The members that a gzip file of ours lists in its first header, so that several can be inflated at once; null where there is
 * no such list, or where it does not add up to a file of `size` bytes. Any other program reads such a file as
 * gzip of several members (RFC 1952, which leaves extra fields to their writers).
 */
export function gzipMembers(head: Uint8Array, size: number): GzipMember[] | null {
  if (head.length < 12 || head[0] !== 0x1f || head[1] !== 0x8b || (head[3] & 4) === 0) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const end = Math.min(12 + view.getUint16(10, true), head.length);
  for (let at = 12; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (head[at] !== memberField[0] || head[at + 1] !== memberField[1]) continue;
    const bytes = view.getUint16(at + 2, true);
    if (bytes === 0 || bytes % 8 !== 0 || at + 4 + bytes > end) return null;
    const members: GzipMember[] = [];
    let offset = 0;
    let start = 0;
    for (let i = at + 4; i < at + 4 + bytes; i += 8) {
      const member = {
        offset,
        length: view.getUint32(i, true),
        start,
        size: view.getUint32(i + 4, true),
      };
      if (member.length < 18 || member.size > member.length * 1032) return null;
      members.push(member);
      offset += member.length;
      start += member.size;
    }
    return offset === size ? members : null;
  }
  return null;
}
