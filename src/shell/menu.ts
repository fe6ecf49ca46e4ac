import { h } from "./element.ts";
import { icon, type IconName } from "./icon.ts";

export interface MenuItem {
  readonly label: string;
  readonly run: () => unknown;
  /** Keys that do the same, in words. */
  readonly keys?: string;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  /** One of a group of choices: drawn with a mark when true. */
  readonly checked?: boolean;
  readonly danger?: boolean;
  /** A rule above. */
  readonly apart?: boolean;
}

let count = 0;

/** Makes `button` open a menu of what `items` returns at that moment. Arrow keys move, Escape closes. */
export function attachMenu(button: HTMLButtonElement, items: () => readonly MenuItem[]): void {
  const id = `menu-${++count}`;
  const menu = h("div", {
    id,
    class: "menu",
    popover: "auto",
    role: "menu",
    "aria-label": button.getAttribute("aria-label") ?? button.textContent ?? "Menu",
  });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("popovertarget", id);
  button.after(menu);

  const buttons = () => [...menu.querySelectorAll<HTMLButtonElement>("button:not([disabled])")];
  const move = (step: number) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(at + step + all.length) % all.length]?.focus();
  };

  menu.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    menu.replaceChildren(...items().map((item) => row(item, () => menu.hidePopover(), button)));
  });
  menu.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    place(menu, button);
    buttons()[0]?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => buttons()[0]?.focus(),
      End: () => buttons().at(-1)?.focus(),
      Tab: () => menu.hidePopover(),
    };
    const step = steps[event.key];
    if (!step) return;
    if (event.key !== "Tab") event.preventDefault();
    step();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    menu.showPopover();
  });
}

function row(item: MenuItem, close: () => void, opener: HTMLElement): HTMLElement {
  return h(
    "button",
    {
      class: `menu-item${item.danger ? " menu-danger" : ""}${item.apart ? " menu-apart" : ""}`,
      type: "button",
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      tabindex: -1,
      disabled: item.disabled ?? false,
      onclick: () => {
        close();
        opener.focus();
        item.run();
      },
    },
    item.icon ? icon(item.icon) : h("span", { class: "menu-mark" }, item.checked ? "✓" : ""),
    h("span", { class: "menu-label" }, item.label),
    item.keys ? h("kbd", {}, item.keys) : null,
  );
}

/** Below the button, inside the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const width = menu.offsetWidth;
  const height = menu.offsetHeight;
  const left = Math.max(8, Math.min(at.right - width, innerWidth - width - 8));
  const below = at.bottom + 6;
  const top = below + height > innerHeight - 8 ? Math.max(8, at.top - height - 6) : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
