import { allCommands, type Command, type CommandName } from "./commands.ts";
import { element, setAttribute } from "./element.ts";
import { keys } from "./open-menu.ts";

export interface PaletteOptions {
  /** Commands that make sense now. */
  readonly available: (command: Command) => boolean;
  readonly onChoose: (command: CommandName) => void;
  readonly onClose: () => void;
}

/** Opens the list of every command, filtered as one types. Returns what closes it. */
export function openPalette({ available, onChoose, onClose }: PaletteOptions): () => void {
  const candidates = allCommands.filter((c) => c.name !== "palette" && c.name !== "leave");
  const list = element("ul", { class: "palette-list", role: "listbox", id: "palette-list" });
  setAttribute(list, "aria-label", "Commands");
  const input = element("input", {
    type: "text",
    class: "palette-input",
    role: "combobox",
    "aria-label": "Find a command",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "true",
    placeholder: "Find a command",
    autocomplete: "off",
    spellcheck: "false",
  });
  const none = element("p", { class: "palette-none", role: "status" });
  const dialog = element(
    "dialog",
    { class: "palette", "aria-label": "Commands" },
    input,
    list,
    none,
  );
  let found: (typeof candidates)[number][] = [];
  let at = 0;
  let chosen: CommandName | null = null;

  const mark = () => {
    for (const [i, option] of [...list.children].entries())
      setAttribute(option, "aria-selected", String(i === at));
    const current = list.children[at];
    setAttribute(input, "aria-activedescendant", current?.id);
    current?.scrollIntoView?.({ block: "nearest" });
  };
  const filter = () => {
    found = candidates.filter(available).filter((c) => matches(c, input.value));
    at = 0;
    list.replaceChildren(
      ...found.map((command, i) => {
        const option = element(
          "li",
          { role: "option", id: `palette-${command.name}`, class: "palette-option" },
          element("span", { class: "palette-group" }, command.group),
          element("span", { class: "palette-title" }, command.title),
          command.keys[0] ? keys(command.keys[0]) : null,
        );
        option.addEventListener("pointermove", () => {
          if (at === i) return;
          at = i;
          mark();
        });
        option.addEventListener("click", () => choose(i));
        return option;
      }),
    );
    none.textContent = found.length ? "" : "No command has that name";
    mark();
  };
  const choose = (i: number) => {
    if (!found[i]) return;
    chosen = found[i].name;
    dialog.close();
  };

  input.addEventListener("input", filter);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const { key } = event;
    const n = found.length;
    if (key === "ArrowDown") at = n ? (at + 1) % n : 0;
    else if (key === "ArrowUp") at = n ? (at - 1 + n) % n : 0;
    else if (key === "PageDown") at = Math.min(at + 8, Math.max(0, n - 1));
    else if (key === "PageUp") at = Math.max(0, at - 8);
    else if (key === "Enter") choose(at);
    else if (key === "k" && (event.ctrlKey || event.metaKey)) dialog.close();
    else return;
    event.preventDefault();
    mark();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
    if (chosen) onChoose(chosen);
  });

  document.body.append(dialog);
  filter();
  dialog.showModal();
  input.focus();
  return () => dialog.close();
}

/** Every word typed begins a word of the title or the group; the letters of a key match too. */
function matches(command: Command, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ` ${command.title} ${command.group}`.toLowerCase();
  return words.every((word) => text.includes(` ${word}`) || text.includes(word, 1));
}
