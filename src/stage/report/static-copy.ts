import { plainForm } from "./plain-form.ts";
import { plainTable } from "./plain-table.ts";
import { pictureOf } from "./picture-of.ts";

/** What shows nothing on paper, whatever it is for on the page. */
const gone =
  "script, template, noscript, menu, dialog, iframe, object, embed, audio, video, link, base, meta";

/**
 * What an output shows, as elements that need no script: pictures as SVG in light inks, canvases and images as PNG data URIs,
 * tables as the rows in view with their number, controls as their values. What is hidden is left out; what can't be copied (an
 * image of another origin, say) is told in its place. The output itself is not touched.
 */
export function staticCopy(root: HTMLElement): HTMLElement {
  const copy = root.cloneNode(true) as HTMLElement;
  const originals = [...root.querySelectorAll<HTMLElement>("*")];
  const copies = [...copy.querySelectorAll<HTMLElement>("*")];
  const done = new Set<Element>();
  for (const [i, original] of originals.entries()) {
    if (original.parentElement && done.has(original.parentElement)) {
      done.add(original);
      continue;
    }
    const replacement = staticOf(original);
    if (replacement === undefined) continue;
    done.add(original);
    copies[i].replaceWith(...replacement);
  }
  for (const form of copy.querySelectorAll("form")) rename(form, "div", "report-control");
  for (const label of copy.querySelectorAll("label")) rename(label, "span", "report-label");
  return copy;
}

/** What is left of a form is text. */
function rename(element: Element, name: string, className: string): void {
  const plain = document.createElement(name);
  plain.className = className;
  plain.append(...element.childNodes);
  element.replaceWith(plain);
}

/** What stands in the report for an element: undefined leaves it and looks inside, none takes it away. */
function staticOf(element: HTMLElement): readonly Node[] | undefined {
  if (element.matches(gone) || isHidden(element)) return [];
  const picture = pictureOf(element);
  if (picture) return [picture];
  if (element.classList.contains("eg-table")) return [plainTable(element)];
  return plainForm(element);
}

function isHidden(element: HTMLElement): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.matches("style, br, wbr, col, colgroup, source, summary, details")) return false;
  if (element.closest("details:not([open])")) return false;
  if (!element.isConnected) return element.hasAttribute("hidden");
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return true;
  // What is for screen readers alone says what the picture or control beside it says by then.
  return style.position === "absolute" && element.offsetWidth <= 1 && element.offsetHeight <= 1;
}
