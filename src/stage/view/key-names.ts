/** Whether the keyboard is Apple's: Command instead of Control. */
export function appleKeyboard(): boolean {
  return typeof navigator === "object" && /Mac|iPhone|iPad/.test(navigator.platform);
}

/**
 * A key event as "Mod-Shift-Enter", "Alt-ArrowUp", "a", "Z" (a letter with Shift is upper case, whatever
 * Caps Lock says), or "" for a bare modifier. Mod is Command on Apple keyboards, Control elsewhere.
 */
export function keyName(event: KeyboardEvent, apple = appleKeyboard()): string {
  const key = latin(event);
  if (["Shift", "Control", "Alt", "Meta", "Dead", "Unidentified"].includes(key)) return "";
  const mod = apple ? event.metaKey : event.ctrlKey;
  const other = apple ? event.ctrlKey : event.metaKey;
  const letter = key.length === 1;
  let name = mod && letter ? key.toLowerCase() : key;
  if (name === "_" && event.shiftKey && (mod || other)) name = "-";
  if (event.shiftKey && (!letter || mod || other)) name = `Shift-${name}`;
  if (event.altKey) name = `Alt-${name}`;
  if (other) name = `${apple ? "Ctrl" : "Meta"}-${name}`;
  if (mod) name = `Mod-${name}`;
  return name;
}

/** The key of an event; letters of other scripts give the Latin letter of the same key. */
function latin({ key, code, shiftKey }: KeyboardEvent): string {
  if (key.length !== 1) return key;
  const letter = key > "\x7f" && /^Key[A-Z]$/.test(code) ? code[3] : key;
  return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

const applePretty: Record<string, string> = {
  Mod: "⌘",
  Shift: "⇧",
  Alt: "⌥",
  Ctrl: "⌃",
  Enter: "↩",
};
const pretty: Record<string, string> = {
  Mod: "Ctrl",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": "Space",
};

/** The caps of a key name as people see them: "Mod-Shift-z" is ["Ctrl", "Shift", "Z"], "d d" is ["D", "D"]. */
export function keyCaps(name: string, apple = appleKeyboard()): string[] {
  return name.split(" ").flatMap((chord) => {
    const parts = chord.match(/(?:Mod|Shift|Alt|Ctrl|Meta)(?=-)|-$|[^-]+/g) ?? [chord];
    const last = parts.at(-1) ?? "";
    const caps = parts.map(
      (part) => (apple ? applePretty[part] : undefined) ?? pretty[part] ?? part,
    );
    if (/^[A-Z]$/.test(last)) caps.splice(-1, 0, apple ? "⇧" : "Shift");
    return caps.map((cap) => (cap.length === 1 ? cap.toUpperCase() : cap));
  });
}
