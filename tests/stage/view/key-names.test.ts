// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { allCommands } from "../../../src/stage/view/commands.ts";
import { keyCaps, keyName } from "../../../src/stage/view/key-names.ts";

const name = (init: KeyboardEventInit, apple = false) =>
  keyName(new KeyboardEvent("keydown", init), apple);

describe("keyName", () => {
  it("names letters by case and chords by modifier", () => {
    expect(name({ key: "j" })).toBe("j");
    expect(name({ key: "Z", shiftKey: true })).toBe("Z");
    expect(name({ key: "?", shiftKey: true })).toBe("?");
    expect(name({ key: "ArrowUp", altKey: true })).toBe("Alt-ArrowUp");
    expect(name({ key: "Enter", shiftKey: true })).toBe("Shift-Enter");
    expect(name({ key: "Shift", shiftKey: true })).toBe("");
  });

  it("takes Control or Command as Mod", () => {
    expect(name({ key: "k", ctrlKey: true })).toBe("Mod-k");
    expect(name({ key: "k", metaKey: true }, true)).toBe("Mod-k");
    expect(name({ key: "k", ctrlKey: true }, true)).toBe("Ctrl-k");
    expect(name({ key: "Z", ctrlKey: true, shiftKey: true })).toBe("Mod-Shift-z");
    expect(name({ key: "_", ctrlKey: true, shiftKey: true })).toBe("Mod-Shift--");
    expect(name({ key: "_", ctrlKey: true, shiftKey: true }, true)).toBe("Ctrl-Shift--");
  });

  it("does not mind Caps Lock or another script", () => {
    expect(name({ key: "J" })).toBe("j");
    expect(name({ key: "z", shiftKey: true })).toBe("Z");
    expect(name({ key: "о", code: "KeyJ" })).toBe("j");
  });
});

describe("keyCaps", () => {
  it("writes a key as its caps", () => {
    expect(keyCaps("Mod-Shift-z", false)).toEqual(["Ctrl", "Shift", "Z"]);
    expect(keyCaps("Mod-Shift-z", true)).toEqual(["⌘", "⇧", "Z"]);
    expect(keyCaps("d d", false)).toEqual(["D", "D"]);
    expect(keyCaps("M", false)).toEqual(["Shift", "M"]);
    expect(keyCaps("Ctrl-Shift--", false)).toEqual(["Ctrl", "Shift", "-"]);
    expect(keyCaps("Alt-ArrowUp", false)).toEqual(["Alt", "↑"]);
    expect(keyCaps("?", false)).toEqual(["?"]);
  });
});

describe("commands", () => {
  it("give every key to one command only, and no sequence hides a key", () => {
    const keys = allCommands.flatMap((command) => [...command.keys]);
    expect(new Set(keys).size).toBe(keys.length);
    const starts = keys.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]);
    for (const start of starts) expect(keys).not.toContain(start);
  });
});
