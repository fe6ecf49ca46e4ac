import { type Cell, runnableModes } from "../../notebook/types.ts";
import type { CommandName } from "./commands.ts";
import { element, setAttribute } from "./element.ts";
import { icon, type IconName } from "./icon.ts";
import { isRunnable, modeNames } from "./mode-names.ts";

export interface CellBarEvents {
  readonly onCommand: (command: CommandName) => void;
  readonly onMenu: (anchor: HTMLElement) => void;
  /** A field of a SQL cell: the name of its result, or of its client. */
  readonly onField: (field: "output" | "database", value: string) => void;
}

/** The line above a source: type, names of a SQL cell, and the cell's most used commands. */
export interface CellBar {
  readonly element: HTMLElement;
  update(cell: Cell, readOnly: boolean, selected: boolean): void;
}

export function createCellBar(events: CellBarEvents): CellBar {
  const type = element("select", { class: "bar-type", "aria-label": "Type of cell" });
  type.addEventListener("change", () => events.onCommand(`type-${type.value}` as CommandName));
  const plainType = element("span", { class: "bar-plain" });
  const output = field("Name", "Name of the result", (value) => events.onField("output", value));
  const database = field("Database", "Name of the database client", (value) =>
    events.onField("database", value),
  );
  const pin = button("pin", "Pin source open", () => events.onCommand("pin"));
  const menu = button("dots", "Menu of the cell", () => events.onMenu(menu));
  setAttribute(menu, "aria-haspopup", "menu");
  const run = button("run", "Run cell", () => events.onCommand("run"));
  const tools = element(
    "div",
    { class: "bar-tools", role: "toolbar", "aria-label": "Cell" },
    pin,
    menu,
    run,
  );
  tools.addEventListener("keydown", (event) => walk(event, tools));
  const bar = element("div", { class: "cell-bar" }, type, plainType, output, database, tools);

  return {
    element: bar,
    update(cell, readOnly, selected) {
      for (const tool of [pin, menu, run]) setAttribute(tool, "tabindex", selected ? null : -1);
      const runnable = isRunnable(cell);
      const modes = runnable ? runnableModes : [cell.mode, ...runnableModes];
      if (type.options.length !== modes.length || !type.querySelector(`[value=${cell.mode}]`))
        type.replaceChildren(
          ...modes.map((mode) => element("option", { value: mode }, modeNames[mode])),
        );
      type.value = cell.mode;
      type.hidden = readOnly;
      plainType.textContent = modeNames[cell.mode];
      plainType.hidden = !readOnly;
      const sql = cell.mode === "sql";
      fill(output, cell.output ?? "", sql || cell.output !== undefined, readOnly);
      fill(database, cell.database?.replace(/^var:/, "") ?? "", sql, readOnly);
      setAttribute(pin, "aria-pressed", String(cell.pinned));
      pin.hidden = readOnly;
      menu.hidden = readOnly;
      run.hidden = !runnable;
    },
  };
}

function button(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  const node = element(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label },
    icon(name),
  );
  node.addEventListener("click", onClick);
  return node;
}

function field(text: string, label: string, onChange: (value: string) => void): HTMLLabelElement {
  const input = element("input", {
    type: "text",
    "aria-label": label,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    size: 10,
    placeholder: text === "Database" ? "db" : "unnamed",
  });
  input.addEventListener("change", () => {
    onChange(input.value.trim());
  });
  return element("label", { class: "bar-field" }, element("span", {}, text), input);
}

function fill(label: HTMLLabelElement, value: string, shown: boolean, readOnly: boolean): void {
  label.hidden = !shown;
  const input = label.querySelector("input");
  if (!input) return;
  if (document.activeElement !== input) input.value = value;
  input.readOnly = readOnly;
}

/** Left and right walk through a toolbar's buttons. */
function walk(event: KeyboardEvent, tools: HTMLElement): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!step) return;
  const buttons = [...tools.querySelectorAll<HTMLButtonElement>("button:not([hidden])")];
  const at = buttons.findIndex((b) => b === document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
