import type { Body, Place } from "./body.ts";
import type { Header } from "./header.ts";
import { movedBy } from "./move.ts";
import type { Selection } from "./selection.ts";

/** What keys and clicks work on. */
export interface Interaction {
  readonly grid: HTMLElement;
  readonly header: Header;
  readonly body: Body;
  readonly selection: Selection;
  readonly select: "many" | "one" | "none";
  readonly columns: number;
  readonly id: string;
  /** The rows as shown. */
  readonly rows: () => Int32Array;
  readonly changed: () => void;
}

/** The active cell of a grid that listens to keys and clicks. */
export interface ActiveCell {
  readonly place: () => Place;
  /** After other rows are shown. */
  readonly reset: () => void;
  /** Shows which cell is active, and tells a screen reader. */
  readonly mark: () => void;
}

/** Keys and clicks of the grid pattern: one tab stop, an active cell that arrows move, Space and Shift to select, Enter on a header to sort. */
export function interact(view: Interaction): ActiveCell {
  const { grid, header, body, selection, select, id } = view;
  let active: Place = { row: 0, column: 0 };
  let anchor = 0;
  const idOf = ({ row, column }: Place): string =>
    row < 0 ? `${id}-h${column}` : `${id}-${row}-${column}`;

  function mark(): void {
    body.draw();
    const focused = document.activeElement === grid;
    header.cells.forEach((cell, j) =>
      cell.classList.toggle("eg-active", focused && active.row < 0 && active.column === j),
    );
    const name = idOf(active);
    if (focused && document.getElementById(name)) grid.setAttribute("aria-activedescendant", name);
    else grid.removeAttribute("aria-activedescendant");
  }

  function activate(place: Place): void {
    active = place;
    if (place.row >= 0) body.reveal(place.row);
    const cell = document.getElementById(idOf(place));
    if (cell) {
      const left = place.column === 0 ? 0 : cell.offsetLeft;
      const right = cell.offsetLeft + cell.offsetWidth;
      if (left < grid.scrollLeft) grid.scrollLeft = left;
      else if (right > grid.scrollLeft + grid.clientWidth)
        grid.scrollLeft = right - grid.clientWidth;
    }
    mark();
  }

  /** Selects the shown rows between two, both included. */
  function selectBetween(a: number, b: number): void {
    selection.set(view.rows().subarray(Math.min(a, b), Math.max(a, b) + 1), true);
    view.changed();
  }

  function keydown(event: KeyboardEvent): void {
    if (event.target !== grid || event.altKey) return;
    const rows = view.rows();
    const whole = event.ctrlKey || event.metaKey;
    const to = movedBy(event, active, {
      rows: rows.length,
      columns: view.columns,
      page: body.page,
    });
    if (to) {
      if (event.shiftKey && select === "many" && to.row !== active.row && to.row >= 0)
        selectBetween(Math.max(0, active.row), to.row);
      else anchor = Math.max(0, to.row);
      activate(to);
    } else if (active.row < 0 && (event.key === " " || event.key === "Enter"))
      header.cells[active.column].querySelector<HTMLButtonElement>(".eg-sort")!.click();
    else if (event.key === " " && select !== "none" && active.row < rows.length) {
      selection.toggle(rows[active.row]);
      anchor = active.row;
      view.changed();
    } else if (event.key === "a" && whole && select === "many") {
      selection.set(rows, true);
      view.changed();
    } else if (event.key === "Escape" && selection.size > 0) {
      selection.clear();
      view.changed();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function click(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const line = event.target.closest<HTMLElement>(".eg-body .eg-row");
    const cell = event.target.closest<HTMLElement>(".eg-cell");
    if (!line || !cell) return;
    const at = Number(line.dataset.at);
    const column = Number(cell.getAttribute("aria-colindex")) - (select === "none" ? 1 : 2);
    if (column < 0) {
      if (event.shiftKey && select === "many") selectBetween(anchor, at);
      else {
        selection.toggle(view.rows()[at]);
        view.changed();
      }
      anchor = at;
    }
    // A drag that marked text for copying must not lose its mark.
    if (document.getSelection()?.isCollapsed === false) return;
    grid.focus({ preventScroll: true });
    activate({ row: at, column: Math.max(0, column) });
  }

  grid.addEventListener("keydown", keydown);
  grid.addEventListener("click", click);
  for (const type of ["focus", "blur"]) grid.addEventListener(type, mark);
  grid.addEventListener("copy", (event) => {
    const text = String(document.getSelection() ?? "");
    if (!text.includes("−") || event.target instanceof HTMLInputElement) return;
    event.clipboardData?.setData("text/plain", text.replaceAll("−", "-"));
    event.preventDefault();
  });
  return {
    place: () => active,
    reset() {
      active = {
        row: Math.min(active.row, Math.max(0, view.rows().length - 1)),
        column: active.column,
      };
      anchor = 0;
    },
    mark,
  };
}
