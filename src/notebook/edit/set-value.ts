import type { Notebook } from "../types.ts";
import { changeCell } from "./find-cell.ts";

/** The notebook with another text in a cell. */
export function setValue(notebook: Notebook, id: number, value: string): Notebook {
  return changeCell(notebook, id, (cell) => (cell.value === value ? cell : { ...cell, value }));
}
