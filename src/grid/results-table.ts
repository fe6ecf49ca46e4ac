import { isAbortError } from "../base/errors.ts";
import type { Table } from "../tables/index.ts";
import { createBody } from "./body.ts";
import { checkGrid, type ResultsTableOptions } from "./check-grid.ts";
import type { GridColumn } from "./columns.ts";
import { downloadTable } from "./download.ts";
import { element } from "./element.ts";
import { createHeader } from "./header.ts";
import { interact } from "./interact.ts";
import { orderRows, type Condition } from "./order-rows.ts";
import { profileColumns } from "./profile-columns.ts";
import { createSelection } from "./selection.ts";
import { shareSelection } from "./share-selection.ts";
import { ensureGridStyle } from "./style.ts";
import { createSurround } from "./surround.ts";

export type { ResultsTableOptions } from "./check-grid.ts";

/** The element: `value` is the selected rows as objects with all columns, in table order; "input" events tell of changes. */
export interface ResultsTable extends HTMLElement {
  readonly value: Record<string, unknown>[];
}

const rowHeight = 28;
let nextId = 1;

/**
 * A table to read, sort, filter and search: rows are drawn as they come into view, so that millions scroll. Numbers are
 * set in sensible precision and tabular figures, p-values never as 0, missing values as a dash; the header shows a profile
 * of each column, made in idle time. Misspelt options and unknown columns are errors.
 */
export function resultsTable(table: Table, options?: ResultsTableOptions): ResultsTable {
  const checked = checkGrid(table, options);
  const { columns, visible, select, name } = checked;
  let { sort } = checked;
  ensureGridStyle(document);

  const n = table.numRows;
  const id = `eg-${nextId++}`;
  const selectable = select !== "none";
  const selection = createSelection(select === "many");
  const conditions = new Map<GridColumn, Condition>();
  let search = "";
  let rows: Int32Array = Int32Array.from({ length: n }, (_, i) => i);
  let value: Record<string, unknown>[] | null = null;

  const header = createHeader(columns, select, id, {
    sort(column) {
      if (sort?.column !== column) sort = { column, descending: false };
      else sort = sort.descending ? null : { column, descending: true };
      void reorder();
    },
    filter(column, condition) {
      if (condition) conditions.set(column, condition);
      else conditions.delete(column);
      reorderSoon();
    },
    selectAll(selected) {
      selection.set(rows, selected);
      selectionChanged();
    },
  });
  const head = element("div", { class: "eg-head", role: "rowgroup" }, header.row);
  const grid = element("div", {
    class: "eg-grid",
    role: "grid",
    tabindex: 0,
    "aria-label": name,
    "aria-colcount": columns.length + (selectable ? 1 : 0),
    "aria-multiselectable": select === "many" ? "true" : undefined,
  });
  const body = createBody(grid, head, {
    columns,
    selectable,
    id,
    visible,
    rowHeight,
    isSelected: (row) => selection.has(row),
    active: () => (document.activeElement === grid ? active.place() : null),
  });
  grid.append(head, body.node);
  const checkWidth = selectable ? 34 : 0;
  const tracks = columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(" ");
  grid.style.setProperty("--eg-columns", selectable ? `${checkWidth}px ${tracks}` : tracks);
  grid.style.setProperty(
    "--eg-width",
    `${columns.reduce((sum, { width }) => sum + width, checkWidth)}px`,
  );
  const active = interact({
    grid,
    header,
    body,
    selection,
    select,
    columns: columns.length,
    id,
    rows: () => rows,
    changed: selectionChanged,
  });
  const surround = createSurround({
    search(text) {
      search = text;
      reorderSoon();
    },
    filters(shown) {
      header.showFilters(shown);
      fit();
      if (shown) header.row.querySelector<HTMLInputElement>(".eg-filter input")?.focus();
    },
    clear() {
      conditions.clear();
      search = "";
      surround.clearSearch();
      header.clearFilters();
      void reorder();
    },
    download: (what, kind) =>
      downloadTable(
        table,
        name,
        kind,
        what === "all" ? {} : { rows, columns: columns.map((column) => column.name) },
      ),
  });
  const root = element("div", { class: "eg-table" }, surround.bar, grid, surround.foot);

  for (const type of ["input", "change"])
    grid.addEventListener(type, (event) => event.stopPropagation());
  let frame = 0;
  grid.addEventListener("scroll", () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      active.mark();
    });
  });

  function selectionChanged(): void {
    sharing?.tell();
    rowsChanged();
  }

  function rowsChanged(): void {
    value = null;
    body.draw();
    tell();
    root.dispatchEvent(new Event("input", { bubbles: true }));
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function reorderSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void reorder(), 120);
  }

  let ordering: AbortController | null = null;
  async function reorder(): Promise<void> {
    clearTimeout(timer);
    ordering?.abort();
    const mine = (ordering = new AbortController());
    header.showSort(sort);
    try {
      const next = await orderRows(n, columns, { search, conditions }, sort, mine.signal);
      if (mine.signal.aborted) return;
      rows = next;
      active.reset();
      body.setRows(rows);
      tell();
    } catch (error) {
      if (!isAbortError(error)) throw error;
    }
  }

  function tell(): void {
    grid.setAttribute("aria-rowcount", String(rows.length + 1));
    surround.show({
      rows: rows.length,
      allRows: n,
      columns: columns.length,
      allColumns: table.schema.fields.length,
      selected: selection.size,
      filtered: search !== "" || conditions.size > 0,
    });
    if (!header.selectAll) return;
    const all =
      rows.length > 0 && selection.size >= rows.length && rows.every((row) => selection.has(row));
    header.selectAll.checked = all;
    header.selectAll.indeterminate = !all && selection.size > 0;
  }

  /** The height that shows the wanted number of rows below the header, whatever it holds. */
  function fit(): void {
    const shown = Math.max(1, Math.min(visible, n)) * rowHeight;
    // A horizontal scroll bar takes its own room.
    grid.style.maxHeight = `${shown + head.offsetHeight + 2 + (grid.offsetHeight - grid.clientHeight)}px`;
    body.draw();
  }

  let profiled = false;
  function profile(): void {
    if (profiled || n === 0) return;
    profiled = true;
    void profileColumns(columns, n, () => root.isConnected, header.showProfile);
  }
  if (typeof ResizeObserver === "undefined") setTimeout(profile);
  else
    new ResizeObserver(() => {
      if (!root.isConnected) return;
      fit();
      profile();
    }).observe(head);

  header.showSort(sort);
  body.setRows(rows);
  tell();
  fit();
  const sharing = checked.selection
    ? shareSelection(root, table, selection, select === "many", checked.selection, () => {
        const first = selection.size ? rows.findIndex((row) => selection.has(row)) : -1;
        if (first >= 0) body.reveal(first);
        rowsChanged();
      })
    : null;
  if (sort) void reorder();
  return Object.defineProperty(root, "value", {
    enumerable: true,
    get: selectedRows,
  }) as HTMLElement as ResultsTable;

  function selectedRows(): Record<string, unknown>[] {
    return (value ??= selection
      .rows()
      .map((row) =>
        Object.fromEntries(
          table.schema.fields.map((field, j) => [
            field.name,
            table.getChildAt(j)!.get(row) ?? null,
          ]),
        ),
      ));
  }
}
