import type { Cell } from "../../notebook/types.ts";
import type { CellEditor, Completions, EditorCommand } from "../editor/types.ts";
import { element } from "./element.ts";
import type { EditorModule } from "./types.ts";

export interface CellSourceEvents {
  readonly loadEditor: () => Promise<EditorModule>;
  /** The editor module when it has been loaded already. */
  readonly editorModule: () => EditorModule | null;
  readonly dark: () => boolean;
  readonly complete: () => Completions;
  readonly onInput: (value: string) => void;
  readonly onCommand: (command: EditorCommand) => void;
  /** The reader went for the source with pointer or keyboard. */
  readonly onEnter: (offset: number | undefined) => void;
}

/** A cell's source: plain text first, an editor once someone goes for it. */
export interface CellSource {
  readonly element: HTMLElement;
  update(cell: Cell, label: string, readOnly: boolean): void;
  /** Loads the editor when needed and puts the cursor into it. */
  focus(at?: number | "start" | "end"): Promise<void>;
  /** Colours the plain text, once the editor module is there. */
  highlight(): void;
  cursor(): number;
  insert(text: string): boolean;
  hasFocus(): boolean;
  setDark(dark: boolean): void;
  dispose(): void;
}

export function createCellSource(initial: Cell, events: CellSourceEvents): CellSource {
  const plain = element("pre", { class: "source-plain", tabindex: 0, translate: "no" });
  const place = element("div", { class: "source-text" }, plain);
  let cell = initial;
  let label = "Source";
  let readOnly = false;
  let editor: CellEditor | null = null;
  let opening: Promise<CellEditor> | null = null;
  let shown: string | null = null;
  let disposed = false;

  const show = () => {
    if (editor) return;
    const module = events.editorModule();
    const key = `${module ? "y" : "n"}${cell.mode} ${cell.value}`;
    if (key === shown) return;
    shown = key;
    plain.replaceChildren(module ? module.highlightSource(cell.value, cell.mode) : cell.value);
    if (!cell.value) plain.append(element("span", { class: "source-none" }, "empty"));
  };

  plain.addEventListener("pointerup", (event) => {
    if (readOnly || event.button !== 0 || !getSelection()?.isCollapsed) return;
    events.onEnter(offsetAt(plain, event));
  });
  plain.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    event.stopPropagation();
    events.onEnter(undefined);
  });

  const open = (): Promise<CellEditor> =>
    (opening ??= events.loadEditor().then(
      (module) => {
        if (disposed) throw new DOMException("cell is gone", "AbortError");
        const had = document.activeElement === plain;
        plain.remove();
        editor = module.createCellEditor({
          parent: place,
          mode: cell.mode,
          value: cell.value,
          readOnly,
          dark: events.dark(),
          label,
          onChange: events.onInput,
          onCommand: events.onCommand,
          complete: events.complete,
        });
        if (had) editor.focus();
        return editor;
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    ));

  return {
    element: place,
    update(next, nextLabel, nextReadOnly) {
      const before = cell;
      cell = next;
      label = nextLabel;
      plain.setAttribute("aria-label", label);
      plain.setAttribute("role", "textbox");
      plain.setAttribute("aria-readonly", "true");
      plain.setAttribute("aria-multiline", "true");
      if (editor) {
        if (before.mode !== next.mode) editor.setMode(next.mode);
        if (readOnly !== nextReadOnly) editor.setReadOnly(nextReadOnly);
        editor.setValue(next.value);
      }
      readOnly = nextReadOnly;
      show();
    },
    async focus(at) {
      const opened = editor ?? (await open());
      if (!disposed) opened.focus(at);
    },
    highlight: show,
    cursor: () => editor?.cursor() ?? cell.value.length,
    insert(text) {
      if (!editor || readOnly) return false;
      editor.insert(text);
      return true;
    },
    hasFocus: () => editor?.hasFocus() ?? false,
    setDark: (dark) => editor?.setDark(dark),
    dispose() {
      disposed = true;
      editor?.destroy();
    },
  };
}

interface CaretDocument {
  caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
  caretRangeFromPoint?(x: number, y: number): Range | null;
}

/** Where in the text of `plain` the pointer is, or undefined where the browser can't tell. */
function offsetAt(plain: HTMLElement, { clientX, clientY }: PointerEvent): number | undefined {
  const caret = document as unknown as CaretDocument;
  const position = caret.caretPositionFromPoint?.(clientX, clientY);
  const range = position ? null : caret.caretRangeFromPoint?.(clientX, clientY);
  const node = position?.offsetNode ?? range?.startContainer;
  const offset = position?.offset ?? range?.startOffset;
  if (!node || offset === undefined || !plain.contains(node)) return undefined;
  const before = document.createRange();
  before.setStart(plain, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}
