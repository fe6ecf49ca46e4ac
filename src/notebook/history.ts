import type { Notebook } from "./types.ts";

/** How a document came to be, for coalescing. */
export interface EditKind {
  /** Typing in this cell: a run of such edits is one step. */
  readonly typing?: number;
  /** Milliseconds of any clock: a pause of more than a second ends a run of typing. */
  readonly at?: number;
}

/** The documents of one session of editing. */
export interface History {
  readonly current: Notebook;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Makes `notebook` the current document; what had been undone is forgotten. */
  push(notebook: Notebook, kind?: EditKind): void;
  /** Goes back one step and returns the document, or null where there is none. */
  undo(): Notebook | null;
  redo(): Notebook | null;
}

const pauseMs = 1000;

/** Undo and redo of whole documents, the last `limit` steps. Documents share what did not change, so a step costs little. */
export function createHistory(notebook: Notebook, { limit = 500 } = {}): History {
  let current = notebook;
  let past: Notebook[] = [];
  let future: Notebook[] = [];
  let last: EditKind = {};

  const continues = ({ typing, at }: EditKind): boolean =>
    typing !== undefined &&
    typing === last.typing &&
    past.length > 0 &&
    (at === undefined || last.at === undefined || at - last.at <= pauseMs);

  return {
    get current() {
      return current;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    push(next, kind = {}) {
      if (next === current) return;
      if (!continues(kind)) past = [...past, current].slice(-limit);
      current = next;
      future = [];
      last = kind;
    },
    undo() {
      const before = past.at(-1);
      if (!before) return null;
      past = past.slice(0, -1);
      future = [...future, current];
      current = before;
      last = {};
      return current;
    },
    redo() {
      const after = future.at(-1);
      if (!after) return null;
      future = future.slice(0, -1);
      past = [...past, current];
      current = after;
      last = {};
      return current;
    },
  };
}
