import { checkInteger, checkOptions } from "../../base/check.ts";
import { controlFrame } from "./control-frame.ts";
import type { Aliases } from "./gene-aliases.ts";
import { geneIndexOf, type GeneSource } from "./gene-index-of.ts";
import { aliasFound, exactGenes, genesOfList, searchGenes, type GeneIndex } from "./gene-search.ts";
import { make } from "./make.ts";

export interface GeneInputOptions {
  /** A gene id or symbol, or a list of them with `multiple`. By default none. */
  readonly value?: string | readonly string[] | null;
  /** Several genes: the value is a list. */
  readonly multiple?: boolean;
  /** Other names that find a gene: a column of the genes' table (parted by |, comma or semicolon), or {alias: gene}. */
  readonly aliases?: Aliases;
  readonly label?: string;
  /** How many suggestions are shown at once. */
  readonly limit?: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
}

/** A control with the chosen gene's id, null for none; or with `multiple` a list of ids. */
export interface GeneInput extends HTMLElement {
  value: string | null | readonly string[];
}

let count = 0;

/**
 * A field that finds genes as one types, by symbol or id: the name itself first, then what begins with the text, then words, then
 * parts; and by other names, where `aliases` gives them. `value` is the gene_id (a list with `multiple`); it dispatches "input", also while one types, when the text is a whole
 * name. A text that is left unfinished, or empty, gives way to the gene that was chosen last; Enter or Escape in an empty field
 * chooses none (null). Arrow keys, Home, End, Enter, Escape and
 * Backspace as in any combobox; with `multiple` a pasted list adds all genes that are known and names the others.
 */
export function geneInput(source: GeneSource, options?: GeneInputOptions): GeneInput {
  const given = checkOptions("geneInput", options, [
    "value",
    "multiple",
    "aliases",
    "label",
    "limit",
    "placeholder",
    "disabled",
  ]);
  const index = geneIndexOf(source, given.aliases);
  const limit = checkInteger("geneInput", "limit", given.limit, { min: 1, max: 500, fallback: 12 });
  const multiple = given.multiple === true;
  const id = `gene-input-${++count}`;

  const frame = controlFrame("gene", given.label ?? (multiple ? "Genes" : "Gene"), id);
  const { root } = frame;
  const field = make("div", "input-gene-field");
  const chips = make("ul", "input-gene-chips");
  chips.hidden = true;
  chips.setAttribute("aria-label", "Chosen genes");
  const box = make("input", "input-gene-text");
  box.id = id;
  box.type = "text";
  box.autocomplete = "off";
  box.spellcheck = false;
  box.disabled = given.disabled === true;
  box.placeholder =
    given.placeholder ?? (multiple ? "Add a gene, or paste a list" : "Symbol or id");
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-describedby": `${id}-status`,
    autocapitalize: "none",
  }))
    box.setAttribute(name, value);
  const clear = make("button", "input-gene-clear", "×");
  clear.type = "button";
  clear.hidden = true;
  clear.setAttribute("aria-label", multiple ? "Remove all genes" : "Clear");
  const list = make("ul", "input-gene-list");
  list.id = `${id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Genes found");
  list.hidden = true;
  const status = make("p", "input-gene-status");
  status.id = `${id}-status`;
  status.setAttribute("role", "status");
  field.append(chips, box, clear, list);
  root.append(field, status);

  let chosen: number[] = [];
  let found: readonly number[] = [];
  let active = -1;

  const say = (text: string, bad = false) => {
    status.textContent = text;
    status.classList.toggle("input-bad", bad);
    if (bad) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  };
  const value = () => {
    const ids = chosen.map((gene) => index.ids[gene]);
    return multiple ? ids : (ids[0] ?? null);
  };
  const show = () => {
    clear.hidden = box.disabled || (chosen.length === 0 && box.value === "");
    if (!multiple) return;
    chips.hidden = chosen.length === 0;
    chips.replaceChildren(...chosen.map(chip));
  };
  const chip = (gene: number) => {
    const item = make("li", "input-gene-chip", index.names[gene]);
    item.title = index.ids[gene];
    const remove = make("button", "", "×");
    remove.type = "button";
    remove.disabled = box.disabled;
    remove.setAttribute("aria-label", `Remove ${index.names[gene]}`);
    remove.addEventListener("click", () => {
      choose(chosen.filter((other) => other !== gene));
      box.focus();
    });
    item.append(remove);
    return item;
  };
  const choose = (genes: readonly number[], text = "") => {
    const before = chosen.join();
    chosen = [...genes];
    box.value = multiple ? "" : chosen.length ? index.names[chosen[0]] : text;
    show();
    close();
    if (chosen.join() !== before) frame.tell();
  };
  const pick = (gene: number) => {
    say("");
    choose(multiple ? [...chosen.filter((other) => other !== gene), gene] : [gene]);
  };
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    found = [];
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (i: number) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = i;
    const option = list.children[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView?.({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const search = () => {
    const typed = box.value;
    const result = searchGenes(index, typed, limit);
    found = result.genes;
    list.replaceChildren(...found.map((gene, i) => optionOf(index, gene, typed, `${id}-${i}`)));
    list.hidden = found.length === 0;
    box.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
    if (typed.trim() === "") say("");
    else if (found.length === 0) say(`no such gene: ${typed.trim().slice(0, 60)}`, true);
    else say(result.more ? `first ${found.length} of many` : `${found.length} found`);
    clear.hidden = box.value === "" && chosen.length === 0;
    if (!multiple) follow(typed);
  };
  /** A name that is whole is chosen while one types; the text and the list stay as they are. */
  const follow = (typed: string) => {
    const [gene] = exactGenes(index, typed);
    if (gene === undefined || gene === chosen[0]) return;
    chosen = [gene];
    frame.tell();
  };
  const addList = (text: string) => {
    const { genes, unknown } = genesOfList(index, text);
    choose([...new Set([...chosen, ...genes])]);
    const more = unknown.length > 8 ? ` and ${unknown.length - 8} more` : "";
    say(
      unknown.length
        ? `${genes.length} added; no such gene: ${unknown.slice(0, 8).join(", ")}${more}`
        : `${genes.length} added`,
      unknown.length > 0,
    );
  };
  const commit = () => {
    if (active >= 0) return pick(found[active]);
    const known = exactGenes(index, box.value);
    if (known.length) pick(known[0]);
    else if (box.value.trim() === "" && !multiple) choose([]);
    else if (box.value.trim() !== "") say(`no such gene: ${box.value.trim().slice(0, 60)}`, true);
  };

  box.addEventListener("input", (event) => {
    event.stopPropagation();
    search();
  });
  frame.keep(box, "change");
  box.addEventListener("focus", () => {
    if (!multiple) box.select();
  });
  box.addEventListener("blur", () => {
    close();
    if (!multiple && chosen.length) box.value = index.names[chosen[0]];
    if (!multiple) say("");
  });
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!multiple || !/[\s,;|]/.test(text.trim())) return;
    event.preventDefault();
    addList(text);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (list.hidden) search();
      else if (found.length) {
        const step = key === "ArrowDown" ? 1 : -1;
        mark((active + step + found.length) % found.length);
      }
    } else if (key === "Enter") commit();
    else if (key === "Escape") {
      if (!list.hidden) close();
      else if (box.value !== "" || chosen.length) {
        say("");
        if (multiple) {
          box.value = "";
          show();
        } else choose([]);
      } else return;
    } else if (key === "Backspace" && multiple && box.value === "" && chosen.length) {
      choose(chosen.slice(0, -1));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = (event.target as Element).closest("[role=option]");
    if (option) pick(found[[...list.children].indexOf(option)]);
  });
  clear.addEventListener("click", () => {
    say("");
    if (multiple) choose([]);
    else {
      box.value = "";
      close();
      show();
    }
    box.focus();
  });

  const set = (next: unknown) => {
    const names = next === null || next === undefined ? [] : Array.isArray(next) ? next : [next];
    const many = names.length > 20 ? genesOfList(index, names.join("\n")) : null;
    const each = many
      ? []
      : names.map((name) => [String(name), exactGenes(index, String(name))] as const);
    const genes = many?.genes ?? each.flatMap(([, hits]) => hits.slice(0, 1));
    const unknown = many?.unknown ?? each.flatMap(([name, hits]) => (hits.length ? [] : [name]));
    chosen = [...new Set(multiple ? genes : genes.slice(0, 1))];
    box.value = multiple ? "" : chosen.length ? index.names[chosen[0]] : "";
    show();
    say(
      unknown.length ? `no such gene: ${unknown.slice(0, 8).join(", ")}` : "",
      unknown.length > 0,
    );
  };
  set(given.value);
  return frame.as<unknown, GeneInput>({
    get: value,
    set,
    words: () => chosen.map((gene) => index.names[gene]).join(", ") || "none",
  });
}

function optionOf(index: GeneIndex, gene: number, typed: string, id: string): HTMLLIElement {
  const [name, geneId] = [index.names[gene], index.ids[gene]];
  const option = make("li", "", name);
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const alias = aliasFound(index, gene, typed);
  const facts = [alias === null ? "" : `also ${alias}`, name === geneId ? "" : geneId];
  const text = facts.filter(Boolean).join(", ");
  if (text) option.append(" ", make("small", "", text));
  return option;
}
