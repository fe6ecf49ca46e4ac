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
  readonly downloadShown: () => void;
  readonly downloadAll: () => void;
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
  const shown = button("Download CSV", events.downloadShown);
  const all = button("Download all", events.downloadAll);
  return {
    bar: element("div", { class: "eg-bar" }, search, filter),
    foot: element(
      "div",
      { class: "eg-foot" },
      count,
      clear,
      element("span", { class: "eg-space" }),
      shown,
      all,
    ),
    clearSearch: () => {
      search.value = "";
    },
    show(counts) {
      count.textContent = sentence(counts);
      clear.hidden = !counts.filtered;
      const partial = counts.filtered || counts.columns < counts.allColumns;
      shown.textContent = partial ? "Download shown" : "Download CSV";
      all.hidden = !partial;
    },
  };
}

/** "188,768 rows, 6 columns"; says when filtered, and how many rows are selected. */
function sentence({ rows, allRows, columns, allColumns, selected, filtered }: Counts): string {
  const whole = (k: number): string => k.toLocaleString("en");
  const of = (k: number, word: string): string => `${whole(k)} ${word}${k === 1 ? "" : "s"}`;
  const tall = filtered ? `${whole(rows)} of ${of(allRows, "row")} (filtered)` : of(allRows, "row");
  const wide =
    columns === allColumns
      ? of(columns, "column")
      : `${whole(columns)} of ${of(allColumns, "column")}`;
  return `${tall}, ${wide}${selected > 0 ? `, ${whole(selected)} selected` : ""}`;
}
