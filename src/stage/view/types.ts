import type { Progress } from "../../base/progress.ts";
import type { Notebook } from "../../notebook/types.ts";
import type { CellStatus } from "../runtime/types.ts";
import type { CellEditor, CellEditorOptions, Completions } from "../editor/types.ts";

/** What a placard or an error offers to do. */
export interface ViewAction {
  readonly label: string;
  readonly run: () => void;
}

/**
 * One change of a cell's standing: what the runtime tells, and what only the entry knows. What is absent is
 * as before, except that a new state clears progress and failure.
 */
export interface CellReport extends Partial<CellStatus> {
  /** How far a call of the cell has come; null when there is no such call any more. */
  readonly progress?: Progress | null;
  /** Names that the cell defines, for labels. */
  readonly names?: readonly string[];
  /** Offered beside the error, such as attaching a missing file. */
  readonly actions?: readonly ViewAction[];
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
