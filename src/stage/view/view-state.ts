import type { Cell } from "../../notebook/types.ts";

/** What the view holds beside the document: where the reader is, and what she has unfolded. */
export interface ViewState {
  readOnly: boolean;
  dark: boolean;
  /** The notebook was opened without running: sources stand open until their cell has run. */
  unrun: boolean;
  selected: number | null;
  editing: number | null;
  /** The cell whose source had the cursor last. */
  lastWritten: number | null;
  /** Sources that the reader opened or folded against what the document says. */
  readonly open: Map<number, boolean>;
  /** Cells whose outcome is to be read out: the reader ran them one by one. */
  readonly asked: Set<number>;
}

export function createViewState(): ViewState {
  return {
    readOnly: false,
    dark: false,
    unrun: false,
    selected: null,
    editing: null,
    lastWritten: null,
    open: new Map(),
    asked: new Set(),
  };
}

/** Whether a cell's source stands open. `ran` says whether it has run since the notebook was opened. */
export function isOpen(state: ViewState, cell: Cell, ran: boolean): boolean {
  return state.open.get(cell.id) ?? (cell.pinned || (state.unrun && !ran));
}

/** Forgets what it knew of cells that are gone. */
export function forgetCells(state: ViewState, ids: readonly number[]): void {
  for (const id of ids) {
    state.open.delete(id);
    state.asked.delete(id);
    if (state.selected === id) state.selected = null;
    if (state.editing === id) state.editing = null;
    if (state.lastWritten === id) state.lastWritten = null;
  }
}
