import type { Notebook } from "../types.ts";
import { changeCell } from "./find-cell.ts";

/** The notebook with a cell's implicit display suppressed, or not. */
export function setHidden(notebook: Notebook, id: number, hidden: boolean): Notebook {
  return changeCell(notebook, id, (cell) => (cell.hidden === hidden ? cell : { ...cell, hidden }));
}
