import { workError } from "../../base/errors.ts";
import { expandedOf, inspectValue, type Expanded } from "./inspect-value.ts";

const mostDisplays = 1_000;
const mostCalls = 100_000;
const mostText = 4_000_000;
const mostElements = 100_000;

/** What one cell shows, in its element. */
export interface CellOutput {
  readonly root: HTMLElement;
  /** Empties the element and begins to count anew. */
  clear(): void;
  /** Adds a value: an element, text or fragment of its own as it is, anything else inspected. */
  add(value: unknown): void;
  /** Shows one value in place of all. */
  show(value: unknown): void;
}

/**
 * Keeps a cell's output within what a page can bear: more than 1,000 values, 4 million characters or 100,000
 * elements in a run are cut, and the cell says so. A loop that goes on showing is ended by an error.
 */
export function createCellOutput(
  root: HTMLElement,
  inspectOwn: (value: unknown) => Element | null,
): CellOutput {
  let calls = 0;
  let text = 0;
  let cut = false;
  let expanded: Expanded[] = [];

  function clear(): void {
    expanded = Array.from(root.childNodes, expandedOf);
    root.replaceChildren();
    calls = 0;
    text = 0;
    cut = false;
  }

  function add(value: unknown): void {
    if (++calls > mostCalls)
      throw workError(
        `too much output: ${mostCalls.toLocaleString("en")} calls of display in a run`,
        {
          help: "Is there a loop that does not end?",
        },
      );
    if (cut) return;
    const flood =
      calls > mostDisplays ? `more than ${mostDisplays.toLocaleString("en")} values` : "";
    if (flood) return cutOff(flood);
    const node = toNode(value);
    const elements = node instanceof Element ? node.getElementsByTagName("*").length : 0;
    if (elements > mostElements)
      return cutOff(`an element that holds ${elements.toLocaleString("en")} others`);
    text += node.textContent?.length ?? 0;
    if (text > mostText) return cutOff(`more than ${mostText / 1e6} million characters`);
    root.append(node);
  }

  function cutOff(what: string): void {
    cut = true;
    const note = document.createElement("p");
    note.className = "output-cut";
    note.textContent = `Output cut here: ${what} in one run.`;
    root.append(note);
  }

  function toNode(value: unknown): Node {
    if (isOwnNode(value, root)) return value;
    return inspectOwn(value) ?? inspectValue(value, expanded[root.childNodes.length]);
  }

  return {
    root,
    clear,
    add,
    show(value) {
      if (value === root.firstChild && root.childNodes.length === 1 && value !== null) return;
      clear();
      add(value);
    },
  };
}

/** A node that can be shown as it is; one that stands elsewhere in the page stays there. Prototypes are not nodes. */
function isOwnNode(value: unknown, root: Element): value is Node {
  if (!(value instanceof Element || value instanceof Text || value instanceof DocumentFragment))
    return false;
  if (!(value instanceof value.constructor)) return false;
  if (value instanceof DocumentFragment) return value.childNodes.length > 0;
  return !value.parentNode || root.contains(value);
}
