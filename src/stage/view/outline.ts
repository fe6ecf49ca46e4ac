import type { Cell } from "../../notebook/types.ts";
import type { ViewHeading } from "./types.ts";

const longest = 200;

/**
 * Headings of the notebook in order: those displayed, and for a Markdown cell that has not run those of
 * its source.
 */
export function readOutline(
  cells: readonly Cell[],
  rootOf: (id: number) => HTMLElement | undefined,
): ViewHeading[] {
  const headings: ViewHeading[] = [];
  for (const cell of cells) {
    const root = rootOf(cell.id);
    const shown = root?.querySelectorAll("h1,h2,h3") ?? [];
    for (const node of shown)
      add(headings, Number(node.tagName[1]), node.textContent ?? "", cell.id);
    if (shown.length === 0 && cell.mode === "md" && !root?.firstChild)
      for (const { level, text } of sourceHeadings(cell.value)) add(headings, level, text, cell.id);
  }
  return headings;
}

function add(headings: ViewHeading[], level: number, text: string, cellId: number): void {
  const words = text.replace(/\s+/g, " ").trim().slice(0, longest);
  if (words) headings.push({ level, text: words, cellId });
}

function* sourceHeadings(source: string): Iterable<{ level: number; text: string }> {
  let fenced = false;
  for (const line of source.split("\n")) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    const match = fenced ? null : /^\s{0,3}(#{1,3})\s+(.+?)\s*#*\s*$/.exec(line);
    if (match) yield { level: match[1].length, text: match[2].replace(/[*_`]/g, "") };
  }
}
