import { createHistory, type EditKind } from "../../notebook/history.ts";
import type { Notebook } from "../../notebook/types.ts";

/** The document being shown, with its history; tells the host of edits, of typing after a short rest. */
export interface Document {
  readonly notebook: Notebook;
  /** False when nothing changed. */
  edit(next: Notebook, kind?: EditKind): boolean;
  undo(): boolean;
  redo(): boolean;
  /** Tells of what has been typed now, not after the rest. */
  flush(): void;
}

const rest = 150;

/** `onApply` is called with every new document at once; `onChanged` when the host is to know of it. */
export function createDocument(
  opened: Notebook,
  onApply: (next: Notebook) => void,
  onChanged: (notebook: Notebook) => void,
): Document {
  const history = createHistory(opened);
  let timer = 0;
  let untold = false;

  const flush = () => {
    clearTimeout(timer);
    if (!untold) return;
    untold = false;
    onChanged(history.current);
  };
  const tell = (later: boolean) => {
    onApply(history.current);
    untold = true;
    clearTimeout(timer);
    if (later) timer = window.setTimeout(flush, rest);
    else flush();
  };

  return {
    get notebook() {
      return history.current;
    },
    edit(next, kind = {}) {
      if (next === history.current) return false;
      history.push(next, { at: performance.now(), ...kind });
      tell(kind.typing !== undefined);
      return true;
    },
    undo() {
      if (!history.undo()) return false;
      tell(false);
      return true;
    },
    redo() {
      if (!history.redo()) return false;
      tell(false);
      return true;
    },
    flush,
  };
}
