import { EngrailedError } from "../../base/errors.ts";
import type { Cell, CellMode } from "../../notebook/types.ts";
import { deleteCell } from "../../notebook/edit/delete-cell.ts";
import { insertCell } from "../../notebook/edit/insert-cell.ts";
import { mergeCells } from "../../notebook/edit/merge-cells.ts";
import { moveCell } from "../../notebook/edit/move-cell.ts";
import { setHidden } from "../../notebook/edit/set-hidden.ts";
import { setMode } from "../../notebook/edit/set-mode.ts";
import { setPinned } from "../../notebook/edit/set-pinned.ts";
import { splitCell } from "../../notebook/edit/split-cell.ts";
import type { CommandName } from "./commands.ts";
import type { Session } from "./session.ts";

/** What each command does; false when there was nothing to do and its key is to go on. */
export function createActions(session: Session): Record<CommandName, () => boolean> {
  const cells = () => session.notebook().cells;
  const at = () => cells().findIndex(({ id }) => id === session.selected());
  const current = (): Cell | undefined => cells()[at()];

  const withCell = (act: (cell: Cell, index: number) => boolean | void) => () => {
    const index = at();
    return index >= 0 && act(cells()[index], index) !== false;
  };
  const editCell = (act: (cell: Cell, index: number) => boolean | void) => () =>
    !session.readOnly() && withCell(act)();
  const go = (index: number) => {
    const cell = cells()[index];
    if (!cell) return false;
    session.select(cell.id, { focus: true, scroll: true });
    return true;
  };
  const setType = (mode: CellMode) =>
    editCell((cell) => {
      if (cell.mode !== mode) session.edit(setMode(session.notebook(), cell.id, mode));
    });
  const setAllOpen = (open: boolean) => () => {
    for (const { id } of cells()) session.setOpen(id, open);
    return true;
  };
  const remove = (cell: Cell, index: number, word: string) => {
    const focused = session.selected() === cell.id;
    if (!session.edit(deleteCell(session.notebook(), cell.id))) return false;
    if (focused && !go(index)) go(index - 1);
    session.toast(`Cell ${word}`, { label: "Undo", run: () => void session.undo() });
    return true;
  };
  const move = (step: 1 | -1) =>
    editCell((cell, index) => {
      const to = index + step;
      if (to < 0 || to >= cells().length) return;
      session.edit(moveCell(session.notebook(), cell.id, to));
      session.select(cell.id, { focus: session.editing() !== cell.id, scroll: true });
    });
  const step = (by: 1 | -1) => () => {
    const from = at();
    if (from < 0) return go(by > 0 ? firstInView(session) : cells().length - 1);
    return go(from + by) || true;
  };

  return {
    run: withCell(({ id }) => session.run([id])),
    "run-advance": withCell(({ id, pinned }, index) => {
      const writing = session.editing() === id;
      session.run([id]);
      if (!pinned) session.setOpen(id, null);
      const last = index === cells().length - 1;
      if (last && writing && !session.readOnly()) session.insert(index + 1, { mode: "js" });
      else go(last ? index : index + 1);
    }),
    "run-insert": editCell(({ id }, index) => {
      session.run([id]);
      session.insert(index + 1, { mode: "js" });
    }),
    "run-all": () => {
      session.run(cells().map(({ id }) => id));
      return true;
    },
    "run-edited": () => {
      const ids = cells()
        .map(({ id }) => id)
        .filter((id) => {
          const run = session.view(id)?.run();
          return run && (run.edited || !run.ran);
        });
      if (ids.length) session.run(ids);
      else session.toast("Every cell is up to date");
      return true;
    },
    edit: withCell(({ id }) => session.startEditing(id)),
    leave: () => {
      if (session.editing() !== null) session.stopEditing();
      else {
        const cell = current();
        if (!cell) return false;
        if (cell.pinned || !session.isOpen(cell)) go(at());
        else session.setOpen(cell.id, null);
      }
      return true;
    },
    fold: withCell((cell) => session.setOpen(cell.id, !session.isOpen(cell))),
    pin: editCell((cell) => {
      session.setOpen(cell.id, null);
      session.edit(setPinned(session.notebook(), cell.id, !cell.pinned));
    }),
    hide: editCell((cell) => {
      session.edit(setHidden(session.notebook(), cell.id, !cell.hidden));
      session.toast(cell.hidden ? "Its value will be shown" : "Its value will not be shown", {
        label: "Run cell",
        run: () => session.run([cell.id]),
      });
    }),
    "unfold-all": setAllOpen(true),
    "fold-all": setAllOpen(false),
    next: step(1),
    previous: step(-1),
    first: () => go(0),
    last: () => go(cells().length - 1),
    "next-failed": () => {
      const all = cells();
      const from = at();
      for (let i = 1; i <= all.length; ++i) {
        const j = (Math.max(from, -1) + i) % all.length;
        if (session.view(all[j].id)?.run().state === "rejected") return go(j);
      }
      session.toast("No cell has failed");
      return true;
    },
    "insert-above": editCell((_, index) => session.insert(index, { mode: "js" })),
    "insert-below": () => {
      if (session.readOnly()) return false;
      session.insert(at() < 0 ? cells().length : at() + 1, { mode: "js" });
      return true;
    },
    "move-up": move(-1),
    "move-down": move(1),
    split: editCell((cell) => {
      const offset = session.view(cell.id)?.source.cursor() ?? 0;
      if (!cell.value.slice(0, offset).trim() || !cell.value.slice(offset).trim())
        return session.toast("Put the cursor where the cell is to be split");
      const writing = session.editing() === cell.id;
      session.edit(splitCell(session.notebook(), cell.id, offset));
      const made = cells()[at() + 1];
      session.setOpen(cell.id, true);
      if (!made) return;
      session.setOpen(made.id, true);
      if (writing) session.startEditing(made.id, "start");
      else go(at() + 1);
    }),
    merge: editCell((cell, index) => {
      const next = cells()[index + 1];
      if (!next) return session.toast("There is no cell below to merge with");
      try {
        session.edit(mergeCells(session.notebook(), cell.id, next.id));
        session.setOpen(cell.id, true);
      } catch (error) {
        session.toast(sentence(error));
      }
    }),
    cut: editCell((cell, index) => {
      session.clipboard = cell;
      remove(cell, index, "cut");
    }),
    copy: withCell((cell) => {
      if (getSelection()?.toString()) return false;
      session.clipboard = cell;
      session.toast("Cell copied");
      return true;
    }),
    paste: () => {
      if (session.readOnly() || !session.clipboard) return false;
      const { mode, value, pinned, hidden, output, database } = session.clipboard;
      const before = new Set(cells().map(({ id }) => id));
      const index = at() < 0 ? cells().length : at() + 1;
      session.edit(
        insertCell(session.notebook(), index, { mode, value, pinned, hidden, output, database }),
      );
      const made = cells().find(({ id }) => !before.has(id));
      if (made) session.select(made.id, { focus: true, scroll: true });
      return true;
    },
    delete: editCell((cell, index) => remove(cell, index, "deleted")),
    "type-js": setType("js"),
    "type-ts": setType("ts"),
    "type-md": setType("md"),
    "type-html": setType("html"),
    "type-sql": setType("sql"),
    "type-tex": setType("tex"),
    undo: () => {
      if (!session.undo()) session.toast("Nothing to undo");
      return true;
    },
    redo: () => {
      if (!session.redo()) session.toast("Nothing to redo");
      return true;
    },
    save: () => {
      session.host.save();
      return true;
    },
    palette: () => {
      session.palette();
      return true;
    },
    help: () => {
      session.help();
      return true;
    },
    menu: withCell(({ id }) => session.menu(id)),
  };
}

/** An error of an edit as a sentence for the reader. */
export function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const help = error instanceof EngrailedError ? error.details.help : undefined;
  const text = `${message.slice(0, 1).toUpperCase()}${message.slice(1)}`;
  return help ? `${text}. ${help}` : text;
}

function firstInView(session: Session): number {
  const { cells } = session.notebook();
  const i = cells.findIndex(({ id }) => {
    const box = session.view(id)?.element.getBoundingClientRect();
    return box !== undefined && box.bottom > 8;
  });
  return Math.max(0, i);
}
