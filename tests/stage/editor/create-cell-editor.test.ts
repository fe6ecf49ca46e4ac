// @vitest-environment jsdom
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createCellEditor, highlightSource } from "../../../src/stage/editor/index.ts";
import type { CellEditor, CellEditorOptions } from "../../../src/stage/editor/index.ts";

let editor: CellEditor | undefined;
let changes: string[] = [];
let commands: string[] = [];

beforeAll(() => {
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect ??= () => new DOMRect();
});
afterEach(() => {
  editor?.destroy();
  editor = undefined;
  document.body.replaceChildren();
});

function open(options: Partial<CellEditorOptions> = {}): CellEditor {
  changes = [];
  commands = [];
  const parent = document.createElement("div");
  document.body.append(parent);
  editor = createCellEditor({
    parent,
    mode: "js",
    value: "const a = 1;",
    readOnly: false,
    dark: false,
    label: "Source of cell 1",
    onChange: (value) => changes.push(value),
    onCommand: (command) => commands.push(command),
    complete: () => ({ cells: [], builtins: [], tables: [] }),
    ...options,
  });
  return editor;
}

function press(key: string, init: KeyboardEventInit = {}): boolean {
  const content = document.querySelector(".cm-content") as HTMLElement;
  const codes: Record<string, number> = { Enter: 13, Tab: 9, Escape: 27 };
  const keyCode = codes[key] ?? key.toUpperCase().charCodeAt(0);
  return !content.dispatchEvent(
    new KeyboardEvent("keydown", { key, keyCode, bubbles: true, cancelable: true, ...init }),
  );
}

describe("createCellEditor", () => {
  it("tells of what is typed and not of what is set", () => {
    const made = open();
    made.setValue("const a = 2;");
    expect(changes).toEqual([]);
    made.focus("end");
    made.insert(" a");
    expect(changes).toEqual(["const a = 2; a"]);
    expect(made.value()).toBe("const a = 2; a");
  });

  it("keeps the cursor where it was when the text changes elsewhere", () => {
    const made = open({ value: "one two three" });
    made.focus(4);
    made.setValue("one two four");
    expect(made.cursor()).toBe(4);
    made.focus(999);
    expect(made.cursor()).toBe(12);
  });

  it("hands the notebook's keys on", () => {
    open().focus();
    expect(press("Enter", { shiftKey: true })).toBe(true);
    press("Enter", { ctrlKey: true });
    press("Enter", { altKey: true });
    press("k", { ctrlKey: true });
    press("s", { ctrlKey: true });
    press("Escape");
    expect(commands).toEqual(["run-advance", "run", "run-insert", "palette", "save", "leave"]);
    expect(changes).toEqual([]);
  });

  it("indents with Tab, and lets Tab pass where it is read-only", () => {
    open({ value: "" }).focus();
    expect(press("Tab")).toBe(true);
    expect(editor?.value()).toBe("  ");
    editor?.setReadOnly(true);
    expect(press("Tab")).toBe(false);
    expect(editor?.value()).toBe("  ");
  });

  it("has a name for screen readers and says when it is read-only", () => {
    open({ readOnly: true });
    const content = document.querySelector(".cm-content");
    expect(content?.getAttribute("aria-label")).toBe("Source of cell 1");
    expect(content?.getAttribute("aria-readonly")).toBe("true");
  });

  it("opens for every type, also those without a grammar", () => {
    for (const mode of ["js", "ts", "md", "html", "sql", "tex", "python", "r", "dot"] as const) {
      open({ mode, value: "x = 1" });
      expect(editor?.value()).toBe("x = 1");
      editor?.setMode("md");
      editor?.destroy();
    }
  });
});

describe("highlightSource", () => {
  it("keeps the text whole and marks its parts", () => {
    const text = 'const a = "b"; // c\nlet d = 1';
    const host = document.createElement("pre");
    host.append(highlightSource(text, "js"));
    expect(host.textContent).toBe(text);
    expect(host.querySelector(".tok-keyword")?.textContent).toBe("const");
    expect(host.querySelector(".tok-string")?.textContent).toBe('"b"');
    expect(host.querySelector(".tok-comment")?.textContent).toBe("// c");
  });

  it("leaves markup of the source as text", () => {
    const host = document.createElement("pre");
    host.append(highlightSource("<img src=x onerror=alert(1)>", "html"));
    expect(host.querySelector("img")).toBeNull();
    expect(host.textContent).toBe("<img src=x onerror=alert(1)>");
  });

  it("leaves very long text plain", () => {
    const text = "let a = 1;\n".repeat(10_000);
    const host = document.createElement("pre");
    host.append(highlightSource(text, "js"));
    expect(host.children).toHaveLength(0);
    expect(host.textContent).toBe(text);
  });
});
