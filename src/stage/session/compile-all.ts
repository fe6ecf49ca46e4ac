import { compileCell } from "../../notebook/compile-cell.ts";
import { outputsOf } from "../../notebook/outputs-of.ts";
import type { Notebook } from "../../notebook/types.ts";
import { withImplied } from "../../notebook/with-implied.ts";
import type { CellRun } from "../runtime/types.ts";
import type { View } from "../view/create-notebook-view.ts";

const stripTypes = async (text: string): Promise<string> =>
  (await import("../../notebook/strip-types.ts")).stripTypes(text);

/** The cells of these ids ready to run, each with the element that it shows itself in; what doesn't compile says why. */
export async function compileAll(
  notebook: Notebook,
  ids: readonly number[],
  view: Pick<View, "output">,
): Promise<CellRun[]> {
  const wanted = new Set(ids);
  const own = new Set(notebook.cells.flatMap(outputsOf));
  const runs = await Promise.all(
    notebook.cells
      .filter(({ id }) => wanted.has(id))
      .map(async (cell): Promise<CellRun | null> => {
        const root = view.output(cell.id);
        if (!root) return null;
        try {
          const definition = await compileCell(cell, { stripTypes });
          return {
            id: cell.id,
            root,
            definition: withImplied(definition, (name) => own.has(name)),
          };
        } catch (error) {
          return { id: cell.id, root, error, names: outputsOf(cell) };
        }
      }),
  );
  return runs.filter((run): run is CellRun => run !== null);
}
