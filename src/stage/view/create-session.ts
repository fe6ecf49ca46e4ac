import { insertCell } from "../../notebook/edit/insert-cell.ts";
import type { CellList } from "./cell-list.ts";
import type { Document } from "./document.ts";
import type { Layers } from "./layers.ts";
import { isRunnable } from "./mode-names.ts";
import type { Reports } from "./reports.ts";
import type { Session } from "./session.ts";
import type { Toasts } from "./toasts.ts";
import type { ViewHost } from "./types.ts";
import { isOpen, type ViewState } from "./view-state.ts";

export interface SessionParts {
  readonly host: ViewHost;
  readonly state: ViewState;
  readonly list: CellList;
  /** The document now: another one after each `open`. */
  readonly doc: () => Document;
  readonly toasts: Toasts;
  readonly reports: Reports;
  readonly layers: () => Layers;
  /** Hands what has changed to the cells on the page. */
  readonly render: () => void;
}

/** What commands act upon, made of the view's parts. */
export function createSession(parts: SessionParts): Session {
  const { host, state, list, doc, toasts, reports, render } = parts;
  const cells = () => doc().notebook.cells;

  /** Undo or redo, and goes to the cell that it brought back or changed. */
  const stepBack = (step: () => boolean): boolean => {
    const before = new Set(cells());
    if (state.readOnly || !step()) return false;
    toasts.clear();
    const changed = cells().find((cell) => !before.has(cell));
    if (changed) session.select(changed.id, { focus: true, scroll: true });
    return true;
  };

  const session: Session = {
    host,
    clipboard: null,
    notebook: () => doc().notebook,
    readOnly: () => state.readOnly,
    selected: () => state.selected,
    editing: () => state.editing,
    view: list.get,
    isOpen: (cell) => isOpen(state, cell, list.get(cell.id)?.run().ran ?? false),
    edit: (next, kind) => !state.readOnly && doc().edit(next, kind),
    undo: () => stepBack(doc().undo),
    redo: () => stepBack(doc().redo),
    select(id, { focus = false, scroll = false } = {}) {
      const view = list.get(id);
      if (!view) return;
      state.selected = id;
      render();
      if (focus) view.element.focus({ preventScroll: true });
      if (scroll) view.element.scrollIntoView?.({ block: "nearest" });
    },
    setOpen(id, open) {
      if (open === null) state.open.delete(id);
      else state.open.set(id, open);
      render();
    },
    startEditing(id, at) {
      const view = list.get(id);
      if (!view) return;
      state.selected = id;
      session.setOpen(id, true);
      view.source.focus(at).catch((error: unknown) => {
        if (error instanceof DOMException && error.name === "AbortError") return;
        session.toast("The editor could not be loaded", {
          label: "Try again",
          run: () => session.startEditing(id, at),
        });
      });
    },
    stopEditing() {
      if (state.editing !== null) list.get(state.editing)?.element.focus({ preventScroll: true });
    },
    run(ids) {
      const wanted = new Set(ids);
      const runs = cells().filter((cell) => wanted.has(cell.id) && isRunnable(cell));
      if (runs.length === 0) return;
      doc().flush();
      for (const { id } of runs) {
        list.get(id)?.markRun();
        if (runs.length === 1) state.asked.add(id);
      }
      render();
      host.run(runs.map(({ id }) => id));
      reports.standing();
    },
    toast: (text, action) => toasts.show(text, action),
    menu(id, anchor) {
      const index = cells().findIndex((cell) => cell.id === id);
      const view = list.get(id);
      if (!view || state.readOnly) return;
      session.select(id);
      const button = anchor ?? view.element.querySelector<HTMLElement>(".cell-menu");
      const where = {
        open: session.isOpen(cells()[index]),
        first: index === 0,
        last: index === cells().length - 1,
      };
      parts
        .layers()
        .cellMenu(button ?? view.element, cells()[index], where, session.clipboard !== null);
    },
    palette: () => parts.layers().palette(),
    help: () => parts.layers().help(),
    insert(index, cell) {
      const before = new Set(cells().map(({ id }) => id));
      if (!session.edit(insertCell(doc().notebook, index, cell))) return;
      const made = cells().find(({ id }) => !before.has(id));
      if (!made) return;
      session.select(made.id, { focus: true, scroll: true });
      session.startEditing(made.id, "end");
    },
  };
  return session;
}
