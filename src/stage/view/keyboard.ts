import { allCommands, type CommandName } from "./commands.ts";
import { keyName } from "./key-names.ts";

export interface KeyboardOptions {
  /** Does the command; false when it did nothing and the key is to go on. */
  readonly run: (command: CommandName) => boolean;
  /** Whether an arrow should scroll the page instead: the selected cell goes on below or above. */
  readonly scrolls: (direction: 1 | -1) => boolean;
  /** The focus is in a cell's output, and Escape asks to leave it. */
  readonly leaveOutput: (target: Element) => boolean;
}

const sequenceTime = 800;
const everywhere = new Set(["palette", "save", "run-all"]);
const inFields = new Set([...everywhere, "run", "run-advance"]);
const typing = "input,textarea,select,[contenteditable=''],[contenteditable=true]";
const pressable = "button,a[href],summary,[role=button],[role=option],[role=tab]";

const byKey = new Map<string, CommandName>();
for (const { name, keys } of allCommands) for (const key of keys) byKey.set(key, name);
const firstKeys = new Set(
  [...byKey.keys()].filter((k) => k.includes(" ")).map((k) => k.split(" ")[0]),
);

/**
 * Listens for the keys of command mode. The editor, fields and outputs keep their own keys, but for those
 * that mean the same everywhere. Returns what stops listening.
 */
export function listenToKeys(options: KeyboardOptions): () => void {
  let first = "";
  let timer = 0;

  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    if (!name) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(".cm-editor") || target.closest("dialog,[role=menu]")) return;
    const sequence = first ? `${first} ${name}` : "";
    first = "";
    clearTimeout(timer);

    const inOutput = target.closest(".cell-root") !== null;
    const inField = target.matches(typing);
    if (inOutput && name === "Escape") {
      if (options.leaveOutput(target)) event.preventDefault();
      return;
    }
    if ((name === "Enter" || name === " ") && target.closest(pressable)) return;
    const command = byKey.get(sequence) ?? byKey.get(name);
    if (inOutput && !(command && everywhere.has(command))) return;
    if (inField && !(command && inFields.has(command)) && name !== "Escape") return;
    if (!command) {
      if (!firstKeys.has(name)) return;
      first = name;
      timer = window.setTimeout(() => (first = ""), sequenceTime);
      return;
    }
    if (name === "ArrowDown" && options.scrolls(1)) return;
    if (name === "ArrowUp" && options.scrolls(-1)) return;
    if (options.run(command)) event.preventDefault();
  };

  document.addEventListener("keydown", listener);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", listener);
  };
}
