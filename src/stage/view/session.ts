import type { EditKind } from "../../notebook/history.ts";
import type { Cell, CellMode, Notebook } from "../../notebook/types.ts";
import type { CellView } from "./cell-view.ts";
import type { ViewAction, ViewHost } from "./types.ts";

/** What commands act upon: the document, the selection, and the cells on the page. */
export interface Session {
  readonly host: ViewHost;
  notebook(): Notebook;
  readOnly(): boolean;
  selected(): number | null;
  editing(): number | null;
  view(id: number): CellView | undefined;
  isOpen(cell: Cell): boolean;
  /** Makes this the document, as one step of undo. False when nothing changed or nothing may. */
  edit(next: Notebook, kind?: EditKind): boolean;
  undo(): boolean;
  redo(): boolean;
  select(id: number, how?: { readonly focus?: boolean; readonly scroll?: boolean }): void;
  setOpen(id: number, open: boolean | null): void;
  /** Unfolds the source and puts the cursor there. */
  startEditing(id: number, at?: number | "start" | "end"): void;
  /** Leaves the source for command mode. */
  stopEditing(): void;
  run(ids: readonly number[]): void;
  toast(text: string, action?: ViewAction): void;
  /** Opens the menu of a cell, at its own button unless another anchor is given. */
  menu(id: number, anchor?: HTMLElement): void;
  palette(): void;
  help(): void;
  clipboard: Pick<Cell, "mode" | "value" | "pinned" | "hidden" | "output" | "database"> | null;
  /** Inserts a cell there and goes into its source. */
  insert(index: number, cell: Partial<Cell> & { readonly mode: CellMode }): void;
}
