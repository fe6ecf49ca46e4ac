import { Inspector } from "@observablehq/inspector";

const longText = 10_000;
const longArray = 100_000;

/** Where a tree of values stands open: the child indexes of each opened node. */
export type Expanded = readonly (readonly number[])[];

/**
 * A value as text that opens where it is pressed, by pointer or keyboard. Reads only what it shows: twenty
 * entries at a time of an array or object, ten thousand characters of a text.
 */
export function inspectValue(value: unknown, expanded: Expanded = []): HTMLElement {
  const node = document.createElement("div");
  if (typeof value === "string" && value.length > longText) return longString(node, value);
  if (Array.isArray(value) && value.length > longArray && isSparse(value)) {
    node.className = "observablehq";
    node.textContent = `Array(${value.length}), mostly empty`;
    return node;
  }
  try {
    new Inspector(node).fulfilled(value);
    for (const path of expanded) {
      let child: ChildNode | undefined = node;
      for (const i of path) child = child?.childNodes[i] as ChildNode | undefined;
      child?.dispatchEvent(new Event("mouseup"));
    }
  } catch (error) {
    node.textContent = `a value that can't be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
  makeKeyable(node);
  return node;
}

/** Where an inspector's nodes stand open. */
export function expandedOf(node: Node): Expanded {
  if (!(node instanceof Element) || !node.classList.contains("observablehq")) return [];
  return Array.from(node.querySelectorAll(".observablehq--expanded"), (open) => {
    const path: number[] = [];
    for (let n: Node = open; n !== node && n.parentNode; n = n.parentNode)
      path.unshift(Array.prototype.indexOf.call(n.parentNode.childNodes, n));
    return path;
  });
}

function longString(node: HTMLElement, value: string): HTMLElement {
  node.className = "observablehq";
  const text = document.createElement("span");
  text.className = "observablehq--string";
  text.textContent = JSON.stringify(value.slice(0, longText)).slice(0, -1);
  let shown = longText;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "output-more";
  const label = (): void => {
    const left = value.length - shown;
    more.textContent = `… ${left.toLocaleString("en")} more characters`;
    if (left <= 0) more.remove();
  };
  more.addEventListener("click", () => {
    text.append(JSON.stringify(value.slice(shown, shown + longText)).slice(1, -1));
    shown += longText;
    label();
  });
  label();
  node.append(text, more);
  return node;
}

function isSparse(array: readonly unknown[]): boolean {
  for (let i = 0; i <= 20; ++i) if (!(i in array)) return true;
  return false;
}

/** The inspector answers to the pointer only: its openers get a place in the tab order and answer to Enter and Space. */
function makeKeyable(node: HTMLElement): void {
  const mark = (): void => {
    for (const opener of node.querySelectorAll<HTMLElement>("a:not([tabindex])")) {
      opener.tabIndex = 0;
      opener.setAttribute("role", "button");
    }
  };
  mark();
  node.addEventListener("mouseup", () => queueMicrotask(mark), true);
  node.addEventListener("keydown", (event) => {
    const opener = event.target as Element;
    if ((event.key !== "Enter" && event.key !== " ") || !opener.matches("a[role=button]")) return;
    event.preventDefault();
    event.stopPropagation();
    const at = [...node.querySelectorAll("a")].indexOf(opener as HTMLAnchorElement);
    getSelection()?.removeAllRanges();
    opener.dispatchEvent(new Event("mouseup", { bubbles: true }));
    queueMicrotask(() => {
      mark();
      node.querySelectorAll("a")[at]?.focus();
    });
  });
}
