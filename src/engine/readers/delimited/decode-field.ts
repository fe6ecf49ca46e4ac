const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const western = new TextDecoder("windows-1252");

/** The text of bytes [start, end): UTF-8, else (bytes that are not) windows-1252, as old spreadsheets write. */
export function decodeField(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 24) {
    let text = "";
    let i = start;
    for (; i < end && bytes[i] < 128; ++i) text += String.fromCharCode(bytes[i]);
    if (i === end) return text;
  }
  const part = bytes.subarray(start, end);
  try {
    return strict.decode(part);
  } catch {
    return western.decode(part);
  }
}
