import { argumentError } from "../base/errors.ts";
import type { Selection as SharedSelection } from "../base/selection.ts";
import { hasColumn, strings, type Table } from "../tables/index.ts";
import type { Selection } from "./selection.ts";

/** What a table view tells a shared selection. */
export interface Sharing {
  /** The rows that are selected here have changed. */
  tell(): void;
}

const keys = { gene_id: "genes", sample_id: "samples" } as const;

/**
 * Ties the selected rows of a view to a selection that it shares with pictures, by gene_id or else sample_id. What is selected elsewhere and not in this table stays so. `changed` is
 * called when the rows were changed from outside. The selection holds the view weakly, so that a view that is gone is forgotten.
 */
export function shareSelection(
  root: HTMLElement,
  table: Table,
  rows: Selection,
  many: boolean,
  shared: SharedSelection,
  changed: () => void,
): Sharing {
  const key = (["gene_id", "sample_id"] as const).find((name) => hasColumn(table, name));
  if (!key)
    throw argumentError("resultsTable: a selection needs a column: gene_id or sample_id", {
      help: "Rows are selected by their gene_id, or by sample_id where there is none.",
    });
  const kind = keys[key];
  let ids: (string | null)[] | null = null;
  let index: Map<string, number[]> | null = null;
  const idOf = (row: number) => (ids ??= strings(table, key))[row];
  const rowsOf = (id: string): readonly number[] => {
    if (!index) {
      index = new Map();
      (ids ??= strings(table, key)).forEach((name, row) => {
        if (name === null) return;
        const list = index!.get(name);
        if (list) list.push(row);
        else index!.set(name, [row]);
      });
    }
    return index.get(id) ?? [];
  };
  let telling = false;
  const sync = (): void => {
    if (telling) return;
    const wanted = shared.value[kind].flatMap(rowsOf);
    rows.clear();
    rows.set(many ? wanted : wanted.slice(0, 1), true);
    changed();
  };
  syncs.set(root, sync);
  const view = new WeakRef(root);
  const heard = (): void => {
    const alive = view.deref();
    if (alive) syncs.get(alive)?.();
    else shared.removeEventListener("input", heard);
  };
  shared.addEventListener("input", heard);
  if (shared.value[kind].length) sync();
  return {
    tell() {
      telling = true;
      try {
        const elsewhere = shared.value[kind].filter((id) => rowsOf(id).length === 0);
        const own = rows.rows().flatMap((row) => idOf(row) ?? []);
        shared.select({ [kind]: [...elsewhere, ...own] });
      } finally {
        telling = false;
      }
    },
  };
}

/** What a view does when its selection changes, kept alive by the view alone. */
const syncs = new WeakMap<HTMLElement, () => void>();
