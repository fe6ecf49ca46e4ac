import type { Cell, Notebook } from "../../../src/notebook/types.ts";
import { createNotebookView, type View } from "../../../src/stage/view/create-notebook-view.ts";
import type { EditorModule, ViewHost } from "../../../src/stage/view/types.ts";
import type { CellEditor, CellEditorOptions } from "../../../src/stage/editor/types.ts";

export interface Fixture {
  readonly view: View;
  readonly calls: [string, unknown][];
  readonly editors: Map<HTMLElement, CellEditor & { options: CellEditorOptions }>;
  cell(id: number): HTMLElement;
  ids(): number[];
  press(key: string, init?: KeyboardEventInit): boolean;
  /** Types into the editor of a cell. */
  type(id: number, text: string): void;
}

export function cellOf(id: number, value: string, more: Partial<Cell> = {}): Cell {
  return { id, mode: "js", value, pinned: false, hidden: false, ...more };
}

export function notebookOf(...cells: Cell[]): Notebook {
  return { title: "Test", theme: "air", readOnly: false, cells };
}

/** A view with a host that writes down what it is asked, and an editor that is a text area. */
export function openView(
  notebook: Notebook,
  { readOnly = false, run = true }: { readOnly?: boolean; run?: boolean } = {},
): Fixture {
  const calls: [string, unknown][] = [];
  const editors: Fixture["editors"] = new Map();
  const host: ViewHost = {
    changed: (next) => calls.push(["changed", next]),
    run: (ids) => calls.push(["run", [...ids]]),
    removed: (ids) => calls.push(["removed", [...ids]]),
    save: () => calls.push(["save", null]),
    status: (status) => calls.push(["status", status]),
    outline: (headings) => calls.push(["outline", headings]),
    complete: () => ({ cells: [], builtins: [], tables: [] }),
  };
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const view = createNotebookView({
    root,
    host,
    loadEditor: () => Promise.resolve(fakeEditor(editors)),
  });
  view.open({ notebook, readOnly, dark: false, run, placard: null });
  return {
    view,
    calls,
    editors,
    cell: (id) => {
      const node = document.querySelector<HTMLElement>(`#cell-${id}`);
      if (!node) throw new Error(`no cell ${id}`);
      return node;
    },
    ids: () =>
      [...document.querySelectorAll<HTMLElement>(".cell")].map((node) => Number(node.dataset.id)),
    press(key, init = {}) {
      const target = document.activeElement ?? document.body;
      const event = new KeyboardEvent("keydown", {
        key,
        bubbles: true,
        cancelable: true,
        ...init,
      });
      return !target.dispatchEvent(event);
    },
    type(id, text) {
      const parent = document.querySelector<HTMLElement>(`#cell-${id} .source-text`);
      const editor = parent && editors.get(parent);
      if (!editor) throw new Error(`cell ${id} has no editor`);
      editor.setValue(text);
      editor.options.onChange(text);
    },
  };
}

function fakeEditor(editors: Fixture["editors"]): EditorModule {
  return {
    highlightSource(text) {
      const fragment = document.createDocumentFragment();
      fragment.append(text);
      return fragment;
    },
    createCellEditor(options) {
      const dom = document.createElement("div");
      dom.className = "cm-editor";
      const area = document.createElement("textarea");
      area.value = options.value;
      dom.append(area);
      options.parent.append(dom);
      const editor = {
        options,
        dom,
        value: () => area.value,
        setValue: (value: string) => (area.value = value),
        setMode() {},
        setReadOnly: (readOnly: boolean) => (area.readOnly = readOnly),
        setDark() {},
        cursor: () => area.selectionStart,
        focus(at?: number | "start" | "end") {
          area.focus();
          if (typeof at === "number") area.setSelectionRange(at, at);
        },
        hasFocus: () => document.activeElement === area,
        insert(text: string) {
          area.value += text;
          options.onChange(area.value);
        },
        destroy: () => dom.remove(),
      };
      editors.set(options.parent, editor);
      return editor;
    },
  };
}
