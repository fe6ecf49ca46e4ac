import { setDatabase } from "../../notebook/edit/set-database.ts";
import { setOutput } from "../../notebook/edit/set-output.ts";
import { setValue } from "../../notebook/edit/set-value.ts";
import { type Cell, type Notebook, runnableModes } from "../../notebook/types.ts";
import { createActions, sentence } from "./actions.ts";
import { failureSentence } from "./cell-failure.ts";
import { createCellList } from "./cell-list.ts";
import type { CellEvents } from "./cell-view.ts";
import { allCommands, type CommandName } from "./commands.ts";
import { createSession } from "./create-session.ts";
import { createDocument, type Document } from "./document.ts";
import { createEditorLoader } from "./editor-loader.ts";
import { element } from "./element.ts";
import { listenToKeys } from "./keyboard.ts";
import { createLayers, type Layers } from "./layers.ts";
import { modeNames } from "./mode-names.ts";
import { renderPlacard } from "./render-placard.ts";
import { createReports } from "./reports.ts";
import { createToasts } from "./toasts.ts";
import type { CellReport, ViewAction, ViewOpenOptions, ViewOptions, ViewPlacard } from "./types.ts";
import { createViewState, forgetCells } from "./view-state.ts";
import { watchFocus } from "./watch-focus.ts";

/** The notebook on the page. */
export interface View {
  /** Shows a document from its beginning. With `run` the caller goes on to run all its cells. */
  open(options: ViewOpenOptions): void;
  /** Where the runtime displays this cell, the same element for the cell's life; null when there is no such cell. */
  output(id: number): HTMLElement | null;
  /** How a cell stands now; a cell that is gone is passed over. */
  report(id: number, report: CellReport): void;
  notebook(): Notebook;
  setReadOnly(readOnly: boolean): void;
  setDark(dark: boolean): void;
  setPlacard(placard: ViewPlacard | null): void;
  /** Does what the palette would; also "add-cell" and "focus". */
  command(command: CommandName | "add-cell" | "focus"): void;
  /** Brings a cell into view and selects it. */
  reveal(id: number): void;
  /** Types text into the cell that was written in last, else into a new cell below the selected one. */
  insert(text: string): void;
  toast(text: string, action?: ViewAction): void;
  /** Tells the host at once of what has just been typed. */
  flush(): void;
  dispose(): void;
}

const emptyNotebook: Notebook = { title: "", theme: "air", readOnly: false, cells: [] };
const editsDocument: ReadonlySet<string> = new Set(
  allCommands.filter((command) => command.edits).map((command) => command.name),
);

/** Fills `root` with the view of a notebook; `open` shows one. */
export function createNotebookView({ root, loadEditor, host }: ViewOptions): View {
  const state = createViewState();
  /** Cells that ran before they were deleted: run again when undo brings them back. */
  const hadRun = new WeakSet<Cell>();
  let shown = emptyNotebook;
  let doc: Document = newDocument(emptyNotebook);

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
    button.addEventListener("click", () => session.insert(doc.notebook.cells.length, { mode }));
    addRow.append(button);
  }
  const main = element("main", { class: "notebook" }, top, cellsElement, addRow);

  const editor = createEditorLoader(
    loadEditor,
    () => {
      for (const view of list.all()) view.source.highlight();
    },
    () => Array.from(list.all()).some((view) => view.run().state === "pending"),
  );
  const events: CellEvents = {
    command(id, command) {
      session.select(id);
      actions[command]();
    },
    editorCommand(id, command) {
      if (state.selected !== id) session.select(id);
      actions[command]();
    },
    menu: (id, anchor) => session.menu(id, anchor),
    insertBelow: (id, anchor) =>
      layers.chooseType(anchor, (mode) => session.insert(indexOf(id) + 1, { mode })),
    input(id, value) {
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
    toggle(id) {
      session.select(id, { focus: true });
      actions.fold();
    },
    reveal,
    displayed: () => reports.headings(),
    loadEditor: editor.load,
    editorModule: editor.loaded,
    dark: () => state.dark,
    complete: () => host.complete(),
  };
  const list = createCellList(cellsElement, events);
  const reports = createReports(host, () => doc.notebook, list.get);
  const session = createSession({
    host: {
      ...host,
      save() {
        doc.flush();
        host.save();
      },
    },
    state,
    list,
    doc: () => doc,
    toasts,
    reports,
    layers: () => layers,
    render,
  });
  const actions = createActions(session);
  const layers: Layers = createLayers({
    readOnly: () => state.readOnly,
    act: (command) => void actions[command](),
    onClose() {
      const view = state.selected === null ? undefined : list.get(state.selected);
      if (document.activeElement === document.body) view?.element.focus({ preventScroll: true });
    },
  });

  function newDocument(notebook: Notebook): Document {
    return createDocument(notebook, apply, (changed) => host.changed(changed));
  }

  function indexOf(id: number): number {
    return doc.notebook.cells.findIndex((cell) => cell.id === id);
  }

  function render(): void {
    const { selected, editing, readOnly } = state;
    list.render(doc.notebook, (cell, index) => ({
      cell,
      index,
      selected: cell.id === selected,
      tabbable: selected === null ? index === 0 : cell.id === selected,
      editing: cell.id === editing,
      open: session.isOpen(cell) || cell.id === editing,
      readOnly,
    }));
  }

  function apply(notebook: Notebook): void {
    const kept = new Set(notebook.cells.map(({ id }) => id));
    for (const cell of shown.cells)
      if (!kept.has(cell.id) && list.get(cell.id)?.run().ran) hadRun.add(cell);
    shown = notebook;
    const { made, gone } = list.update(notebook);
    forgetCells(state, gone);
    main.setAttribute("data-empty", String(notebook.cells.length === 0));
    render();
    if (gone.length) host.removed(gone);
    const again = notebook.cells.filter((cell) => made.includes(cell.id) && hadRun.has(cell));
    if (again.length) queueMicrotask(() => session.run(again.map(({ id }) => id)));
    reports.standing();
    reports.headings();
  }

  function reveal(id: number): void {
    const view = list.get(id);
    if (!view) return;
    session.select(id, { focus: true });
    view.element.scrollIntoView?.({ block: "start" });
    view.element.classList.remove("cell-found");
    void view.element.offsetWidth;
    view.element.classList.add("cell-found");
  }

  function setPlacard(placard: ViewPlacard | null): void {
    top.replaceChildren(...(placard ? [renderPlacard(placard, () => setPlacard(null))] : []));
  }

  const stopKeys = listenToKeys({
    run: (command) => actions[command](),
    scrolls(direction) {
      const view = state.selected === null ? undefined : list.get(state.selected);
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
    const editing = writing && !state.readOnly ? id : null;
    if (editing !== null) state.lastWritten = editing;
    if (state.selected === (id ?? state.selected) && state.editing === editing) return;
    if (state.editing !== null && state.editing !== editing) doc.flush();
    if (id !== null) state.selected = id;
    if (editing !== null) state.open.set(editing, true);
    state.editing = editing;
    render();
  });

  /** Whoever leaves the frame, for a button around it, expects what was typed to be known there. */
  const onBlur = () => doc.flush();
  window.addEventListener("blur", onBlur);

  root.replaceChildren(main, toasts.element, reports.element);

  return {
    open({ notebook, readOnly, dark, run, placard = null }) {
      layers.close();
      toasts.clear();
      doc.flush();
      forgetCells(state, list.update(emptyNotebook).gone);
      shown = emptyNotebook;
      Object.assign(state, { readOnly, dark, unrun: !run });
      doc = newDocument(notebook);
      main.setAttribute("aria-label", notebook.title || "Notebook");
      main.setAttribute("data-readonly", String(readOnly));
      apply(notebook);
      if (run) for (const view of list.all()) view.markRun();
      setPlacard(placard);
      if (notebook.cells.some(session.isOpen)) editor.loadWhenIdle();
    },
    output: (id) => list.get(id)?.root ?? null,
    report(id, report) {
      const view = list.get(id);
      if (!view) return;
      const before = view.run();
      view.report(report, performance.now());
      const { state: now, failure } = view.run();
      if (now !== before.state && (now === "fulfilled" || now === "rejected")) {
        if (state.asked.delete(id)) {
          reports.announce(`${view.label()}: ${failure ? failureSentence(failure) : "done"}`);
          if (failure && !failure.cause) state.open.set(id, true);
        }
        if (!before.ran || failure) render();
      }
      reports.standing();
      reports.headings();
    },
    notebook: () => doc.notebook,
    setReadOnly(readOnly) {
      doc.flush();
      state.readOnly = readOnly;
      if (readOnly) state.editing = null;
      main.setAttribute("data-readonly", String(readOnly));
      render();
    },
    setDark(dark) {
      state.dark = dark;
      for (const view of list.all()) view.source.setDark(dark);
    },
    setPlacard,
    command(command) {
      if (command === "focus") {
        const id = state.selected ?? doc.notebook.cells[0]?.id;
        if (id !== undefined) session.select(id, { focus: true });
      } else if (command === "add-cell") actions["insert-below"]();
      else if (!(state.readOnly && editsDocument.has(command))) actions[command]();
    },
    reveal,
    insert(text) {
      if (state.readOnly) return;
      const written = doc.notebook.cells.find(({ id }) => id === state.lastWritten);
      if (written && session.isOpen(written) && list.get(written.id)?.source.insert(text)) return;
      const index =
        state.selected === null ? doc.notebook.cells.length : indexOf(state.selected) + 1;
      session.insert(index, { mode: "js", value: text });
    },
    toast: (text, action) => toasts.show(text, action),
    flush: () => doc.flush(),
    dispose() {
      doc.flush();
      layers.close();
      stopKeys();
      stopFocus();
      window.removeEventListener("blur", onBlur);
      toasts.dispose();
      reports.dispose();
      list.update(emptyNotebook);
      root.replaceChildren();
    },
  };
}
