import { h } from "./element.ts";
import { icon } from "./icon.ts";

export interface PanelTab {
  readonly name: string;
  readonly label: string;
  readonly element: HTMLElement;
  /** Called when the tab comes into view. */
  readonly onShow?: () => void;
}

/** The panel at the side (a sheet on narrow screens) with its tabs. */
export interface SidePanel {
  readonly element: HTMLElement;
  readonly open: boolean;
  readonly tab: string;
  show(tab: string): void;
  toggle(): void;
  close(): void;
}

export function sidePanel(tabs: readonly PanelTab[], onToggle: (open: boolean) => void): SidePanel {
  let open = false;
  let current = tabs[0].name;
  const buttons = tabs.map((tab) =>
    h(
      "button",
      {
        class: "tab",
        type: "button",
        role: "tab",
        id: `tab-${tab.name}`,
        "aria-controls": `panel-${tab.name}`,
        onclick: () => show(tab.name),
      },
      tab.label,
    ),
  );
  const panels = tabs.map((tab) =>
    h(
      "div",
      {
        class: "tab-panel",
        role: "tabpanel",
        id: `panel-${tab.name}`,
        "aria-labelledby": `tab-${tab.name}`,
      },
      tab.element,
    ),
  );
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": "About this notebook" });
  list.append(...buttons);
  const element = h(
    "aside",
    { class: "side-panel", id: "side-panel", "aria-label": "Outline, data and history" },
    h(
      "div",
      { class: "side-head" },
      list,
      h(
        "button",
        {
          class: "button-quiet button-icon",
          type: "button",
          "aria-label": "Close panel",
          onclick: () => close(),
        },
        icon("close"),
      ),
    ),
    ...panels,
  );
  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const i = tabs.findIndex((tab) => tab.name === current);
    const next = (i + step + tabs.length) % tabs.length;
    show(tabs[next].name);
    buttons[next].focus();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  function draw(): void {
    element.hidden = !open;
    tabs.forEach((tab, i) => {
      const chosen = tab.name === current;
      buttons[i].setAttribute("aria-selected", String(chosen));
      buttons[i].tabIndex = chosen ? 0 : -1;
      panels[i].hidden = !chosen;
    });
  }

  function show(name: string): void {
    const was = open;
    current = name;
    open = true;
    draw();
    tabs.find((tab) => tab.name === name)?.onShow?.();
    if (!was) onToggle(true);
  }

  function close(): void {
    if (!open) return;
    open = false;
    draw();
    onToggle(false);
  }

  draw();
  return {
    element,
    get open() {
      return open;
    },
    get tab() {
      return current;
    },
    show,
    toggle: () => (open ? close() : show(current)),
    close,
  };
}
