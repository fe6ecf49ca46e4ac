import { highlightCode } from "@lezer/highlight";
import type { CellMode } from "../../notebook/types.ts";
import { cellHighlighter } from "./highlight-style.ts";
import { cellLanguage } from "./languages.ts";

/** Above this many characters a source that is only shown stays plain. */
const longestHighlighted = 100_000;

/**
 * Source text as spans with the classes of editor.css, for sources that are shown but not being edited.
 * Very long texts stay plain, as does a cell type without a grammar.
 */
export function highlightSource(text: string, mode: CellMode): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const language = cellLanguage(mode);
  if (!language || text.length > longestHighlighted) {
    fragment.append(text);
    return fragment;
  }
  highlightCode(
    text,
    language.language.parser.parse(text),
    cellHighlighter,
    (code, classes) => {
      if (!classes) return fragment.append(code);
      const span = document.createElement("span");
      span.className = classes;
      span.textContent = code;
      fragment.append(span);
    },
    () => fragment.append("\n"),
  );
  return fragment;
}
