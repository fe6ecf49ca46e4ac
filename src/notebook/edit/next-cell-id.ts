import type { Notebook } from "../types.ts";

/** The id that the next new cell gets: one more than the largest. */
export function nextCellId(notebook: Notebook): number {
  return notebook.cells.reduce((max, { id }) => Math.max(max, id), 0) + 1;
}
