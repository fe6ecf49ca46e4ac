import type { ChosenPart } from "../../base/selection.ts";
import type { Inks } from "./colour.ts";
import type { Tree } from "./dendrogram.ts";
import type { Links } from "./drawing.ts";
import type { Layout } from "./heatmap-cells.ts";
import type { HeatmapPlan } from "./heatmap-plan.ts";
import type { HeatmapView } from "./heatmap-view.ts";
import { svg } from "./svg.ts";

/** Room of the trees, in px. */
export interface TreeRoom {
  readonly rowWidth: number;
  readonly columnTop: number;
  readonly columnHeight: number;
}

/** How near a click must be to the line of a branch. */
const reach = 7;

/** Lets a cell select its gene, a column's name its sample, and a branch all that is below it; fades what is not selected. */
export function heatmapLinks(
  plan: HeatmapPlan,
  box: Layout,
  trees: TreeRoom,
  live: SVGGElement,
  inks: Inks,
  view: HeatmapView | null,
): Links {
  const { data, rowOrder, columnOrder, rowsAre, columnsAre } = plan;
  const nRows = rowOrder.length;
  const nColumns = columnOrder.length;
  const {
    rows: allRows,
    columns: allColumns,
    row: firstRow,
    column: firstColumn,
  } = plan.window ?? { rows: rowOrder, columns: columnOrder, row: 0, column: 0 };
  const rowIds = (places: readonly number[]): ChosenPart => ({
    [rowsAre]: places.map((i) => data.ids[allRows[firstRow + i]]),
  });
  const columnIds = (places: readonly number[]): ChosenPart | null =>
    columnsAre && { samples: places.map((j) => data.samples[allColumns[firstColumn + j]]) };
  const rowBranch = (x: number, y: number) => {
    const at = (share: number) => trees.rowWidth * (1 - share) + share;
    return (
      plan.rowTree && branch(plan.rowTree, y, x, (p) => box.y + (p + 0.5) * box.cellHeight, at)
    );
  };
  const columnBranch = (x: number, y: number) => {
    const at = (share: number) => trees.columnTop + trees.columnHeight * (1 - share) + share;
    return (
      plan.columnTree && branch(plan.columnTree, x, y, (p) => box.x + (p + 0.5) * box.cellWidth, at)
    );
  };
  const above = trees.columnTop + trees.columnHeight;
  const inColumnTree = (y: number) =>
    plan.columnTree !== null && y >= trees.columnTop - 2 && y <= above + 4;
  const inRowTree = (x: number) => plan.rowTree !== null && x <= trees.rowWidth + 2;
  const inRows = (y: number) => Math.floor((y - box.y) / box.cellHeight);
  const inColumns = (x: number) => Math.floor((x - box.x) / box.cellWidth);
  return {
    show(chosen) {
      live.replaceChildren();
      const rows = placesOf(rowOrder, data.ids, chosen[rowsAre]);
      const columns = columnsAre ? placesOf(columnOrder, data.samples, chosen.samples) : [];
      const fade = (d: string) =>
        d && live.append(svg("path", { d, fill: inks.paper, "fill-opacity": 0.62 }));
      const bar = (d: string) => d && live.append(svg("path", { d, fill: inks.accent }));
      if (rows.some(Boolean)) {
        const run = (from: number, to: number, x: number, width: number) =>
          `M${x},${(box.y + from * box.cellHeight).toFixed(2)}h${width}v${((to - from) * box.cellHeight).toFixed(2)}h${-width}Z`;
        fade(runs(rows, false, (from, to) => run(from, to, box.x, box.width)));
        bar(runs(rows, true, (from, to) => run(from, to, box.x + box.width + 1, 3)));
      }
      if (columns.some(Boolean)) {
        const run = (from: number, to: number, y: number, height: number) =>
          `M${(box.x + from * box.cellWidth).toFixed(2)},${y}h${((to - from) * box.cellWidth).toFixed(2)}v${height}h${(-(to - from) * box.cellWidth).toFixed(2)}Z`;
        fade(runs(columns, false, (from, to) => run(from, to, box.y, box.height)));
        bar(runs(columns, true, (from, to) => run(from, to, box.y + box.height + 1, 3)));
      }
    },
    at(x, y) {
      const i = inRows(y);
      const j = inColumns(x);
      const insideRows = i >= 0 && i < nRows;
      const insideColumns = j >= 0 && j < nColumns;
      if (insideRows && insideColumns && rowsAre === "samples")
        return { samples: [data.ids[rowOrder[i]], data.samples[columnOrder[j]]] };
      if (insideRows && x >= box.x) return rowIds([i]);
      if (insideColumns && y > box.y + box.height) return columnIds([j]);
      if (inColumnTree(y)) {
        const found = columnBranch(x, y);
        return found && columnIds(places(found));
      }
      if (insideColumns && y > above && y < box.y) return columnIds([j]);
      if (insideRows && inRowTree(x)) {
        const found = rowBranch(x, y);
        return found && rowIds(places(found));
      }
      return null;
    },
    within(outline) {
      const ys = outline.map(([, y]) => y);
      const [low, high] = [Math.min(...ys), Math.max(...ys)];
      const middle = (i: number) => box.y + (i + 0.5) * box.cellHeight;
      return rowIds(
        Array.from({ length: nRows }, (_, i) => i).filter(
          (i) => middle(i) >= low && middle(i) <= high,
        ),
      );
    },
    stops: nColumns ? allRows.length : 0,
    stop(i) {
      const place = Math.max(0, Math.min(nRows - 1, i - firstRow));
      const y = box.y + place * box.cellHeight;
      return {
        hit: {
          x: box.x,
          y,
          size: [box.width, box.cellHeight],
          title: data.labels[allRows[i]],
          rows: [],
        },
        part: rowIds([i - firstRow]),
      };
    },
    zoom: view
      ? {
          by: view.by,
          pan: view.pan,
          whole: view.whole,
          reveal: view.reveal,
          placeAt: (y) => firstRow + (y - box.y) / box.cellHeight - 0.5,
          into(x, y) {
            const rows = inRowTree(x) ? rowBranch(x, y) : null;
            const columns = rows ? null : inColumnTree(y) ? columnBranch(x, y) : null;
            if (!rows && !columns) return false;
            const span = (found: Branch | null, first: number, n: number) =>
              found && {
                first: Math.max(0, found.first + first),
                last: Math.min(n - 1, found.last + first),
              };
            view.to(
              span(rows, firstRow, allRows.length),
              span(columns, firstColumn, allColumns.length),
            );
            return true;
          },
        }
      : undefined,
  };
}

/** Places of a branch's leaves. */
interface Branch {
  readonly first: number;
  readonly last: number;
}

function places({ first, last }: Branch): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** For each place, whether what stands there is chosen. */
function placesOf(
  order: Int32Array,
  ids: readonly string[],
  chosen: readonly string[],
): readonly boolean[] {
  if (!chosen.length) return [];
  const has = new Set(chosen);
  return Array.from(order, (i) => has.has(ids[i]));
}

/** A path of all runs of places that are (not) chosen. */
function runs(
  chosen: readonly boolean[],
  wanted: boolean,
  path: (from: number, to: number) => string,
): string {
  let d = "";
  for (let i = 0; i < chosen.length;) {
    let end = i + 1;
    while (end < chosen.length && chosen[end] === chosen[i]) ++end;
    if (chosen[i] === wanted) d += path(i, end);
    i = end;
  }
  return d;
}

/** The leaves below the branch whose line is nearest to a click: `along` is px among the leaves, `across` px of height. */
function branch(
  { joins, tallest }: Tree,
  along: number,
  across: number,
  leaf: (place: number) => number,
  rise: (share: number) => number,
): Branch | null {
  let best: Tree["joins"][number] | null = null;
  let least = reach;
  for (const join of joins) {
    if (join.height > tallest && tallest > 0) continue;
    const height = rise(tallest > 0 ? join.height / tallest : 0);
    const from = leaf(join.a);
    const to = leaf(join.b);
    const beside = along < from ? from - along : along > to ? along - to : 0;
    const d = Math.hypot(beside, across - height);
    if (d < least) {
      least = d;
      best = join;
    }
  }
  return best;
}
