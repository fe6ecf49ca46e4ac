import type { GridColumn } from "./columns.ts";
import { element } from "./element.ts";

/** Where a cell is: row as shown (-1 is the header) and column position. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The virtual rows: only those in view are elements, and these are used again. */
export interface Body {
  readonly node: HTMLElement;
  /** Shows other rows, from the top unless told to stay. */
  setRows(rows: Int32Array, stay?: boolean): void;
  /** Draws what is in view. */
  draw(): void;
  /** Brings a row into view. */
  reveal(row: number): void;
  readonly page: number;
}

export interface BodyOptions {
  readonly columns: readonly GridColumn[];
  readonly selectable: boolean;
  readonly id: string;
  readonly visible: number;
  readonly rowHeight: number;
  readonly isSelected: (row: number) => boolean;
  readonly active: () => Place | null;
}

/** Browsers stop laying out somewhere beyond 16 million px: taller tables are scrolled in proportion. */
const tallest = 8_000_000;
const overscan = 4;

export function createBody(scroller: HTMLElement, head: HTMLElement, options: BodyOptions): Body {
  const { columns, selectable, id, rowHeight } = options;
  const node = element("div", { class: "eg-body", role: "rowgroup" });
  const pool: RowView[] = [];
  const nothing = element("div", { class: "eg-none" }, "No rows.");
  let rows: Int32Array = new Int32Array(0);
  let height = 0;

  const viewHeight = (): number =>
    Math.max(
      rowHeight,
      (scroller.clientHeight || options.visible * rowHeight + head.offsetHeight) -
        head.offsetHeight,
    );
  const full = (): number => rows.length * rowHeight;
  /** Rows above the view, in px of an imagined table of full height. */
  const offset = (): number =>
    full() <= tallest
      ? scroller.scrollTop
      : (scroller.scrollTop / Math.max(1, height - viewHeight())) * (full() - viewHeight());
  const setOffset = (px: number): void => {
    const most = Math.max(0, full() - viewHeight());
    const wanted = Math.min(most, Math.max(0, px));
    scroller.scrollTop = full() <= tallest ? wanted : (wanted / most) * (height - viewHeight());
  };

  scroller.addEventListener(
    "wheel",
    (event) => {
      // In a table taller than can be laid out, a turn of the wheel still moves by rows and not in proportion.
      if (full() <= tallest || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      setOffset(offset() + event.deltaY * (event.deltaMode === 1 ? rowHeight : 1));
    },
    { passive: false },
  );

  function draw(): void {
    const from = Math.max(0, Math.floor(offset() / rowHeight) - overscan);
    const to = Math.min(rows.length, Math.ceil((offset() + viewHeight()) / rowHeight) + overscan);
    const shift = full() <= tallest ? 0 : scroller.scrollTop - offset();
    while (pool.length < to - from) {
      const view = createRow(columns, selectable, id);
      pool.push(view);
      node.append(view.node);
    }
    const active = options.active();
    pool.forEach((view, k) => {
      const at = from + k;
      view.node.hidden = at >= to;
      if (at >= to) return;
      view.show(
        at,
        rows[at],
        options.isSelected(rows[at]),
        active?.row === at ? active.column : -1,
      );
      view.node.style.top = `${at * rowHeight + shift}px`;
    });
    if (rows.length === 0) node.append(nothing);
    else nothing.remove();
  }

  return {
    node,
    setRows(next, stay = false) {
      rows = next;
      height = Math.min(tallest, full());
      node.style.height = `${Math.max(rowHeight, height)}px`;
      if (!stay) scroller.scrollTop = 0;
      draw();
    },
    draw,
    reveal(row) {
      const top = row * rowHeight;
      const at = offset();
      if (top < at) setOffset(top);
      else if (top + rowHeight > at + viewHeight()) setOffset(top + rowHeight - viewHeight());
      draw();
    },
    get page() {
      return Math.max(1, Math.floor(viewHeight() / rowHeight) - 1);
    },
  };
}

interface RowView {
  readonly node: HTMLElement;
  show(at: number, row: number, selected: boolean, active: number): void;
}

function createRow(columns: readonly GridColumn[], selectable: boolean, id: string): RowView {
  const node = element("div", { class: "eg-row", role: "row" });
  const first = selectable ? 2 : 1;
  let check: HTMLInputElement | null = null;
  if (selectable) {
    check = element("input", { type: "checkbox", tabindex: -1 });
    node.append(
      element("div", { class: "eg-cell eg-check", role: "gridcell", "aria-colindex": 1 }, check),
    );
  }
  const cells = columns.map((column, j) => {
    const cell = element("div", {
      class: `eg-cell${column.numeric ? " eg-number" : ""}`,
      role: "gridcell",
      "aria-colindex": j + first,
    });
    node.append(cell);
    return cell;
  });
  let shown = -1;
  let drawn = -1;
  return {
    node,
    show(at, row, selected, active) {
      if (shown !== at) {
        shown = at;
        node.dataset.at = String(at);
        node.setAttribute("aria-rowindex", String(at + 2));
        cells.forEach((cell, j) => (cell.id = `${id}-${at}-${j}`));
      }
      if (drawn !== row) {
        drawn = row;
        columns.forEach((column, j) => fill(cells[j], column.text(row)));
        check?.setAttribute("aria-label", `select row ${row + 1}`);
      }
      if (check) {
        check.checked = selected;
        node.setAttribute("aria-selected", String(selected));
      }
      cells.forEach((cell, j) => cell.classList.toggle("eg-active", j === active));
    },
  };
}

function fill(cell: HTMLElement, text: string | null): void {
  cell.classList.toggle("eg-missing", text === null);
  if (text === null) {
    cell.removeAttribute("title");
    cell.replaceChildren(
      element("span", { "aria-hidden": "true" }, "–"),
      element("span", { class: "eg-hidden" }, "missing"),
    );
    return;
  }
  // A line break would end the row; what is cut off can be read on hover.
  cell.textContent = text.length > 400 ? `${text.slice(0, 400)}…` : text;
  if (text.length > 24) cell.title = text.slice(0, 2000);
  else cell.removeAttribute("title");
}
