import { h } from "./element.ts";
import { icon, type IconName } from "./icon.ts";
import { attachMenu, type MenuItem } from "./menu.ts";

export interface TopBarOptions {
  readonly onHome: () => void;
  readonly onPanel: () => void;
  readonly onTitle: (title: string) => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly onFork: () => void;
  readonly onSave: () => void;
  readonly menu: () => readonly MenuItem[];
}

export interface TopBarState {
  readonly title: string;
  readonly saved: string;
  readonly savedBadly: boolean;
  readonly readOnly: boolean;
  readonly running: boolean;
  /** Nothing has run yet: the button to run is the next thing to do. */
  readonly waiting: boolean;
  readonly panel: boolean;
}

/** The bar above the notebook: home, panel, title with its saved state, run or stop, fork, save, menu. */
export function topBar(options: TopBarOptions): {
  element: HTMLElement;
  set: (state: TopBarState) => void;
} {
  const title = h("input", {
    class: "title",
    type: "text",
    maxlength: 200,
    spellcheck: "false",
    "aria-label": "Title",
  });
  let shown = "";
  title.addEventListener("change", () => {
    if (title.value.trim() === "") title.value = shown;
    else options.onTitle(title.value);
  });
  title.addEventListener("keydown", (event) => {
    if (event.key === "Escape") title.value = shown;
    if (event.key === "Enter" || event.key === "Escape") title.blur();
  });
  const saved = h("span", { class: "saved", "aria-live": "polite" });
  const panel = labelled("panel", "Panel", options.onPanel);
  panel.classList.add("bar-panel");
  panel.setAttribute("aria-controls", "side-panel");
  const run = h("button", {
    class: "button bar-run",
    type: "button",
    onclick: () => (running ? options.onStop() : options.onRun()),
  });
  let running: boolean | null = null;
  const more = h(
    "button",
    { class: "button-quiet button-icon", type: "button", "aria-label": "More" },
    icon("more"),
  );
  const element = h(
    "header",
    { class: "top-bar" },
    h(
      "button",
      {
        class: "button-quiet button-icon bar-home",
        type: "button",
        "aria-label": "Home",
        title: "Home",
        onclick: options.onHome,
      },
      icon("mark"),
    ),
    panel,
    h("div", { class: "title-block" }, title, saved),
    h(
      "div",
      { class: "bar-actions" },
      run,
      labelled("fork", "Fork", options.onFork, "Make a copy of your own"),
      labelled("save", "Save", options.onSave, "Save to disk"),
      h("span", {}, more),
    ),
  );
  attachMenu(more, options.menu);

  return {
    element,
    set(state) {
      if (document.activeElement !== title || state.readOnly) title.value = state.title;
      shown = state.title;
      title.readOnly = state.readOnly;
      title.size = Math.max(8, Math.min(48, state.title.length + 1));
      if (saved.textContent !== state.saved) saved.textContent = state.saved;
      saved.classList.toggle("saved-badly", state.savedBadly);
      panel.setAttribute("aria-expanded", String(state.panel));
      run.classList.toggle("button-primary", state.waiting);
      if (running !== state.running) {
        running = state.running;
        run.replaceChildren(
          icon(running ? "stop" : "run"),
          h("span", { class: "bar-word" }, running ? "Stop" : "Run"),
        );
        run.setAttribute("aria-label", running ? "Stop" : "Run");
        run.title = running ? "Stop the running cells" : "Run all cells";
      }
    },
  };
}

function labelled(
  name: IconName,
  label: string,
  onclick: () => void,
  title = label,
): HTMLButtonElement {
  return h(
    "button",
    { class: "button-quiet bar-labelled", type: "button", "aria-label": label, title, onclick },
    icon(name),
    h("span", { class: "bar-word" }, label),
  );
}
