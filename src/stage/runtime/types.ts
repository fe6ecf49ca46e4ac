import type { Progress } from "../../base/progress.ts";
import type { Definition } from "../../notebook/types.ts";

/** How a cell stands. Idle: waiting for its first run. Stale: it shows an old value while it waits for its inputs. */
export type CellState = "idle" | "pending" | "fulfilled" | "rejected" | "stale";

/** One cell's standing, as told to `onState`. */
export interface CellStatus {
  readonly state: CellState;
  /** Milliseconds that the last run took, outputs included; 0 before the first. */
  readonly ms: number;
  /** Why the cell is rejected. */
  readonly error?: unknown;
  /** The 1-based line of the cell on which the error was thrown, where that is known. */
  readonly line?: number;
  /** The name among the cell's inputs that failed; then this cell did not run. */
  readonly dependsOnFailed?: string;
  /** The cell that failed first, and the name that came from it. */
  readonly cause?: { readonly id: number; readonly name: string };
}

/** A cell to run, in an element of its own; or one that does not compile, with the names that it would define. */
export type CellRun =
  | { readonly id: number; readonly root: HTMLElement; readonly definition: Definition }
  | {
      readonly id: number;
      readonly root: HTMLElement;
      readonly error: unknown;
      readonly names?: readonly string[];
    };

/** What a value's `Symbol.for("engrailed.bind")` method is called with, once for each run of a cell. */
export interface CellContext {
  readonly cellId: number;
  /** Aborted when the run is invalidated: an input changed, the cell was redefined or is gone. */
  readonly signal: AbortSignal;
  /** What the cell was given, by name, unbound. */
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly onProgress: (progress: Progress) => void;
}

export interface RuntimeOptions {
  /**
   * The names that every cell sees. Each is a function that makes its value when a cell first asks for it; it may return a
   * promise, or a generator of changing values.
   */
  readonly builtins: Readonly<Record<string, () => unknown>>;
  /** Imports a module of this text, by a Blob URL in the browser. */
  readonly importModule: (text: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly onState?: (cellId: number, status: CellStatus) => void;
  /** Progress that a call reports into a cell; null when its run ends. */
  readonly onProgress?: (cellId: number, progress: Progress | null) => void;
  /** Shows a value in its own way, such as a table; null leaves it to the inspector. */
  readonly inspectValue?: (value: unknown) => Element | null;
  /** Errors are shown in the cell's element; false where the caller shows what `onState` tells. Default true. */
  readonly showErrors?: boolean;
}

/** How a cell came out, as the notebook runner writes it. */
export interface CellOutcome {
  readonly id: number;
  readonly name: string | null;
  readonly state: "fulfilled" | "rejected" | "pending";
  readonly error: string | null;
  readonly text: string;
  readonly ms: number;
  readonly format: "svg" | "html";
  readonly markup: string;
}

/** A notebook's live cells. */
export interface NotebookRuntime {
  /**
   * Defines or redefines cells: all as one module, or one by one where that can't be imported. A cell that can't be
   * imported by itself is rejected with the reason.
   */
  define(cells: readonly CellRun[]): Promise<void>;
  /** Drops a cell: stops its run, forgets its names, empties its element. */
  undefine(cellId: number): void;
  status(cellId: number): CellStatus | undefined;
  /** The names that cells define, and the cell of each. */
  names(): ReadonlyMap<string, number>;
  /** The value of a name, once it has one; rejects as its cell does, and where no cell defines it. */
  valueOf(name: string): Promise<unknown>;
  /** Every cell's outcome, when each has its first value or error, or after `timeout` ms. */
  settled(timeout: number): Promise<CellOutcome[]>;
  dispose(): void;
}
