import type { OutlineEntry } from "../protocol/stage.ts";
import { h } from "./element.ts";

/** The headings of the notebook; a click brings the cell into view. */
export function outlinePanel(onReveal: (cellId: number) => void): {
  element: HTMLElement;
  set: (entries: readonly OutlineEntry[]) => void;
} {
  const element = h("nav", { class: "outline", "aria-label": "Outline" });
  const set = (entries: readonly OutlineEntry[]) => {
    if (entries.length === 0) {
      element.replaceChildren(
        h(
          "p",
          { class: "empty" },
          "No headings yet. Markdown cells that start with # appear here.",
        ),
      );
      return;
    }
    const least = Math.min(...entries.map((entry) => entry.level));
    element.replaceChildren(
      h(
        "ul",
        {},
        ...entries.map((entry) =>
          h(
            "li",
            { "data-level": Math.min(4, entry.level - least + 1) },
            h(
              "button",
              { type: "button", onclick: () => onReveal(entry.cellId) },
              entry.text || "Untitled",
            ),
          ),
        ),
      ),
    );
  };
  set([]);
  return { element, set };
}
