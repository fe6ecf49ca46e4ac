import type { RecordView } from "./scan-record.ts";

/** True where field j is this plain text (ASCII, no quotes within, no spaces about it), without decoding it. */
export function isText(
  { bytes, starts, ends, quoted }: RecordView,
  j: number,
  text: string,
): boolean {
  const start = starts[j];
  if (ends[j] - start !== text.length || quoted[j] === 2) return false;
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (bytes[start + i] !== code || code > 127) return false;
  }
  return true;
}
