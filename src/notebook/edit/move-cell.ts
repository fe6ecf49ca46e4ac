import type { Notebook } from "../types.ts";
import { indexOfCell } from "./find-cell.ts";

/** The notebook with that cell at `index` of the new order; beyond the ends means at the end. */
export function moveCell(notebook: Notebook, id: number, index: number): Notebook {
  const from = indexOfCell(notebook, id);
  const to = Math.max(0, Math.min(index, notebook.cells.length - 1));
  if (from === to) return notebook;
  const cells = notebook.cells.toSpliced(from, 1);
  return { ...notebook, cells: cells.toSpliced(to, 0, notebook.cells[from]) };
}
