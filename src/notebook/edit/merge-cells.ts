import { argumentError } from "../../base/errors.ts";
import type { Notebook } from "../types.ts";
import { indexOfCell } from "./find-cell.ts";

/**
 * The notebook with two cells of one mode as one: the first's, with the second's text below (after a blank line in
 * Markdown). The output name is the first's, or the second's where the first has none; two different names are an error,
 * since one would be lost.
 */
export function mergeCells(notebook: Notebook, firstId: number, secondId: number): Notebook {
  const first = notebook.cells[indexOfCell(notebook, firstId)];
  const second = notebook.cells[indexOfCell(notebook, secondId)];
  if (first === second) throw argumentError(`can't merge a cell with itself: ${firstId}`);
  if (first.mode !== second.mode)
    throw argumentError(`can't merge a ${first.mode} cell with a ${second.mode} cell`, {
      help: "Change the type of one of them first.",
    });
  if (first.output && second.output && first.output !== second.output)
    throw argumentError(
      `can't merge cells with two output names: ${first.output}, ${second.output}`,
    );
  if (first.database !== second.database)
    throw argumentError(
      `can't merge cells of two databases: ${String(first.database)}, ${String(second.database)}`,
    );
  const output = first.output ?? second.output;
  const gap = first.mode === "md" ? "\n\n" : "\n";
  const merged = {
    ...first,
    value: [first.value, second.value].filter((text) => text !== "").join(gap),
    pinned: first.pinned || second.pinned,
    hidden: first.hidden && second.hidden,
    ...(output ? { output } : {}),
  };
  return {
    ...notebook,
    cells: notebook.cells.flatMap((cell) =>
      cell === first ? [merged] : cell === second ? [] : [cell],
    ),
  };
}
