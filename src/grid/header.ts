import type { GridColumn } from "./columns.ts";
import { drawProfile } from "./draw-profile.ts";
import { element } from "./element.ts";
import type { Condition, RowSort } from "./order-rows.ts";
import type { Profile } from "./profile.ts";

/** The sticky header: a cell per column with name, type, profile and, when asked for, its filter. */
export interface Header {
  readonly row: HTMLElement;
  /** Header cells by column position, the checkbox column not counted. */
  readonly cells: readonly HTMLElement[];
  readonly selectAll: HTMLInputElement | null;
  showSort(sort: RowSort | null): void;
  showProfile(j: number, profile: Profile): void;
  showFilters(shown: boolean): void;
  clearFilters(): void;
}

export interface HeaderEvents {
  readonly sort: (column: GridColumn) => void;
  readonly filter: (column: GridColumn, condition: Condition | null) => void;
  readonly selectAll: (selected: boolean) => void;
}

export function createHeader(
  columns: readonly GridColumn[],
  select: "many" | "one" | "none",
  id: string,
  events: HeaderEvents,
): Header {
  const row = element("div", { class: "eg-row", role: "row", "aria-rowindex": 1 });
  const selectable = select !== "none";
  const selectAll =
    select === "many"
      ? element("input", { type: "checkbox", tabindex: -1, "aria-label": "select all rows shown" })
      : null;
  if (selectable) {
    const inside = selectAll ?? element("span", { class: "eg-hidden" }, "selected");
    selectAll?.addEventListener("change", () => events.selectAll(selectAll.checked));
    row.append(
      element("div", { class: "eg-th eg-check", role: "columnheader", "aria-colindex": 1 }, inside),
    );
  }
  const arrows: HTMLElement[] = [];
  const filters: HTMLElement[] = [];
  const cells = columns.map((column, j) => {
    const arrow = element("span", { class: "eg-arrow", "aria-hidden": "true" });
    arrows.push(arrow);
    const button = element(
      "button",
      { type: "button", class: "eg-sort", tabindex: -1, title: `Sort by ${column.name}` },
      element("span", { class: "eg-name" }, column.name || "(no name)"),
      arrow,
    );
    button.addEventListener("click", () => events.sort(column));
    const filter = filterOf(column, (condition) => events.filter(column, condition));
    filter.hidden = true;
    filters.push(filter);
    const cell = element(
      "div",
      {
        class: `eg-th${column.numeric ? " eg-number" : ""}`,
        role: "columnheader",
        id: `${id}-h${j}`,
        "aria-colindex": j + (selectable ? 2 : 1),
        "aria-sort": "none",
      },
      button,
      element("span", { class: "eg-type" }, column.typeName),
      element("div", { class: "eg-profile" }),
      element("div", { class: "eg-facts" }),
      filter,
    );
    row.append(cell);
    return cell;
  });
  return {
    row,
    cells,
    selectAll,
    showSort(sort) {
      columns.forEach((column, j) => {
        const mine = sort?.column === column;
        cells[j].setAttribute(
          "aria-sort",
          mine ? (sort.descending ? "descending" : "ascending") : "none",
        );
        arrows[j].textContent = mine ? (sort.descending ? "↓" : "↑") : "";
      });
    },
    showProfile(j, profile) {
      const { picture, facts, summary } = drawProfile(columns[j], profile);
      const place = cells[j].querySelector(".eg-profile")!;
      place.replaceChildren(element("span", { class: "eg-hidden" }, summary));
      if (picture) place.append(picture);
      const words = cells[j].querySelector<HTMLElement>(".eg-facts")!;
      words.textContent = facts;
      words.title = facts;
      words.setAttribute("aria-hidden", "true");
    },
    showFilters(shown) {
      for (const filter of filters) filter.hidden = !shown;
    },
    clearFilters() {
      for (const input of row.querySelectorAll<HTMLInputElement>(".eg-filter input")) {
        input.value = "";
        input.removeAttribute("aria-invalid");
      }
    },
  };
}

function filterOf(column: GridColumn, tell: (condition: Condition | null) => void): HTMLElement {
  const box = element("div", { class: "eg-filter" });
  const input = (label: string, hint: string): HTMLInputElement => {
    const node = element("input", {
      type: "text",
      "aria-label": label,
      placeholder: hint,
      autocomplete: "off",
      spellcheck: "false",
    });
    box.append(node);
    return node;
  };
  if (!column.numeric && column.kind !== "date") {
    const text = input(`${column.name} contains`, "contains");
    text.addEventListener("input", (event) => {
      event.stopPropagation();
      tell(text.value === "" ? null : { contains: text.value });
    });
    return box;
  }
  const low = input(`${column.name} from`, "min");
  const high = input(`${column.name} to`, "max");
  const read = (node: HTMLInputElement): number | null => {
    const value = numberOf(node.value, column.kind === "date");
    node.toggleAttribute("aria-invalid", false);
    if (Number.isNaN(value)) node.setAttribute("aria-invalid", "true");
    return Number.isNaN(value) ? null : value;
  };
  for (const node of [low, high])
    node.addEventListener("input", (event) => {
      event.stopPropagation();
      const [min, max] = [read(low), read(high)];
      tell(min === null && max === null ? null : { min, max });
    });
  return box;
}

/** The number or date that was typed; null for nothing, NaN for what is neither. */
function numberOf(text: string, date: boolean): number | null {
  const plain = text.trim().replace("−", "-").replaceAll(",", "");
  if (plain === "") return null;
  return date ? Date.parse(text.trim()) : Number(plain);
}
