import { normalSvg } from "./normal-svg.ts";

const most = 10;

/**
 * The normal form with the middle of long runs of like elements left out: how many there were, and a checksum, so that a change among them is noticed and the file
 * stays short enough to be read.
 */
export function shortSvg(text: string): string {
  const lines = normalSvg(text)
    .split("\n")
    .map((line) => (line.length > 400 ? `${line.slice(0, 360)}… ${checksum(line)}` : line));
  const kind = (line: string) => /^\s*<[\w-]+(?=[\s>/])/.exec(line)?.[0] ?? line;
  const out: string[] = [];
  for (let i = 0; i < lines.length;) {
    let end = i + 1;
    while (end < lines.length && kind(lines[end]) === kind(lines[i])) ++end;
    const run = lines.slice(i, end);
    if (run.length <= most + 2) out.push(...run);
    else {
      const middle = run.slice(most - 2, -2);
      const indent = /^\s*/.exec(run[0])![0];
      out.push(
        ...run.slice(0, most - 2),
        `${indent}<!-- ${middle.length} more ${checksum(middle.join("\n"))} -->`,
        ...run.slice(-2),
      );
    }
    i = end;
  }
  return out.join("\n");
}

/** FNV-1a. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; ++i) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
