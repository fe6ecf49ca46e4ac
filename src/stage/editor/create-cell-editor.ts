import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import type { CompletionContext } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightSpecialChars,
  keymap,
} from "@codemirror/view";
import type { CellMode } from "../../notebook/types.ts";
import { completeInterpolation, completeNames } from "./complete-names.ts";
import { completeSql } from "./complete-sql.ts";
import { cellHighlighter } from "./highlight-style.ts";
import { editorKeys } from "./keys.ts";
import { cellLanguage } from "./languages.ts";
import type { CellEditor, CellEditorOptions, Completions } from "./types.ts";

const fromOutside = Annotation.define<boolean>();

/** Puts an editor into `parent`. What the reader types reaches onChange, the notebook's keys onCommand. */
export function createCellEditor(options: CellEditorOptions): CellEditor {
  const language = new Compartment();
  const editable = new Compartment();
  const theme = new Compartment();
  const label = options.label ?? "Source";

  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.value,
      extensions: [
        editorKeys(options.onCommand),
        keymap.of(closeBracketsKeymap),
        history(),
        drawSelection(),
        dropCursor(),
        highlightSpecialChars(),
        highlightSelectionMatches({ minSelectionLength: 3 }),
        indentOnInput(),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        EditorState.allowMultipleSelections.of(true),
        bracketMatching(),
        closeBrackets(),
        search({ top: true }),
        autocompletion({
          icons: false,
          maxRenderedOptions: 60,
          activateOnTypingDelay: 60,
          defaultKeymap: false,
        }),
        syntaxHighlighting(cellHighlighter),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label }),
        language.of(languageOf(options.mode, options.complete)),
        editable.of(editableOf(options.readOnly)),
        theme.of(EditorView.theme({}, { dark: options.dark })),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          if (update.transactions.some((t) => t.annotation(fromOutside))) return;
          options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });

  return {
    dom: view.dom,
    value: () => view.state.doc.toString(),
    setValue(value) {
      const before = view.state.doc.toString();
      if (value === before) return;
      view.dispatch({
        changes: changedSpan(before, value),
        annotations: fromOutside.of(true),
      });
    },
    setMode(mode) {
      view.dispatch({ effects: language.reconfigure(languageOf(mode, options.complete)) });
    },
    setReadOnly(readOnly) {
      view.dispatch({ effects: editable.reconfigure(editableOf(readOnly)) });
    },
    setDark(dark) {
      view.dispatch({ effects: theme.reconfigure(EditorView.theme({}, { dark })) });
    },
    cursor: () => view.state.selection.main.head,
    focus(at) {
      view.focus();
      if (at === undefined) return;
      const length = view.state.doc.length;
      const anchor = at === "start" ? 0 : at === "end" ? length : Math.min(at, length);
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
    },
    hasFocus: () => view.hasFocus,
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste" });
    },
    destroy: () => view.destroy(),
  };
}

function languageOf(mode: CellMode, complete: () => Completions): Extension {
  const support = cellLanguage(mode);
  const script = mode === "js" || mode === "ts" || mode === "ojs" || mode === "node";
  const sources: ((context: CompletionContext) => unknown)[] = script
    ? [(context) => completeNames(context, complete)]
    : [(context) => completeInterpolation(context, complete)];
  if (mode === "sql") sources.push((context) => completeSql(context, complete));
  return [
    support ?? [],
    EditorState.languageData.of(() => sources.map((autocomplete) => ({ autocomplete }))),
  ];
}

function editableOf(readOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of(readOnly ? { "aria-readonly": "true" } : {}),
  ];
}

/** The one span in which two texts differ, so that a cursor outside it stays where it is. */
function changedSpan(before: string, after: string) {
  let from = 0;
  const shortest = Math.min(before.length, after.length);
  while (from < shortest && before[from] === after[from]) ++from;
  let same = 0;
  while (
    same < shortest - from &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  )
    ++same;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
