import type { Cell, CellMode, Notebook } from "../../notebook/types.ts";

type NewCell = Partial<Omit<Cell, "id">> & { readonly mode: CellMode };

export function insertCell(notebook: Notebook, index: number, cell: NewCell): Notebook {
  const id = Math.max(0, ...notebook.cells.map((c) => c.id)) + 1;
  const made: Cell = { value: "", pinned: false, hidden: false, ...cell, id };
  return { ...notebook, cells: notebook.cells.toSpliced(index, 0, made) };
}
export function deleteCell(notebook: Notebook, id: number): Notebook {
  return { ...notebook, cells: notebook.cells.filter((c) => c.id !== id) };
}
export function moveCell(notebook: Notebook, id: number, index: number): Notebook {
  const from = notebook.cells.findIndex((c) => c.id === id);
  if (from < 0 || index < 0 || index >= notebook.cells.length || from === index) return notebook;
  const cells = notebook.cells.toSpliced(from, 1);
  return { ...notebook, cells: cells.toSpliced(index, 0, notebook.cells[from]) };
}
export function splitCell(notebook: Notebook, id: number, offset: number): Notebook {
  const at = notebook.cells.findIndex((c) => c.id === id);
  const cell = notebook.cells[at];
  const head = patch(notebook, id, { value: cell.value.slice(0, offset).trimEnd() });
  return insertCell(head, at + 1, {
    mode: cell.mode,
    pinned: cell.pinned,
    value: cell.value.slice(offset).trimStart(),
  });
}
export function mergeCells(notebook: Notebook, id: number): Notebook {
  const at = notebook.cells.findIndex((c) => c.id === id);
  const next = notebook.cells[at + 1];
  if (!next) return notebook;
  const gap = notebook.cells[at].mode === "md" ? "\n\n" : "\n";
  return patch(deleteCell(notebook, next.id), id, {
    value: `${notebook.cells[at].value}${gap}${next.value}`,
  });
}
export function patch(notebook: Notebook, id: number, change: Partial<Cell>): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((c) => (c.id === id ? { ...c, ...change } : c)),
  };
}
