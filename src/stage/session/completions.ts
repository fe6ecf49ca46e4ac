import type { Completions } from "../editor/types.ts";
import type { NotebookRuntime } from "../runtime/types.ts";
import { catalogEntry } from "../stdlib/catalog.ts";
import { signatures } from "../stdlib/signatures.ts";

/** What can be completed: names of cells, builtins, and the tables and columns that SQL can ask. */
export function completions(
  runtime: NotebookRuntime | null,
  values: ReadonlyMap<string, unknown>,
): Completions {
  const entries = [...values].map(([name, value]) => catalogEntry(name, value));
  const databases = entries.filter((entry) => entry?.kind === "database");
  return {
    cells: [...(runtime?.names().keys() ?? [])].map((name) => {
      const detail = entries.find((entry) => entry?.name === name)?.detail;
      return detail === undefined ? { name } : { name, detail };
    }),
    builtins: Object.entries(signatures).map(([name, [signature, info]]) => ({
      name,
      signature,
      info,
    })),
    tables: databases.flatMap((entry) =>
      (entry?.tables ?? []).map(({ name, columns }) => ({ name, columns })),
    ),
  };
}
