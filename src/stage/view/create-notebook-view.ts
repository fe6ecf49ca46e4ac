import { type Cell, type CellMode, type Notebook, runnableModes } from "../../notebook/types.ts";
import { insertCell } from "../../notebook/edit/insert-cell.ts";
import { setDatabase } from "../../notebook/edit/set-database.ts";
import { setOutput } from "../../notebook/edit/set-output.ts";
import { setValue } from "../../notebook/edit/set-value.ts";
import { createActions, sentence } from "./actions.ts";
import { createCellList } from "./cell-list.ts";
import { cellMenu } from "./cell-menu.ts";
import type { CellEvents } from "./cell-view.ts";
import { failureSentence } from "./cell-failure.ts";
import { allCommands, type Command, type CommandName } from "./commands.ts";
import { createDocument, type Document } from "./document.ts";
import { element } from "./element.ts";
import { listenToKeys } from "./keyboard.ts";
import { openKeyboardHelp } from "./keyboard-help.ts";
import { isRunnable, modeNames } from "./mode-names.ts";
import { openMenu } from "./open-menu.ts";
import { openPalette } from "./palette.ts";
import { renderPlacard } from "./render-placard.ts";
import { createReports } from "./reports.ts";
import type { Session } from "./session.ts";
import { createToasts } from "./toasts.ts";
import type {
  CellReport,
  EditorModule,
  ViewAction,
  ViewOpenOptions,
  ViewOptions,
  ViewPlacard,
} from "./types.ts";
import { watchFocus } from "./watch-focus.ts";

/** The notebook on the page. */
export interface View {
  /** Shows a document from its beginning; cells are marked as not run until reports say otherwise. */
  open(options: ViewOpenOptions): void;
  /** Where the runtime displays this cell, or null when there is no such cell. */
  output(id: number): HTMLElement | null;
  /** How a cell stands now; of a cell that is gone it says nothing. */
  report(id: number, report: CellReport): void;
  notebook(): Notebook;
  setReadOnly(readOnly: boolean): void;
  setDark(dark: boolean): void;
  setPlacard(placard: ViewPlacard | null): void;
  /** Does what the palette would; also "add-cell" and "focus". */
  command(command: CommandName | "add-cell" | "focus"): void;
  /** Brings a cell into view and selects it. */
  reveal(id: number): void;
  /** Types text into the cell being edited, else into a new cell below. */
  insert(text: string): void;
  toast(text: string, action?: ViewAction): void;
  /** Tells the host at once of what has just been typed. */
  flush(): void;
  dispose(): void;
}

const editsDocument: ReadonlySet<string> = new Set(
  allCommands.filter((command) => command.edits).map((command) => command.name),
);

const emptyNotebook: Notebook = { title: "", theme: "air", readOnly: false, cells: [] };

/** Fills `root` with the view of a notebook; `open` shows one. */
export function createNotebookView({ root, loadEditor, host }: ViewOptions): View {
  let readOnly = false;
  let dark = false;
  let unrun = false;
  let selected: number | null = null;
  let editing: number | null = null;
  let closeLayer: (() => void) | null = null;
  let module: EditorModule | null = null;
  let loading: Promise<EditorModule> | null = null;
  let lastWritten: number | null = null;
  const overrides = new Map<number, boolean>();
  const asked = new Set<number>();
  /** Cells that ran before they were deleted: run again when undo brings them back. */
  const hadRun = new WeakSet<Cell>();
  let shown: Notebook = emptyNotebook;

  const toasts = createToasts();
  const top = element("div", { class: "notebook-top" });
  const cellsElement = element("div", { class: "cells" });
  const addRow = element("div", {
    class: "add-row",
    role: "group",
    "aria-label": "Add cell at the end",
  });
  for (const mode of runnableModes) {
    const button = element("button", { type: "button", class: "add-type" }, modeNames[mode]);
    button.addEventListener("click", () => session.insert(doc.notebook.cells.length, mode));
    addRow.append(button);
  }
  const main = element("main", { class: "notebook" }, top, cellsElement, addRow);

  const openEditor = () =>
    (loading ??= loadEditor().then(
      (loaded) => {
        module = loaded;
        for (const view of list.all()) view.source.highlight();
        return loaded;
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    ));

  const events: CellEvents = {
    command: (id, command) => {
      session.select(id);
      actions[command]();
    },
    editorCommand: (id, command) => {
      if (selected !== id) session.select(id);
      actions[command]();
    },
    menu: (id, anchor) => openCellMenu(id, anchor),
    insertBelow: (id, anchor) =>
      chooseType(anchor, (mode) => session.insert(indexOf(id) + 1, mode)),
    input: (id, value) => {
      lastWritten = id;
      session.edit(setValue(doc.notebook, id, value), { typing: id });
    },
    field(id, name, value) {
      try {
        session.edit(
          name === "output"
            ? setOutput(doc.notebook, id, value)
            : setDatabase(doc.notebook, id, `var:${value || "db"}`),
        );
      } catch (error) {
        session.toast(sentence(error));
      }
    },
    enter: (id, offset) => session.startEditing(id, offset),
    toggle: (id) => {
      session.select(id, { focus: true });
      actions.fold();
    },
    reveal: (id) => reveal(id),
    displayed: () => reports.headings(),
    loadEditor: openEditor,
    editorModule: () => module,
    dark: () => dark,
    complete: () => host.complete(),
  };
  const list = createCellList(cellsElement, events);
  let doc: Document = newDocument(emptyNotebook);
  const reports = createReports(host, () => doc.notebook, list.get);

  function newDocument(notebook: Notebook): Document {
    return createDocument(notebook, apply, (changed) => host.changed(changed));
  }

  const indexOf = (id: number) => doc.notebook.cells.findIndex((cell) => cell.id === id);
  const isOpen = (cell: Cell): boolean => {
    const override = overrides.get(cell.id);
    if (override !== undefined) return override;
    if (cell.pinned) return true;
    return unrun && list.get(cell.id)?.run().ran !== true;
  };

  const render = () =>
    list.render(doc.notebook, (cell, index) => ({
      cell,
      index,
      selected: cell.id === selected,
      tabbable: selected === null ? index === 0 : cell.id === selected,
      editing: cell.id === editing,
      open: isOpen(cell) || cell.id === editing,
      readOnly,
    }));

  function apply(notebook: Notebook): void {
    const kept = new Set(notebook.cells.map(({ id }) => id));
    for (const cell of shown.cells)
      if (!kept.has(cell.id) && list.get(cell.id)?.run().ran) hadRun.add(cell);
    shown = notebook;
    const { made, gone } = list.update(notebook);
    for (const id of gone) overrides.delete(id);
    if (selected !== null && gone.includes(selected)) selected = null;
    if (editing !== null && gone.includes(editing)) editing = null;
    main.setAttribute("data-empty", String(notebook.cells.length === 0));
    render();
    if (gone.length) host.removed(gone);
    const again = notebook.cells
      .filter((cell) => made.includes(cell.id) && hadRun.has(cell))
      .map(({ id }) => id);
    if (again.length) queueMicrotask(() => session.run(again));
    reports.standing();
    reports.headings();
  }

  const layer = (close: () => void) => {
    closeLayer?.();
    closeLayer = close;
  };
  const back = () => {
    closeLayer = null;
    const view = selected === null ? undefined : list.get(selected);
    if (view && document.activeElement === document.body)
      view.element.focus({ preventScroll: true });
  };
  const available = (command: Command) => !(readOnly && command.edits);

  function chooseType(anchor: HTMLElement, onChoose: (mode: CellMode) => void): void {
    layer(
      openMenu({
        label: "Type of the new cell",
        anchor,
        groups: [
          runnableModes.map((mode) => ({ label: modeNames[mode], run: () => onChoose(mode) })),
        ],
      }),
    );
  }

  function openCellMenu(id: number, anchor: HTMLElement): void {
    const index = indexOf(id);
    const cell = doc.notebook.cells[index];
    if (!cell || readOnly) return;
    session.select(id);
    const where = {
      open: isOpen(cell),
      first: index === 0,
      last: index === doc.notebook.cells.length - 1,
    };
    const groups = cellMenu(
      cell,
      where,
      session.clipboard !== null,
      (name) => void actions[name](),
    );
    layer(openMenu({ label: "Cell", anchor, groups }));
  }

  function reveal(id: number): void {
    const view = list.get(id);
    if (!view) return;
    session.select(id, { focus: true });
    view.element.scrollIntoView?.({ block: "start", behavior: "auto" });
    view.element.classList.remove("cell-found");
    void view.element.offsetWidth;
    view.element.classList.add("cell-found");
  }

  /** Undo or redo, and goes to the cell that it brought back or changed. */
  function stepBack(step: () => boolean): boolean {
    const before = new Set(doc.notebook.cells);
    if (!step()) return false;
    toasts.clear();
    const changed = doc.notebook.cells.find((cell) => !before.has(cell));
    if (changed) session.select(changed.id, { focus: true, scroll: true });
    return true;
  }

  const session: Session = {
    host,
    clipboard: null,
    notebook: () => doc.notebook,
    readOnly: () => readOnly,
    selected: () => selected,
    editing: () => editing,
    view: list.get,
    isOpen,
    edit: (next, kind) => !readOnly && doc.edit(next, kind),
    undo: () => !readOnly && stepBack(doc.undo),
    redo: () => !readOnly && stepBack(doc.redo),
    select(id, { focus = false, scroll = false } = {}) {
      const view = list.get(id);
      if (!view) return;
      selected = id;
      render();
      if (focus) view.element.focus({ preventScroll: true });
      if (scroll) view.element.scrollIntoView?.({ block: "nearest" });
    },
    setOpen(id, open) {
      if (open === null) overrides.delete(id);
      else overrides.set(id, open);
      render();
    },
    startEditing(id, at) {
      const view = list.get(id);
      if (!view) return;
      selected = id;
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
      if (editing !== null) list.get(editing)?.element.focus({ preventScroll: true });
    },
    run(ids) {
      const runs = doc.notebook.cells.filter((cell) => ids.includes(cell.id) && isRunnable(cell));
      if (runs.length === 0) return;
      doc.flush();
      for (const { id } of runs) {
        list.get(id)?.markRun();
        if (runs.length === 1) asked.add(id);
      }
      render();
      host.run(runs.map(({ id }) => id));
      reports.standing();
    },
    toast: (text, action) => toasts.show(text, action),
    menu(id) {
      const view = list.get(id);
      if (view)
        openCellMenu(id, view.element.querySelector<HTMLElement>(".cell-menu") ?? view.element);
    },
    palette: () =>
      layer(openPalette({ available, onChoose: (name) => void actions[name](), onClose: back })),
    help: () => layer(openKeyboardHelp(available, back)),
    insert(index, mode) {
      const before = new Set(doc.notebook.cells.map(({ id }) => id));
      if (!session.edit(insertCell(doc.notebook, index, { mode }))) return;
      const made = doc.notebook.cells.find(({ id }) => !before.has(id));
      if (!made) return;
      session.select(made.id, { focus: true, scroll: true });
      session.startEditing(made.id, "end");
    },
  };
  const actions = createActions(session);

  const stopKeys = listenToKeys({
    run: (command) => actions[command](),
    scrolls(direction) {
      const view = selected === null ? undefined : list.get(selected);
      if (!view || document.activeElement !== view.element) return true;
      const box = view.element.getBoundingClientRect();
      return direction > 0 ? box.bottom > window.innerHeight + 40 : box.top < -40;
    },
    leaveOutput(target) {
      const id = Number(target.closest<HTMLElement>(".cell")?.dataset.id);
      if (!list.get(id)) return false;
      session.select(id, { focus: true });
      return true;
    },
  });
  const stopFocus = watchFocus(cellsElement, (id, writing) => {
    const nowEditing = writing && !readOnly ? id : null;
    if (id !== null && writing) lastWritten = id;
    if (selected === (id ?? selected) && editing === nowEditing) return;
    if (id !== null) selected = id;
    if (editing !== null && nowEditing !== editing) doc.flush();
    if (nowEditing !== null) overrides.set(nowEditing, true);
    editing = nowEditing;
    render();
  });

  root.replaceChildren(main, toasts.element, reports.element);

  return {
    open(options) {
      closeLayer?.();
      toasts.clear();
      readOnly = options.readOnly;
      dark = options.dark;
      unrun = !options.run;
      selected = editing = lastWritten = null;
      overrides.clear();
      asked.clear();
      list.update(emptyNotebook);
      shown = emptyNotebook;
      doc = newDocument(options.notebook);
      main.setAttribute("aria-label", options.notebook.title || "Notebook");
      main.setAttribute("data-readonly", String(readOnly));
      apply(options.notebook);
      this.setPlacard(options.placard ?? null);
      if (options.notebook.cells.some(isOpen)) whenIdle(() => void openEditor().catch(() => {}));
    },
    output: (id) => list.get(id)?.root ?? null,
    report(id, report) {
      const view = list.get(id);
      if (!view) return;
      const before = view.run();
      view.report(report, performance.now());
      const after = view.run();
      if (
        after.state !== before.state &&
        (after.state === "fulfilled" || after.state === "rejected")
      ) {
        if (asked.delete(id)) {
          const failed = after.state === "rejected" && after.failure;
          reports.announce(`${view.label()}: ${failed ? failureSentence(failed) : "done"}`);
          if (failed && !failed.cause) overrides.set(id, true);
        }
        if (!before.ran || after.state === "rejected") render();
      }
      reports.standing();
      reports.headings();
    },
    notebook: () => doc.notebook,
    setReadOnly(next) {
      readOnly = next;
      main.setAttribute("data-readonly", String(readOnly));
      if (readOnly) editing = null;
      doc.flush();
      render();
    },
    setDark(next) {
      dark = next;
      for (const view of list.all()) view.source.setDark(dark);
    },
    setPlacard(placard) {
      top.replaceChildren(
        ...(placard ? [renderPlacard(placard, () => this.setPlacard(null))] : []),
      );
    },
    command(command) {
      if (command === "focus") {
        const id = selected ?? doc.notebook.cells[0]?.id;
        if (id !== undefined) session.select(id, { focus: true });
      } else if (command === "add-cell") actions["insert-below"]();
      else if (!(readOnly && editsDocument.has(command))) actions[command]();
    },
    reveal,
    insert(text) {
      if (readOnly) return;
      const view = lastWritten === null ? undefined : list.get(lastWritten);
      if (view?.source.insert(text)) return;
      const index = selected === null ? doc.notebook.cells.length : indexOf(selected) + 1;
      const before = new Set(doc.notebook.cells.map(({ id }) => id));
      session.edit(insertCell(doc.notebook, index, { mode: "js", value: text }));
      const made = doc.notebook.cells.find(({ id }) => !before.has(id));
      if (made) session.startEditing(made.id, "end");
    },
    toast: (text, action) => toasts.show(text, action),
    flush: () => doc.flush(),
    dispose() {
      doc.flush();
      closeLayer?.();
      stopKeys();
      stopFocus();
      toasts.dispose();
      reports.dispose();
      list.update(emptyNotebook);
      root.replaceChildren();
    },
  };
}

/** Sources that stand open get their colours once the page has nothing better to do. */
function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: 3000 });
  else setTimeout(act, 500);
}
