import type { PlainError } from "../base/errors.ts";

/** How a cell stands. */
export type CellState = "idle" | "pending" | "fulfilled" | "rejected" | "stale";

/** What the stage is opened with. */
export interface OpenOptions {
  readonly text: string;
  /** Run the cells at once; false after Stop and for notebooks from elsewhere. */
  readonly run: boolean;
  readonly readOnly: boolean;
  readonly dark: boolean;
  /** Why it does not run: it came from elsewhere, or the reader stopped it. */
  readonly reason?: "elsewhere" | "stopped";
}

/** A file that cells may name: its size, or why it can't be read. */
export interface FileEntry {
  readonly name: string;
  readonly size: number;
  readonly error?: string;
}

/** A table of an experiment or a database; `insert` is what a click puts into a cell. */
export interface CatalogTable {
  readonly name: string;
  readonly insert: string;
  readonly rows: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** An experiment, database or table of the open notebook, under the name that its cell gave it. */
export interface CatalogEntry {
  readonly name: string;
  readonly kind: "experiment" | "database" | "table";
  /** One line: "47,192 genes x 271 samples, abundance". */
  readonly detail: string;
  readonly tables: readonly CatalogTable[];
}

/** One cell's outcome, as the notebook runner writes it. */
export interface CellOutcome {
  readonly id: number;
  readonly name: string | null;
  readonly state: "fulfilled" | "rejected" | "pending";
  readonly error: string | null;
  readonly text: string;
  readonly ms: number;
  /** What is displayed: one SVG's markup, else the output's HTML. */
  readonly format: "svg" | "html";
  readonly markup: string;
}

/** A named value written out: CSV for tables and arrays of objects, else JSON. */
export interface ValueFile {
  readonly format: "csv" | "json";
  readonly text: string;
}

/** A cell for the report: markup without scripts, which the shell cleans all the same before it is kept. */
export interface ReportCell {
  readonly id: number;
  readonly mode: string;
  readonly html: string;
  /** Its source where the author has pinned it open. */
  readonly source: string | null;
  /** What is to be said of a cell that does not stand finished; null for one that does. */
  readonly standing: string | null;
}

/** Commands that the shell's buttons and palette send into the notebook. */
export type StageCommand =
  "run-all" | "add-cell" | "undo" | "redo" | "palette" | "focus" | "unfold-all" | "fold-all";

/** What the shell may ask of the stage. */
export interface StageApi {
  open(options: OpenOptions): Promise<void>;
  /** The files that FileAttachment knows from now on; cells that use it run again. */
  setFiles(files: readonly FileEntry[]): void;
  ping(): void;
  /** What the notebook holds by name, for the data drawer. */
  catalog(): Promise<CatalogEntry[]>;
  setDark(dark: boolean): void;
  setReadOnly(readOnly: boolean): void;
  command(command: StageCommand): void;
  /** Brings a cell into view. */
  reveal(cellId: number): void;
  /** Resolves when the shell has been told of all that was typed. */
  flush(): Promise<void>;
  /** Inserts text at the cursor of the cell being edited, else into a new cell. */
  insert(text: string): void;
  /** Resolves when every cell has its first value or error, or after `timeout` ms. */
  settled(timeout: number): Promise<CellOutcome[]>;
  /** The value of a name, written out; null where the notebook has no such name. */
  value(name: string): Promise<ValueFile | null>;
  /** What every cell shows, for a report; cells that show nothing are left out. */
  report(): Promise<ReportCell[]>;
}

export interface OutlineEntry {
  readonly level: number;
  readonly text: string;
  readonly cellId: number;
}

/** What the notebook view tells the shell, at most once a frame. */
export interface StageStatus {
  readonly running: number;
  readonly failed: number;
  readonly stale: number;
  readonly cells: number;
  /** What is being waited for, in words, with progress 0..1 or null. */
  readonly label: string | null;
  readonly progress: number | null;
}

/** A shipped font, for a frame that can't fetch it. */
export interface FontFile {
  readonly family: string;
  readonly style: "normal" | "italic";
  /** Range of the variable axis: "100 900". */
  readonly weight: string;
  readonly bytes: ArrayBuffer;
}

/** What the stage may ask of the shell: nothing that carries data anywhere but into this page. */
export interface ShellApi {
  /** The stage is up and can be opened. */
  ready(): void;
  /** The document as it stands after an edit, sent before any cell of it runs. */
  changed(text: string): void;
  status(status: StageStatus): void;
  outline(entries: OutlineEntry[]): void;
  /** The reader asked, from inside the frame, to run a notebook that waits. */
  run(): void;
  /** The shipped fonts, for the frame's own typography. */
  fonts(): Promise<FontFile[]>;
  /** The reader asked to save, from inside the frame. */
  save(): void;
  /** A file dropped on the frame. */
  dropped(files: File[]): void;
  /** The reader asked, in a placard, to attach a file under this name. */
  attach(name: string): void;
  failed(error: PlainError): void;
}
