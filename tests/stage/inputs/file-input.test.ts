// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { fileInput } from "../../../src/stage/inputs/file-input.ts";

function drop(input: HTMLElement, ...files: File[]) {
  const event = new Event("drop", { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files, types: ["Files"] } });
  input.querySelector(".input-file-area")!.dispatchEvent(event);
}
const file = (name: string) => new File(["a\tb\n"], name);

describe("fileInput", () => {
  it("gives the wrapped file and an event", () => {
    const input = fileInput({ label: "Counts", wrap: (f) => ({ name: f.name }) });
    let events = 0;
    input.addEventListener("input", () => ++events);
    expect(input.value).toBeNull();
    drop(input, file("counts.tsv"), file("other.tsv"));
    expect(input.value).toEqual({ name: "counts.tsv" });
    expect(events).toBe(1);
    expect(input.querySelector("[role=status]")?.textContent).toBe("counts.tsv, 4 bytes");
    input.querySelector<HTMLElement>("button")!.click();
    expect(input.value).toBeNull();
    expect(events).toBe(2);
  });

  it("takes several", () => {
    const input = fileInput({ multiple: true });
    expect(input.value).toEqual([]);
    drop(input, file("a.csv"), file("b.csv"));
    expect((input.value as File[]).map((f) => f.name)).toEqual(["a.csv", "b.csv"]);
  });

  it("takes nothing when disabled, tells why a file is refused, and can only be cleared", () => {
    const off = fileInput({ disabled: true });
    drop(off, file("a"));
    expect(off.value).toBeNull();
    const input = fileInput({
      wrap() {
        throw new Error("too large: a");
      },
    });
    drop(input, file("a"));
    expect(input.value).toBeNull();
    expect(input.querySelector("[role=status]")?.textContent).toBe("too large: a");
    expect(() => (input.value = 5 as never)).toThrow("fileInput: a file can't be set: 5");
    input.value = null;
    expect(() => fileInput({ accepts: ".csv" } as never)).toThrow("unknown option: accepts");
  });
});
