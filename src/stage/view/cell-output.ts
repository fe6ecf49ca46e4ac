import { element, setAttribute } from "./element.ts";
import { nameControls } from "./name-controls.ts";

/** The place of a cell's output. `root` belongs to the runtime. */
export interface CellOutput {
  readonly element: HTMLElement;
  readonly root: HTMLElement;
  /** Nothing is displayed, nor was when the run that goes on began. */
  empty(): boolean;
  /** A run has begun: keeps the height and remembers the focus, so that the page does not jump. */
  hold(): void;
  /** The run has ended: gives height and focus back. */
  release(): void;
  dispose(): void;
}

/** Outputs higher than this many screens are clipped until asked for. */
const screens = 3;

/** Makes the place of a cell's output; `onChange` is called when what is displayed has changed, and says whether it came or went. */
export function createCellOutput(onChange: (appeared: boolean) => void): CellOutput {
  const root = element("div", { class: "cell-root" });
  const clip = element("div", { class: "cell-clip" }, root);
  const more = element("button", { type: "button", class: "cell-more", hidden: true });
  const place = element("div", { class: "cell-output" }, clip, more);
  let all = false;
  let focusPath: number[] | null = null;
  let releasing = 0;
  let held = false;

  const measure = () => {
    const height = root.scrollHeight;
    const limit = screens * Math.max(320, window.innerHeight);
    const flood = height > limit * 1.1;
    setAttribute(place, "data-clipped", flood && !all);
    more.hidden = !flood;
    setAttribute(more, "aria-expanded", String(all));
    more.textContent = all
      ? "Show less"
      : `Show all (${Math.ceil(height / Math.max(320, window.innerHeight))} screens)`;
  };
  more.addEventListener("click", () => {
    all = !all;
    measure();
    if (!all) place.scrollIntoView({ block: "nearest" });
  });

  let wasEmpty = true;
  const mutations = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node instanceof Element) nameControls(node);
    const empty = isEmpty(root);
    onChange(empty !== wasEmpty);
    wasEmpty = empty;
  });
  mutations.observe(root, { childList: true, subtree: true });
  const sizes = typeof ResizeObserver === "function" ? new ResizeObserver(measure) : null;
  sizes?.observe(root);

  return {
    element: place,
    root,
    empty: () => !held && isEmpty(root),
    hold() {
      clearTimeout(releasing);
      const height = clip.offsetHeight;
      held = height > 0;
      if (held) clip.style.minHeight = `${height}px`;
      const active = document.activeElement;
      focusPath = active && active !== root && root.contains(active) ? pathOf(root, active) : null;
    },
    release() {
      clearTimeout(releasing);
      releasing = window.setTimeout(() => {
        clip.style.minHeight = "";
        if (held) {
          held = false;
          onChange(true);
        }
        if (focusPath && document.activeElement === document.body) {
          const node = elementAt(root, focusPath);
          if (node) node.focus({ preventScroll: true });
        }
        focusPath = null;
      }, 60);
    },
    dispose() {
      clearTimeout(releasing);
      mutations.disconnect();
      sizes?.disconnect();
    },
  };
}

const visible =
  "svg,img,canvas,video,audio,iframe,form,input,button,select,textarea,hr,table,progress,meter,object";

function isEmpty(root: HTMLElement): boolean {
  for (const child of root.childNodes) {
    if (child instanceof Text && child.data.trim()) return false;
    if (!(child instanceof Element) || child.matches("style,script,template,link")) continue;
    if (child.matches(visible) || child.querySelector(visible)) return false;
    if (child.textContent?.trim()) return false;
    if (child.shadowRoot) return false;
  }
  return root.childElementCount === 0 || root.offsetHeight === 0;
}

function pathOf(root: Element, node: Element): number[] {
  const path: number[] = [];
  for (let at: Element = node; at !== root && at.parentElement; at = at.parentElement)
    path.unshift(Array.prototype.indexOf.call(at.parentElement.children, at));
  return path;
}

function elementAt(root: HTMLElement, path: readonly number[]): HTMLElement | null {
  let at: Element | undefined = root;
  for (const i of path) at = at?.children[i];
  return at instanceof HTMLElement ? at : null;
}
