import { argumentError } from "../../base/errors.ts";
import type { Notebook } from "../types.ts";
import { indexOfCell } from "./find-cell.ts";
import { nextCellId } from "./next-cell-id.ts";

/**
 * The notebook with a cell split at `offset` (UTF-16 units) of its text: the first part keeps id and output name, the
 * second is a new cell of the same mode with the id `nextCellId(notebook)`. Blank lines at the cut are dropped.
 */
export function splitCell(notebook: Notebook, id: number, offset: number): Notebook {
  const index = indexOfCell(notebook, id);
  const cell = notebook.cells[index];
  if (!Number.isInteger(offset) || offset < 0 || offset > cell.value.length)
    throw argumentError(
      `can't split cell ${id} at ${offset}: it has ${cell.value.length} characters`,
    );
  const { output: _output, ...rest } = cell;
  const first = cell.value.slice(0, offset).replace(/\s*\n\s*$|[ \t]+$/, "");
  const second = cell.value.slice(offset).replace(/^(?:[ \t]*\r?\n)+/, "");
  return {
    ...notebook,
    cells: notebook.cells.toSpliced(
      index,
      1,
      { ...cell, value: first },
      { ...rest, id: nextCellId(notebook), value: second },
    ),
  };
}
