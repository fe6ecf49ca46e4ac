import type { CallOptions } from "../../base/progress.ts";
import { looksLikeArrow } from "../../tables/index.ts";
import { isByteSource, readHead } from "../bytes/index.ts";
import type { IntakeSource } from "../intake/index.ts";

const look = 1 << 16;
const mark = new TextEncoder().encode("engrailed.");

/**
 * True for one Experiment file, gzipped or not, by its beginning. Its framing is checked before the Arrow library sees it,
 * so that it is read without a reader worker.
 */
export async function isOwnFile(source: IntakeSource, call: CallOptions = {}): Promise<boolean> {
  if (!isByteSource(source)) return false;
  try {
    const head = await readHead(source, look, { signal: call.signal });
    return looksLikeArrow(head) && holds(head, mark);
  } catch {
    return false;
  }
}

function holds(bytes: Uint8Array, text: Uint8Array): boolean {
  for (let at = bytes.indexOf(text[0]); at >= 0; at = bytes.indexOf(text[0], at + 1))
    if (text.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
}
