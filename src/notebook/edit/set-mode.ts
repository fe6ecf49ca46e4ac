import type { CellMode, Notebook } from "../types.ts";
import { changeCell } from "./find-cell.ts";
import { newCell } from "./new-cell.ts";

/**
 * The notebook with a cell of another type: text, output name and what else the cell holds stay; what belongs to the
 * type (database, format, and pinned where it was the type's default) becomes the new type's.
 */
export function setMode(notebook: Notebook, id: number, mode: CellMode): Notebook {
  return changeCell(notebook, id, (cell) => {
    if (cell.mode === mode) return cell;
    const { database: _database, format: _format, ...rest } = cell;
    const usual = newCell(id, mode);
    const pinned = cell.pinned === newCell(id, cell.mode).pinned ? usual.pinned : cell.pinned;
    return { ...usual, ...rest, mode, pinned };
  });
}
