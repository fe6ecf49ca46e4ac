import { describe, expect, it } from "vitest";
import { isSelection, selection } from "../../src/base/selection.ts";

describe("selection", () => {
  it("tells of every change once, and of nothing that is none", () => {
    const picked = selection();
    const heard: unknown[] = [];
    picked.addEventListener("input", () => heard.push(picked.value));
    picked.select({ genes: ["a", "b", "a"] });
    picked.select({ genes: ["a", "b"] });
    picked.select({ samples: ["s1"] });
    expect(heard).toEqual([
      { genes: ["a", "b"], samples: [] },
      { genes: ["a", "b"], samples: ["s1"] },
    ]);
  });

  it("adds, takes out and replaces", () => {
    const picked = selection();
    picked.toggle({ genes: ["a"] });
    picked.toggle({ genes: ["a", "b"] });
    expect(picked.value.genes).toEqual(["a", "b"]);
    picked.toggle({ genes: ["a"] });
    expect(picked.value.genes).toEqual(["b"]);
    picked.value = { samples: ["s"] };
    expect(picked.value).toEqual({ genes: [], samples: ["s"] });
    picked.clear();
    expect(picked.value).toEqual({ genes: [], samples: [] });
  });

  it("refuses what is no list, and is known by its shape", () => {
    expect(() => selection().select({ genes: "Atf3" as never })).toThrow(
      "genes is not a list: Atf3",
    );
    expect(isSelection(selection())).toBe(true);
    expect(isSelection(new EventTarget())).toBe(false);
  });
});
