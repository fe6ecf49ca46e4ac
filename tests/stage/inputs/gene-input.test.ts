// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { geneInput, type GeneInputOptions } from "../../../src/stage/inputs/gene-input.ts";
import { makeTable, utf8 } from "../../../src/tables/index.ts";

const genes = makeTable({
  gene_id: utf8(["ENSG1", "ENSG2", "ENSG3", "ENSG4"]),
  symbol: utf8(["VGF", "INA", "PENK", null]),
});

function make(options?: GeneInputOptions) {
  const input = geneInput({ genes }, options);
  document.body.append(input);
  const box = input.querySelector("input")!;
  let events = 0;
  input.addEventListener("input", () => ++events);
  return {
    input,
    box,
    events: () => events,
    options: () =>
      [...input.querySelectorAll("[role=option]")].map((o) => o.firstChild!.textContent),
    status: () => input.querySelector("[role=status]")!.textContent,
    type(text: string) {
      box.focus();
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    },
    key: (key: string) =>
      box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
    paste(text: string) {
      const event = new Event("paste", { bubbles: true, cancelable: true });
      Object.assign(event, { clipboardData: { getData: () => text } });
      box.dispatchEvent(event);
    },
  };
}

afterEach(() => document.body.replaceChildren());

describe("geneInput", () => {
  it("begins with the value given, by symbol or id", () => {
    expect(make({ value: "vgf" }).input.value).toBe("ENSG1");
    expect(make({ value: "ENSG4" }).box.value).toBe("ENSG4");
    expect(make().input.value).toBeNull();
    expect(make({ multiple: true, value: ["PENK", "VGF"] }).input.value).toEqual([
      "ENSG3",
      "ENSG1",
    ]);
  });

  it("finds as one types and takes the marked gene with Enter", () => {
    const t = make();
    t.type("n");
    expect(t.options()).toEqual(["INA", "VGF", "PENK", "ENSG4"]);
    expect(t.box.getAttribute("aria-expanded")).toBe("true");
    const marked = t.box.getAttribute("aria-activedescendant")!;
    expect(document.getElementById(marked)?.getAttribute("aria-selected")).toBe("true");
    t.key("ArrowDown");
    expect(t.box.getAttribute("aria-activedescendant")).not.toBe(marked);
    expect(t.events()).toBe(0);
    t.type("pen");
    t.key("Enter");
    expect(t.input.value).toBe("ENSG3");
    expect(t.box.value).toBe("PENK");
    expect(t.events()).toBe(1);
    expect(t.box.getAttribute("aria-expanded")).toBe("false");
  });

  it("says that a gene is unknown and keeps the value", () => {
    const t = make({ value: "VGF" });
    t.type("VGFX");
    expect(t.status()).toBe("no such gene: VGFX");
    t.key("Enter");
    expect(t.input.value).toBe("ENSG1");
    expect(t.box.getAttribute("aria-invalid")).toBe("true");
    t.box.dispatchEvent(new Event("blur"));
    expect(t.box.value).toBe("VGF");
    expect(make({ value: "nope" }).status()).toBe("no such gene: nope");
  });

  it("closes and then clears with Escape", () => {
    const t = make({ value: "VGF" });
    t.type("in");
    t.key("Escape");
    expect(t.options()).toEqual([]);
    expect(t.input.value).toBe("ENSG1");
    t.key("Escape");
    expect(t.input.value).toBeNull();
    expect(t.events()).toBe(1);
  });

  it("chooses a name that is whole while one types, and once", () => {
    const t = make({ value: "VGF" });
    t.type("in");
    expect([t.input.value, t.events()]).toEqual(["ENSG1", 0]);
    t.type("ina");
    expect([t.input.value, t.box.value, t.events()]).toEqual(["ENSG2", "ina", 1]);
    expect(t.options()).toEqual(["INA"]);
    t.key("Enter");
    expect([t.input.value, t.box.value, t.events()]).toEqual(["ENSG2", "INA", 1]);
  });

  it("keeps its gene while the field is emptied to type another", () => {
    const t = make({ value: "VGF" });
    t.input.querySelector<HTMLButtonElement>(".input-gene-field > button")!.click();
    expect([t.box.value, t.input.value, t.events()]).toEqual(["", "ENSG1", 0]);
    t.box.dispatchEvent(new Event("blur"));
    expect([t.box.value, t.input.value]).toEqual(["VGF", "ENSG1"]);
    t.type("");
    t.key("Enter");
    expect([t.input.value, t.events()]).toEqual([null, 1]);
  });

  it("takes a gene with the pointer", () => {
    const t = make();
    t.type("ina");
    t.input
      .querySelector("[role=option]")!
      .dispatchEvent(new Event("pointerdown", { bubbles: true, cancelable: true }));
    expect(t.input.value).toBe("ENSG2");
  });

  it("gathers several, pastes a list, and removes", () => {
    const t = make({ multiple: true });
    t.paste("VGF, ENSG3\nNOPE");
    expect(t.input.value).toEqual(["ENSG1", "ENSG3"]);
    expect(t.status()).toBe("2 added; no such gene: NOPE");
    t.type("ina");
    t.key("Enter");
    expect(t.input.value).toEqual(["ENSG1", "ENSG3", "ENSG2"]);
    t.key("Backspace");
    expect(t.input.value).toEqual(["ENSG1", "ENSG3"]);
    t.input.querySelector<HTMLElement>("[aria-label='Remove VGF']")!.click();
    expect(t.input.value).toEqual(["ENSG3"]);
    t.input.querySelector<HTMLElement>("[aria-label='Remove all genes']")!.click();
    expect(t.input.value).toEqual([]);
    expect(t.events()).toBe(5);
  });

  it("can be set without an event", () => {
    const t = make();
    t.input.value = "INA";
    expect(t.input.value).toBe("ENSG2");
    expect(t.box.value).toBe("INA");
    expect(t.events()).toBe(0);
  });

  it("takes a table of genes, and refuses what is none", () => {
    expect(geneInput(genes, { value: "INA" }).value).toBe("ENSG2");
    expect(() => geneInput({} as never)).toThrow(
      "geneInput: not an experiment nor a table of genes",
    );
    expect(() => geneInput(genes, { multi: true } as never)).toThrow("unknown option: multi");
  });
});

describe("aliases", () => {
  it("are taken from a column, or from a map, and shown in the list", () => {
    const table = makeTable({
      gene_id: utf8(["ENSG1", "ENSG2"]),
      symbol: utf8(["SOD1", "TARDBP"]),
      alias: utf8([null, "TDP43|TDP-43; ALS10"]),
    });
    for (const aliases of [
      "alias",
      { "TDP-43": "TARDBP", unknown: "ENSG9" },
      new Map([["TDP-43", ["ENSG2"]]]),
    ]) {
      const input = geneInput(table, { aliases });
      const box = input.querySelector("input")!;
      box.value = "tdp-";
      box.dispatchEvent(new Event("input"));
      expect(input.querySelector("[role=option]")!.textContent).toBe("TARDBP also TDP-43, ENSG2");
      box.value = "tdp-43";
      box.dispatchEvent(new Event("input"));
      expect(input.value).toBe("ENSG2");
    }
    expect(() => geneInput(table, { aliases: "alia" })).toThrow(/no such column: alia/);
    expect(() => geneInput(table, { aliases: ["a"] as never })).toThrow(/invalid aliases/);
  });
});

it("says its value in words, for a report", () => {
  const input = geneInput({ genes }, { multiple: true, value: ["VGF", "PENK"], label: "Panel" });
  expect((input as unknown as { toText(): object }).toText()).toEqual({
    label: "Panel",
    value: "VGF, PENK",
  });
});
