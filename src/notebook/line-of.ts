/** The 1-based line of an offset in a text; CRLF, CR and LF each end a line. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (const match of text.matchAll(/\r\n?|\n/g)) {
    if (match.index >= offset) break;
    ++line;
  }
  return line;
}
