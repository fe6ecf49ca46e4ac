import { allCommands, type Command } from "./commands.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";
import { keyCaps } from "./key-names.ts";
import { keys } from "./open-menu.ts";

/** Opens the page of keys, made from the list of commands. Returns what closes it. */
export function openKeyboardHelp(
  available: (command: Command) => boolean,
  onClose: () => void,
): () => void {
  const close = element(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close" },
    icon("close"),
  );
  const groups = new Map<string, HTMLElement[]>();
  for (const command of allCommands.filter(available)) {
    if (command.keys.length === 0) continue;
    const term = element("dt", {}, ...keysOf(command));
    const row = element("div", {}, term, element("dd", {}, command.title));
    groups.set(command.group, [...(groups.get(command.group) ?? []), row]);
  }
  const dialog = element(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    element("header", {}, element("h2", { id: "help-title" }, "Keys"), close),
    element(
      "p",
      {},
      "A cell that is selected takes the letters below. Enter goes into its source, Escape comes back out; there Tab indents, and Escape then Tab moves on. From a table or a control in an output, Escape comes back to its cell.",
    ),
    element(
      "div",
      { class: "help-groups" },
      ...[...groups].map(([name, rows]) =>
        element("section", {}, element("h3", {}, name), element("dl", {}, ...rows)),
      ),
    ),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}

/** The first two ways to press a command; on some keyboards two names are one key. */
function keysOf(command: Command): HTMLElement[] {
  const shown = new Map(command.keys.map((name) => [keyCaps(name).join(" "), name]));
  return [...shown.values()].slice(0, 2).map((name) => {
    const caps = keys(name);
    caps.removeAttribute("aria-hidden");
    return caps;
  });
}
