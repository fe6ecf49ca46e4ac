import type { Notebook } from "../../notebook/types.ts";
import type { CellEditor, CellEditorOptions, Completions } from "../editor/types.ts";

/** How a cell stands, as the runtime tells it. */
export type CellState = "idle" | "pending" | "fulfilled" | "rejected" | "stale";

/** What a placard or an error offers to do. */
export interface ViewAction {
  readonly label: string;
  readonly run: () => void;
}

/** How far a call of a cell has come: `done` of `total` (0 when unknown). */
export interface CellProgress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** What a cell's failure shows. */
export interface CellFailure {
  /** The error as thrown. Its name, message and `details` (help, file, line, column, sql) are shown. */
  readonly error: unknown;
  /** The cell that failed first, when this one only waits on it. */
  readonly cause?: { readonly id: number; readonly name: string };
  /** Offered beside the error, such as attaching a missing file. */
  readonly actions?: readonly ViewAction[];
}

/** One change of a cell's standing; what is absent is as before, except that a new state clears progress and failure. */
export interface CellReport {
  readonly state?: CellState;
  /** Milliseconds that the last run took. */
  readonly ms?: number;
  readonly progress?: CellProgress | null;
  readonly failure?: CellFailure | null;
  /** Names that the cell defines, for labels. */
  readonly names?: readonly string[];
}

export interface ViewPlacard {
  readonly text: string;
  readonly tone?: "note" | "warn";
  readonly action?: ViewAction;
  /** Shows a button that puts the placard away. */
  readonly dismissable?: boolean;
}

/** Counts for the status line; `label` and `progress` tell of the cell that is being waited for. */
export interface ViewStatus {
  readonly running: number;
  readonly failed: number;
  readonly stale: number;
  readonly cells: number;
  readonly label: string | null;
  readonly progress: number | null;
}

export interface ViewHeading {
  readonly level: number;
  readonly text: string;
  readonly cellId: number;
}

/** What the view asks of the entry that holds it. */
export interface ViewHost {
  /** The document after an edit; always called before `run` of what it holds. */
  changed(notebook: Notebook): void;
  /** Run these cells as the document has them now. */
  run(ids: readonly number[]): void;
  /** Cells that are gone: their definitions are to be dropped. */
  removed(ids: readonly number[]): void;
  save(): void;
  /** At most once a frame. */
  status(status: ViewStatus): void;
  /** At most once a frame. */
  outline(headings: readonly ViewHeading[]): void;
  complete(): Completions;
}

/** What the lazy editor part exports. */
export interface EditorModule {
  createCellEditor(options: CellEditorOptions): CellEditor;
  highlightSource(text: string, mode: Notebook["cells"][number]["mode"]): DocumentFragment;
}

export interface ViewOptions {
  /** Emptied and filled; lives in the document already. */
  readonly root: HTMLElement;
  readonly loadEditor: () => Promise<EditorModule>;
  readonly host: ViewHost;
}

/** What `View.open` takes. */
export interface ViewOpenOptions {
  readonly notebook: Notebook;
  /** No edits; sources can be read and cells run. */
  readonly readOnly: boolean;
  readonly dark: boolean;
  /** Cells are about to run. When not, sources of cells stand open until they have run, to be read first. */
  readonly run: boolean;
  /** Above the first cell, such as: this notebook has not run. */
  readonly placard?: ViewPlacard | null;
}

/** Names of what the shell or a palette may ask for; see commands.ts for what each does. */
export type { CommandName } from "./commands.ts";
