import type { Notebook } from "../types.ts";
import { indexOfCell } from "./find-cell.ts";

/** The notebook without that cell. */
export function deleteCell(notebook: Notebook, id: number): Notebook {
  return { ...notebook, cells: notebook.cells.toSpliced(indexOfCell(notebook, id), 1) };
}
