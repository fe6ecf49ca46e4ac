import type { CellMode } from "../../notebook/types.ts";

/** What can be completed right now: asked for each time, so it may be computed lazily. */
export interface Completions {
  /** Names that cells of this notebook define. */
  readonly cells: readonly CellName[];
  /** Names that every cell sees; a dotted name ("Plot.dot") is offered after its first part and a dot. */
  readonly builtins: readonly BuiltinName[];
  /** Tables that SQL cells see; a dotted name is schema and table. */
  readonly tables: readonly TableName[];
}

export interface CellName {
  readonly name: string;
  /** What the name holds, in a word or two: "Table, 271 rows". */
  readonly detail?: string;
}

export interface BuiltinName {
  readonly name: string;
  /** One line: "pca(experiment, {ntop, scale})". */
  readonly signature?: string;
  /** One sentence. */
  readonly info?: string;
}

export interface TableName {
  readonly name: string;
  readonly columns: readonly (string | ColumnName)[];
}

export interface ColumnName {
  readonly name: string;
  readonly type?: string;
}

/** What a key in the editor asks of the notebook around it. */
export type EditorCommand =
  "run" | "run-advance" | "run-insert" | "run-all" | "leave" | "split" | "palette" | "save";

export interface CellEditorOptions {
  readonly parent: HTMLElement;
  readonly mode: CellMode;
  readonly value: string;
  readonly readOnly: boolean;
  readonly dark: boolean;
  /** Read by screen readers: "Source of cell 3". */
  readonly label?: string;
  readonly onChange: (value: string) => void;
  readonly onCommand: (command: EditorCommand) => void;
  readonly complete: () => Completions;
}

/** One editor in one cell. */
export interface CellEditor {
  readonly dom: HTMLElement;
  value(): string;
  /** Replaces the text without calling onChange; cursor and scroll stay where they can. */
  setValue(value: string): void;
  setMode(mode: CellMode): void;
  setReadOnly(readOnly: boolean): void;
  setDark(dark: boolean): void;
  /** Offset of the cursor in the text. */
  cursor(): number;
  /** Takes the focus, with the cursor at an offset, the start, the end, or where it was. */
  focus(at?: number | "start" | "end"): void;
  hasFocus(): boolean;
  /** Types text over the selection, as an edit of the reader's. */
  insert(text: string): void;
  destroy(): void;
}
