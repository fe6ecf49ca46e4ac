import type { Notebook } from "../../notebook/types.ts";
import type { EditOptions } from "./session.ts";

/** The document being shown, with its history; tells the host of edits, of typing after a short rest. */
export interface Document {
  readonly notebook: Notebook;
  edit(next: Notebook, options?: EditOptions): boolean;
  undo(): boolean;
  redo(): boolean;
  /** Tells of what has been typed now, not after the rest. */
  flush(): void;
}

const rest = 150;
const deepest = 500;

/** `onApply` is called at every change, with what was before; `onChanged` when the host is to know. */
export function createDocument(
  opened: Notebook,
  onApply: (next: Notebook) => void,
  onChanged: (notebook: Notebook) => void,
): Document {
  let notebook = opened;
  const past: Notebook[] = [];
  let future: Notebook[] = [];
  let together: string | undefined;
  let timer = 0;
  let untold = false;

  const flush = () => {
    clearTimeout(timer);
    if (!untold) return;
    untold = false;
    onChanged(notebook);
  };
  const apply = (next: Notebook, later: boolean) => {
    notebook = next;
    onApply(next);
    untold = true;
    clearTimeout(timer);
    if (later) timer = window.setTimeout(flush, rest);
    else flush();
  };

  return {
    get notebook() {
      return notebook;
    },
    edit(next, options = {}) {
      if (next === notebook) return false;
      const joins = options.together !== undefined && options.together === together;
      if (!joins) past.push(notebook);
      if (past.length > deepest) past.shift();
      together = options.together;
      future = [];
      apply(next, options.together !== undefined);
      return true;
    },
    undo() {
      const before = past.pop();
      if (!before) return false;
      future.push(notebook);
      together = undefined;
      apply(before, false);
      return true;
    },
    redo() {
      const after = future.pop();
      if (!after) return false;
      past.push(notebook);
      together = undefined;
      apply(after, false);
      return true;
    },
    flush,
  };
}
