import type { Selection } from "../../base/selection.ts";
import type { Tree } from "./dendrogram.ts";
import type { View, Zoom } from "./drawing.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import { formatNumber } from "./numbers.ts";
import { html } from "./svg.ts";

/** Places first..last of an order. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Fewer rows than this are no picture; a branch may hold fewer. */
const least = 12;
/** Below it everything can be read as it is. */
const many = 30;

/** What part of a heatmap is shown. */
export interface HeatmapView extends Zoom {
  readonly view: View;
  /** The plan of what is shown now. */
  shown(): HeatmapPlan;
  /** Shows these rows and columns, those that are not given as they are. */
  to(rows: Span | null, columns: Span | null): void;
}

/** Zooms a heatmap: a window of places of either side, and the buttons for it. Null where there is nothing to zoom into. */
export function heatmapView(plan: HeatmapPlan, selection: Selection): HeatmapView | null {
  const n = plan.rowOrder.length;
  const m = plan.columnOrder.length;
  if (n <= many && m <= many) return null;
  const whole = { rows: { first: 0, last: n - 1 }, columns: { first: 0, last: m - 1 } };
  let { rows, columns } = whole;
  let redraw = () => {};
  const button = (text: string, name: string, act: () => void) => {
    const node = html("button", "", text) as HTMLButtonElement;
    node.type = "button";
    node.title = name;
    node.setAttribute("aria-label", name);
    node.addEventListener("click", act);
    return node;
  };
  const size = () => rows.last - rows.first + 1;
  const zoomed = () => size() < n || columns.last - columns.first + 1 < m;
  const set = (nextRows: Span, nextColumns: Span) => {
    const same = (a: Span, b: Span) => a.first === b.first && a.last === b.last;
    if (same(rows, nextRows) && same(columns, nextColumns)) return false;
    rows = nextRows;
    columns = nextColumns;
    tell();
    redraw();
    return true;
  };
  const spanAt = (first: number, length: number): Span => {
    const from = Math.max(0, Math.min(n - length, Math.round(first)));
    return { first: from, last: from + length - 1 };
  };
  const by = (factor: number, place?: number) => {
    const old = size();
    const length = Math.max(Math.min(least, n), Math.min(n, Math.round(old * factor)));
    const at = place ?? rows.first + (old - 1) / 2;
    const share = (at - rows.first + 0.5) / old;
    set(spanAt(at + 0.5 - share * length, length), columns);
  };
  const pan = (share: number) => set(spanAt(rows.first + share * size(), size()), columns);
  const toSelected = () => {
    const { genes, samples } = selection.value;
    const spanOf = (order: Int32Array, ids: readonly string[], chosen: readonly string[]) => {
      const has = new Set(chosen);
      let span: Span | null = null;
      order.forEach((i, place) => {
        if (has.has(ids[i])) span = { first: (span as Span | null)?.first ?? place, last: place };
      });
      return span as Span | null;
    };
    const { data, rowsAre, columnsAre } = plan;
    set(
      spanOf(plan.rowOrder, data.ids, rowsAre === "genes" ? genes : samples) ?? rows,
      (columnsAre && spanOf(plan.columnOrder, data.samples, samples)) ?? columns,
    );
  };
  const buttons = {
    nearer: button("+", "Zoom in", () => by(0.5)),
    farther: button("−", "Zoom out", () => by(2)),
    up: button("↑", `Earlier ${plan.rowsAre}`, () => pan(-0.5)),
    down: button("↓", `Later ${plan.rowsAre}`, () => pan(0.5)),
    selected: button("Selected", "Zoom to what is selected", toSelected),
    whole: button("Whole", "Show the whole", () => set(whole.rows, whole.columns)),
  };
  const status = html("span", "chart-zoom-status");
  status.setAttribute("role", "status");
  const controls = html("div", "chart-zoom", ...Object.values(buttons), status);
  controls.setAttribute("role", "group");
  controls.setAttribute("aria-label", "Zoom");
  // What a button has disabled must not lose the keyboard.
  const able = (node: HTMLElement, is: boolean) => node.setAttribute("aria-disabled", String(!is));
  const tell = () => {
    able(buttons.nearer, size() > least);
    able(buttons.farther, size() < n);
    able(buttons.up, rows.first > 0);
    able(buttons.down, rows.last < n - 1);
    able(buttons.whole, zoomed());
    status.textContent = words().join("; ");
  };
  const words = () => {
    const part = ({ first, last }: Span, of: number, what: string) =>
      last - first + 1 < of
        ? [`${what} ${formatNumber(first + 1)} to ${formatNumber(last + 1)} of ${formatNumber(of)}`]
        : [];
    return [...part(rows, n, plan.rowsAre), ...part(columns, m, "samples")];
  };
  tell();
  return {
    view: {
      controls,
      whenChanged(act) {
        redraw = act;
      },
    },
    shown() {
      if (!zoomed()) return plan;
      const said = words().join("; ");
      return {
        ...plan,
        rowOrder: plan.rowOrder.subarray(rows.first, rows.last + 1),
        columnOrder: plan.columnOrder.subarray(columns.first, columns.last + 1),
        rowTree: plan.rowTree && partOfTree(plan.rowTree, rows),
        columnTree: plan.columnTree && partOfTree(plan.columnTree, columns),
        window: {
          rows: plan.rowOrder,
          columns: plan.columnOrder,
          row: rows.first,
          column: columns.first,
          note: `Shown: ${said}.`,
        },
      };
    },
    to: (nextRows, nextColumns) => {
      set(nextRows ?? rows, nextColumns ?? columns);
    },
    by,
    pan,
    whole: () => set(whole.rows, whole.columns),
    reveal(stop) {
      if (stop >= rows.first && stop <= rows.last) return false;
      return set(spanAt(stop - size() / 2, size()), columns);
    },
  };
}

/** The tree of some of its places: branches that lie in them, and stems that lead out. */
function partOfTree(tree: Tree, { first, last }: Span): Tree {
  const joins = tree.joins
    .filter((join) => join.last >= first && join.first <= last)
    .map((join) => ({
      ...join,
      a: join.a - first,
      b: join.b - first,
      first: join.first - first,
      last: join.last - first,
    }));
  const inside = joins.filter((join) => join.first >= 0 && join.last <= last - first);
  const tallest = inside.reduce((most, { height }) => Math.max(most, height), 0);
  return {
    order: tree.order.subarray(first, last + 1),
    joins,
    tallest: tallest || tree.tallest,
  };
}
