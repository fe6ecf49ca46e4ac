import { fileKinds, type FileKind } from "./download.ts";
import { element } from "./element.ts";

/** What stands around the grid: search and filter above, counts and downloads below. */
export interface Surround {
  readonly bar: HTMLElement;
  readonly foot: HTMLElement;
  readonly clearSearch: () => void;
  readonly show: (counts: Counts) => void;
}

/** What the line below the grid says. */
export interface Counts {
  readonly rows: number;
  readonly allRows: number;
  readonly columns: number;
  readonly allColumns: number;
  readonly selected: number;
  readonly filtered: boolean;
}

export interface SurroundEvents {
  readonly search: (text: string) => void;
  readonly filters: (shown: boolean) => void;
  readonly clear: () => void;
  /** Saves what is shown, or all; resolves when the file is made. */
  readonly download: (what: "shown" | "all", kind: FileKind) => Promise<void>;
}

export function createSurround(events: SurroundEvents): Surround {
  const search = element("input", {
    type: "search",
    placeholder: "Search",
    "aria-label": "Search the table",
    autocomplete: "off",
    spellcheck: "false",
  });
  const button = (text: string, act: () => void): HTMLButtonElement => {
    const node = element("button", { type: "button" }, text);
    node.addEventListener("click", act);
    return node;
  };
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    events.search(search.value.trim());
  });
  search.addEventListener("change", (event) => event.stopPropagation());
  const filter = button("Filter", () => {
    const shown = filter.getAttribute("aria-expanded") !== "true";
    filter.setAttribute("aria-expanded", String(shown));
    events.filters(shown);
  });
  filter.setAttribute("aria-expanded", "false");
  const count = element("span", { role: "status" });
  const clear = button("Show all rows", () => {
    events.clear();
    search.focus();
  });
  const choices = downloadChoices(events.download, (open) => {
    save.setAttribute("aria-expanded", String(open));
    if (!open) save.focus();
  });
  const save = button("Download", () => choices.toggle());
  save.setAttribute("aria-expanded", "false");
  return {
    bar: element("div", { class: "eg-bar" }, search, filter),
    foot: element(
      "div",
      { class: "eg-foot" },
      count,
      clear,
      element("span", { class: "eg-space" }),
      save,
      choices.node,
    ),
    clearSearch: () => {
      search.value = "";
    },
    show(counts) {
      count.textContent = sentence(counts);
      clear.hidden = !counts.filtered;
      choices.show(counts);
    },
  };
}

const kindNames: Readonly<Record<FileKind, string>> = { csv: "CSV", xlsx: "XLSX", arrow: "Arrow" };

/** The line that opens below the table: what is shown, and all where that is more, each as three kinds of file. */
function downloadChoices(
  download: SurroundEvents["download"],
  opened: (open: boolean) => void,
): { readonly node: HTMLElement; toggle(): void; show(counts: Counts): void } {
  const status = element("span", { role: "status", class: "eg-saving" });
  const line = (what: "shown" | "all") => {
    const words = element("span");
    const buttons = fileKinds.map((kind) => {
      const choice = element("button", { type: "button" }, kindNames[kind]);
      choice.addEventListener("click", () => {
        status.textContent = "Making the file…";
        download(what, kind).then(
          () => (status.textContent = ""),
          (error: unknown) => {
            const { message = String(error), details } = error as {
              message?: string;
              details?: { help?: string };
            };
            status.textContent = [message, details?.help].filter(Boolean).join(". ");
          },
        );
      });
      return choice;
    });
    return { words, buttons, node: element("div", { role: "group" }, words, ...buttons) };
  };
  const shown = line("shown");
  const all = line("all");
  const node = element("div", { class: "eg-choices", hidden: true }, shown.node, all.node, status);
  const set = (open: boolean): void => {
    node.hidden = !open;
    opened(open);
    if (open) shown.buttons[0].focus();
  };
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    set(false);
  });
  return {
    node,
    toggle: () => set(node.hasAttribute("hidden")),
    show({ rows, allRows, columns, allColumns, filtered }) {
      const partial = filtered || columns < allColumns;
      shown.words.textContent = `${partial ? "As shown" : "All"}, ${size(rows, "row")}, ${size(columns, "column")}:`;
      all.words.textContent = `All, ${size(allRows, "row")}, ${size(allColumns, "column")}:`;
      all.node.hidden = !partial;
      for (const [i, kind] of fileKinds.entries()) {
        const name = kindNames[kind];
        shown.buttons[i].setAttribute(
          "aria-label",
          `${partial ? "What is shown" : "All"} as ${name}`,
        );
        all.buttons[i].setAttribute("aria-label", `All as ${name}`);
      }
    },
  };
}

const whole = (k: number): string => k.toLocaleString("en");
const size = (k: number, word: string): string => `${whole(k)} ${word}${k === 1 ? "" : "s"}`;

/** "188,768 rows, 6 columns"; says when filtered, and how many rows are selected. */
function sentence({ rows, allRows, columns, allColumns, selected, filtered }: Counts): string {
  const tall = filtered
    ? `${whole(rows)} of ${size(allRows, "row")} (filtered)`
    : size(allRows, "row");
  const wide =
    columns === allColumns
      ? size(columns, "column")
      : `${whole(columns)} of ${size(allColumns, "column")}`;
  return `${tall}, ${wide}${selected > 0 ? `, ${whole(selected)} selected` : ""}`;
}
