import type { Notebook } from "../../notebook/types.ts";
import { createCellView, type CellEvents, type CellProps, type CellView } from "./cell-view.ts";

/** The cells on the page, kept in step with the document. */
export interface CellList {
  readonly element: HTMLElement;
  get(id: number): CellView | undefined;
  all(): Iterable<CellView>;
  /** Makes, moves and drops cells; returns the ids of those made and gone. */
  update(notebook: Notebook): { readonly made: number[]; readonly gone: number[] };
  /** Hands every cell its properties; those that have not changed cost nothing. */
  render(
    notebook: Notebook,
    propsOf: (cell: Notebook["cells"][number], index: number) => CellProps,
  ): void;
}

export function createCellList(list: HTMLElement, events: CellEvents): CellList {
  const views = new Map<number, CellView>();
  const rendered = new Map<number, CellProps>();

  return {
    element: list,
    get: (id) => views.get(id),
    all: () => views.values(),
    update(notebook) {
      const kept = new Set(notebook.cells.map(({ id }) => id));
      const gone = [...views.keys()].filter((id) => !kept.has(id));
      const made: number[] = [];
      for (const id of gone) {
        views.get(id)?.element.remove();
        views.get(id)?.dispose();
        views.delete(id);
        rendered.delete(id);
      }
      for (const cell of notebook.cells) {
        if (views.has(cell.id)) continue;
        views.set(cell.id, createCellView(cell, events));
        made.push(cell.id);
      }
      arrange(
        list,
        notebook.cells.map(({ id }) => views.get(id)?.element).filter((e) => e !== undefined),
      );
      return { made, gone };
    },
    render(notebook, propsOf) {
      for (const [index, cell] of notebook.cells.entries()) {
        const props = propsOf(cell, index);
        const before = rendered.get(cell.id);
        if (before && same(before, props)) continue;
        rendered.set(cell.id, props);
        views.get(cell.id)?.render(props);
      }
    },
  };
}

function same(a: CellProps, b: CellProps): boolean {
  return (Object.keys(a) as (keyof CellProps)[]).every((key) => a[key] === b[key]);
}

interface MovingParent {
  moveBefore?(node: Node, before: Node | null): void;
}

/** Brings children into order; an element that only changes place keeps its state where browsers can. */
function arrange(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  for (const [i, node] of wanted.entries()) {
    const there = list.children[i] ?? null;
    if (there === node) continue;
    if (there && list.children[i + 1] === node && wanted[i + 1] !== there) {
      move(list, there, placeAfter(list, wanted, there));
      if (list.children[i] === node) continue;
    }
    move(list, node, list.children[i] ?? null);
  }
}

/** Where a node that leaves its place belongs: before the first node that follows it in the new order. */
function placeAfter(
  list: HTMLElement,
  wanted: readonly HTMLElement[],
  node: Element,
): Element | null {
  const following = wanted[wanted.indexOf(node as HTMLElement) + 1];
  return following?.parentElement === list ? following : null;
}

function move(list: HTMLElement, node: Element, before: Element | null): void {
  const parent = list as MovingParent;
  if (node.parentElement === list && parent.moveBefore) parent.moveBefore(node, before);
  else list.insertBefore(node, before);
}
