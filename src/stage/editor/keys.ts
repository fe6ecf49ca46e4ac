import {
  acceptCompletion,
  closeCompletion,
  completionKeymap,
  completionStatus,
  currentCompletions,
} from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { searchKeymap } from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { type EditorView, type KeyBinding, keymap } from "@codemirror/view";
import type { EditorCommand } from "./types.ts";

/**
 * Keys of the editor: the notebook's own first, then search, then the usual. Escape closes a list or a
 * search that is open before it leaves the cell; after it, Tab moves on as everywhere else.
 */
export function editorKeys(onCommand: (command: EditorCommand) => void): Extension {
  const ask = (command: EditorCommand) => () => {
    onCommand(command);
    return true;
  };
  const notebook: KeyBinding[] = [
    { key: "Shift-Enter", run: ask("run-advance") },
    { key: "Mod-Enter", run: ask("run") },
    { key: "Alt-Enter", run: ask("run-insert") },
    { key: "Mod-Shift-Enter", run: ask("run-all") },
    { key: "Mod-k", run: ask("palette") },
    { key: "Mod-s", run: ask("save") },
    { key: "Ctrl-Shift--", run: ask("split") },
    { key: "Ctrl-Shift-_", run: ask("split") },
  ];
  return [
    Prec.highest(
      keymap.of([
        { key: "Escape", run: closeList },
        ...completionKeymap.filter(({ key }) => key !== "Escape"),
      ]),
    ),
    Prec.high(keymap.of(notebook)),
    keymap.of([
      { key: "Tab", run: tab, shift: indentLess },
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Shift-Enter"),
      { key: "Escape", run: ask("leave") },
    ]),
  ];
}

/** Closes the list of completions; one that is only being made gives way without keeping the key. */
function closeList(view: EditorView): boolean {
  const open = currentCompletions(view.state).length > 0;
  closeCompletion(view);
  return open;
}

function tab(view: EditorView): boolean {
  if (view.state.readOnly) return false;
  if (completionStatus(view.state) === "active") return acceptCompletion(view);
  if (view.state.selection.ranges.some((range) => !range.empty)) return indentMore(view);
  view.dispatch(view.state.replaceSelection(view.state.facet(indentUnit)), {
    userEvent: "input.indent",
    scrollIntoView: true,
  });
  return true;
}
