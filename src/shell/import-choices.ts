import type { FileRole, ImportOptions, ImportPreview, InspectedFile } from "../protocol/import.ts";
import { h } from "./element.ts";

/** What the panel knows when it shows the choices. */
export interface ChoicesState {
  readonly inspected: readonly InspectedFile[];
  readonly roles: readonly (FileRole | null)[];
  readonly preview: ImportPreview | null;
}

/** The form of `readExperiment`'s options; what does not apply to these files is not shown. */
export interface ImportChoices {
  readonly element: HTMLElement;
  /** The options that differ from the default; a string says why the pattern can't be used. */
  options(): ImportOptions | string;
  show(state: ChoicesState): void;
}

type Choice = readonly (readonly [string, string])[];

let count = 0;

export function importChoices(onChange: () => void): ImportChoices {
  const kind = select("The values are", [
    ["", "As they look"],
    ["counts", "Counts"],
    ["abundance", "Abundance (TPM, FPKM)"],
    ["log", "On a log scale"],
  ]);
  const orientation = select("The rows are", [
    ["", "Genes"],
    ["samples", "Samples"],
  ]);
  const duplicates = select("Several rows of one gene", [
    ["", "Refuse the file"],
    ["first", "Keep the first"],
    ["max", "Keep the largest"],
    ["sum", "Add them up"],
  ]);
  const join = select("Sample names meet", [
    ["", "As they are"],
    ["title", "By the sheet's title"],
    ["number", "By the number in them"],
    ["strip", "With a part taken out"],
  ]);
  const strip = input("Part to take out", "_counts$|^X");
  const sheet = input("Sheet, layer or strand", "");
  const sampleId = select("Sample names stand in", [["", "Column found by itself"]]);
  const references = h("div", { class: "import-references" });
  const levels = new Map<string, readonly string[]>();
  const first = new Map<string, HTMLSelectElement>();

  const element = h(
    "fieldset",
    { class: "import-choices" },
    h("legend", {}, "Choices"),
    h(
      "div",
      { class: "import-fields" },
      ...[kind, orientation, duplicates, sheet, join, strip, sampleId].map(({ field }) => field),
    ),
    references,
  );

  function select(label: string, choice: Choice) {
    const id = `choice-${++count}`;
    const control = h("select", { id, onchange: onChange }, ...optionsOf(choice));
    return { control, field: h("div", {}, h("label", { for: id }, label), control) };
  }

  function input(label: string, placeholder: string) {
    const id = `choice-${++count}`;
    const control = h("input", {
      id,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      placeholder,
      oninput: onChange,
    });
    return { control, field: h("div", {}, h("label", { for: id }, label), control) };
  }

  /** The levels of a column keep the order that they had at first; the choice stays. */
  function showReferences(preview: ImportPreview | null): void {
    const found = preview?.found;
    if (!found) return;
    const names = found.factors.map(({ name }) => name);
    for (const name of levels.keys())
      if (!names.includes(name)) {
        levels.delete(name);
        first.get(name)?.parentElement?.remove();
        first.delete(name);
      }
    for (const { name, levels: own } of found.factors) {
      const same = levels.get(name);
      if (same && same.length === own.length && own.every((level) => same.includes(level)))
        continue;
      levels.set(name, own);
      const { control, field } = select(`Reference of ${name}`, [
        ["", `As it comes (${own[0]})`],
        ...own.slice(1).map((level) => [level, level] as const),
      ]);
      first.get(name)?.parentElement?.remove();
      first.set(name, control);
      references.append(field);
    }
  }

  return {
    element,
    options() {
      const reference: [string, string][] = [];
      for (const [name, { value }] of first) if (value !== "") reference.push([name, value]);
      const used = (field: HTMLElement) => !field.hidden;
      const sheetName = used(sheet.field) ? sheet.control.value.trim() : "";
      let joined: ImportOptions["join"];
      if (used(join.field)) {
        const { value } = join.control;
        if (value === "title" || value === "number") joined = value;
        if (value === "strip") {
          const pattern = strip.control.value;
          if (pattern === "") return "Say which part of the names is to be taken out.";
          try {
            joined = { strip: new RegExp(pattern) };
          } catch {
            return `Not a regular expression: ${pattern}`;
          }
        }
      }
      const given: ImportOptions = {
        kind: (kind.control.value || undefined) as ImportOptions["kind"],
        orientation: orientation.control.value === "samples" ? "samples" : undefined,
        sheet:
          sheetName === "" ? undefined : /^\d+$/.test(sheetName) ? Number(sheetName) : sheetName,
        sampleId: used(sampleId.field) ? sampleId.control.value || undefined : undefined,
        join: joined,
        duplicates: (duplicates.control.value || undefined) as ImportOptions["duplicates"],
        reference: reference.length > 0 ? Object.fromEntries(reference) : undefined,
      };
      return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    },
    show({ inspected, roles, preview }) {
      const withSheet = roles.includes("samples") || preview?.join != null;
      join.field.hidden = !withSheet;
      strip.field.hidden = !withSheet || join.control.value !== "strip";
      const names = inspected.find((_, i) => roles[i] === "samples")?.names ?? [];
      sampleId.field.hidden = names.length === 0;
      const shown = [...sampleId.control.options].slice(1).map((option) => option.value);
      if (shown.join("\n") !== names.join("\n"))
        sampleId.control.replaceChildren(
          ...optionsOf([
            ["", "Column found by itself"],
            ...names.map((name) => [name, name] as const),
          ]),
        );
      sheet.field.hidden = !inspected.some(({ sheets }, i) => sheets && roles[i] === "counts");
      showReferences(preview);
      references.hidden = first.size === 0;
    },
  };
}

function optionsOf(choice: Choice): HTMLOptionElement[] {
  return choice.map(([value, words]) => h("option", { value }, words));
}
