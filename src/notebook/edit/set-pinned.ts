import type { Notebook } from "../types.ts";
import { changeCell } from "./find-cell.ts";

/** The notebook with a cell's source kept open, or folded. */
export function setPinned(notebook: Notebook, id: number, pinned: boolean): Notebook {
  return changeCell(notebook, id, (cell) => (cell.pinned === pinned ? cell : { ...cell, pinned }));
}
