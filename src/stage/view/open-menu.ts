import { element } from "./element.ts";
import { keyCaps } from "./key-names.ts";

export interface MenuItem {
  readonly label: string;
  readonly key?: string;
  /** For a choice among several: whether this one holds. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

export interface MenuOptions {
  readonly label: string;
  readonly anchor: HTMLElement;
  readonly groups: readonly (readonly MenuItem[])[];
  /** The menu has been put away. */
  readonly onClose?: () => void;
}

/**
 * Opens a menu beside its anchor: arrows, Home, End and first letters walk, Enter or a click chooses,
 * Escape or Tab puts it away and gives the focus back. Returns what closes it.
 */
export function openMenu({ label, anchor, groups, onClose }: MenuOptions): () => void {
  const menu = element("div", { class: "menu", role: "menu", "aria-label": label });
  const items: HTMLButtonElement[] = [];
  let open = true;

  const close = (refocus: boolean) => {
    if (!open) return;
    open = false;
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("blur", away);
    window.removeEventListener("resize", away);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (refocus && anchor.isConnected) anchor.focus({ preventScroll: true });
    onClose?.();
  };
  const outside = (event: Event) => {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) close(false);
  };
  const away = () => close(false);

  for (const [i, group] of groups.entries()) {
    if (i > 0) menu.append(element("div", { role: "separator", class: "menu-rule" }));
    for (const item of group) {
      const radio = item.checked !== undefined;
      const button = element(
        "button",
        {
          type: "button",
          class: "menu-item",
          role: radio ? "menuitemradio" : "menuitem",
          "aria-checked": radio ? String(item.checked) : null,
          "aria-disabled": item.disabled ? "true" : null,
          tabindex: -1,
        },
        element("span", { class: "menu-label" }, item.label),
        item.key ? keys(item.key) : null,
      );
      button.addEventListener("click", () => {
        if (item.disabled) return;
        close(true);
        item.run();
      });
      items.push(button);
      menu.append(button);
    }
  }

  menu.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const to =
      event.key === "ArrowDown"
        ? at + 1
        : event.key === "ArrowUp"
          ? at - 1
          : event.key === "Home"
            ? 0
            : event.key === "End"
              ? items.length - 1
              : firstLetter(event, items, at);
    if (to !== null) {
      items[(to + items.length) % items.length]?.focus();
      event.preventDefault();
    } else if (event.key === "Escape" || event.key === "Tab") {
      close(true);
      event.preventDefault();
    }
  });

  (anchor.closest("main") ?? document.body).append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("blur", away);
  window.addEventListener("resize", away);
  items[0]?.focus({ preventScroll: true });
  return () => close(false);
}

/** Key caps as elements, hidden from screen readers: the command's name says enough. */
export function keys(name: string): HTMLElement {
  const caps = keyCaps(name).map((cap) => element("kbd", {}, cap));
  return element("span", { class: "keys", "aria-hidden": "true" }, ...caps);
}

function firstLetter(
  event: KeyboardEvent,
  items: readonly HTMLButtonElement[],
  at: number,
): number | null {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return null;
  const letter = event.key.toLowerCase();
  for (let i = 1; i <= items.length; ++i) {
    const j = (at + i) % items.length;
    if (items[j].textContent?.toLowerCase().startsWith(letter)) return j;
  }
  return null;
}

function place(menu: HTMLElement, anchor: HTMLElement): void {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const right = document.documentElement.clientWidth - 8;
  const bottom = window.innerHeight - 8;
  const left = Math.max(8, Math.min(box.left, right - width));
  const below = box.bottom + 4;
  const top =
    below + height <= bottom ? below : Math.max(8, Math.min(box.top - 4 - height, bottom));
  menu.style.left = `${left + window.scrollX}px`;
  menu.style.top = `${Math.max(8, top) + window.scrollY}px`;
}
