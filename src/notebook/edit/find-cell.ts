import { argumentError } from "../../base/errors.ts";
import type { Cell, Notebook } from "../types.ts";

/** The place of a cell in its notebook; an error where there is no such cell. */
export function indexOfCell(notebook: Notebook, id: number): number {
  const index = notebook.cells.findIndex((cell) => cell.id === id);
  if (index < 0) throw argumentError(`no such cell: ${id}`);
  return index;
}

/** The notebook with one cell replaced by what `change` makes of it; the same notebook when nothing changes. */
export function changeCell(notebook: Notebook, id: number, change: (cell: Cell) => Cell): Notebook {
  const index = indexOfCell(notebook, id);
  const cell = change(notebook.cells[index]);
  if (cell === notebook.cells[index]) return notebook;
  return { ...notebook, cells: notebook.cells.with(index, cell) };
}
