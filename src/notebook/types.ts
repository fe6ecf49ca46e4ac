/** Cell types of the open notebook format (Notebook Kit 2). The last five are kept but can't run here. */
export type CellMode =
  "js" | "ts" | "md" | "html" | "sql" | "tex" | "ojs" | "dot" | "node" | "python" | "r";

/** The modes that run in Engrailed; the others open, stay as they are, and say that they don't run. */
export const runnableModes = ["js", "ts", "md", "html", "sql", "tex"] as const;

/** One cell of the document, as Notebook Kit has it. `id` is a positive integer, unique in its notebook. */
export interface Cell {
  readonly id: number;
  readonly mode: CellMode;
  readonly value: string;
  /** Source stays open when the cell is not being edited. */
  readonly pinned: boolean;
  /** Implicit display is suppressed. */
  readonly hidden: boolean;
  /** Exposes the cell's value under this name (SQL, Markdown… cells). */
  readonly output?: string;
  /** SQL cells: "var:db" is the client named db. */
  readonly database?: string;
  /** Cells of an interpreter (node, python, r): how the data is represented. */
  readonly format?: string;
  /** Attributes of the cell's element that the format does not define: kept and written again. */
  readonly other?: Readonly<Record<string, string>>;
}

/** The document: plain data, never mutated; edits return another. */
export interface Notebook {
  readonly title: string;
  readonly theme: string | { readonly light: string; readonly dark: string };
  readonly readOnly: boolean;
  readonly cells: readonly Cell[];
  /** Attributes of the notebook's element that the format does not define: kept and written again. */
  readonly other?: Readonly<Record<string, string>>;
}

/**
 * All that compiler and runtime know of each other. `body` is the source of a function expression over
 * `inputs` (in order) that returns the value, or a record of `outputs`.
 */
export interface Definition {
  readonly id: number;
  readonly body: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The single name of a cell whose value is its output (SQL cells). */
  readonly output?: string;
  readonly autodisplay: boolean;
}
