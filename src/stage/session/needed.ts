import { outputsOf } from "../../notebook/outputs-of.ts";
import type { Cell, Notebook } from "../../notebook/types.ts";
import { implied } from "../../notebook/with-implied.ts";

/**
 * The cells to define so that `ids` can run: those, and whichever define a name that their text mentions, and so
 * on, as far as they are not defined yet. In document order.
 */
export function needed(
  notebook: Notebook,
  ids: readonly number[],
  defined: ReadonlySet<number>,
): number[] {
  const definers = new Map<string, Cell[]>();
  for (const cell of notebook.cells)
    for (const name of outputsOf(cell)) definers.set(name, [...(definers.get(name) ?? []), cell]);
  const wanted = new Set<number>();
  const visit = (cell: Cell) => {
    if (wanted.has(cell.id)) return;
    wanted.add(cell.id);
    const words = new Set(cell.value.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
    if (cell.mode === "sql") words.add(cell.database?.replace(/^var:/, "") ?? "db");
    for (const [name, along] of Object.entries(implied)) if (words.has(name)) words.add(along);
    for (const word of words)
      for (const definer of definers.get(word) ?? []) if (!defined.has(definer.id)) visit(definer);
  };
  for (const cell of notebook.cells) if (ids.includes(cell.id)) visit(cell);
  return notebook.cells.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
}
