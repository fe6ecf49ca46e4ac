import type { Cell, Notebook } from "../types.ts";
import { newCell } from "./new-cell.ts";
import { nextCellId } from "./next-cell-id.ts";

/**
 * The notebook with a new cell before the one at `index` (at the end by default). It gets the id `nextCellId(notebook)`, also
 * when `cell` brings another.
 */
export function insertCell(
  notebook: Notebook,
  index: number = notebook.cells.length,
  cell: Partial<Cell> = {},
): Notebook {
  const id = nextCellId(notebook);
  const at = Math.max(0, Math.min(index, notebook.cells.length));
  const made: Cell = { ...newCell(id, cell.mode, cell.value), ...cell, id };
  return { ...notebook, cells: notebook.cells.toSpliced(at, 0, made) };
}
