import { outline } from "../../notebook/outline.ts";
import type { Notebook } from "../../notebook/types.ts";
import type { ViewHeading } from "./types.ts";

const longest = 200;

/**
 * Headings of the notebook in order, levels 1 to 3: those displayed, and for a cell that displays nothing
 * yet those of its source.
 */
export function readOutline(
  notebook: Notebook,
  rootOf: (id: number) => HTMLElement | undefined,
): ViewHeading[] {
  const written = outline(notebook);
  return notebook.cells.flatMap(({ id }) => {
    const root = rootOf(id);
    if (!root?.firstChild) return written.filter((h) => h.cellId === id && h.level <= 3);
    return [...root.querySelectorAll(":is(h1,h2,h3):not(figure *)")]
      .map((node) => ({
        level: Number(node.tagName[1]),
        text: (node.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, longest),
        cellId: id,
      }))
      .filter(({ text }) => text !== "");
  });
}
