import type { Cell } from "../notebook/types.ts";
import { h } from "./element.ts";
import type { DocumentTools } from "./ports.ts";

/** The cells of a version, each marked where it differs from the present text, and those it does not have. */
export function versionPreview(
  version: string,
  present: string,
  documents: DocumentTools,
): HTMLElement {
  const then = cellsOf(version, documents);
  const now = cellsOf(present, documents);
  if (!then) return h("pre", { class: "preview-source", tabindex: 0 }, version);
  const nowById = new Map((now?.cells ?? []).map((cell) => [cell.id, cell]));
  const thenIds = new Set(then.cells.map((cell) => cell.id));
  const gone = (now?.cells ?? []).filter((cell) => !thenIds.has(cell.id));
  return h(
    "div",
    { class: "preview" },
    h("p", { class: "preview-title" }, then.title),
    ...then.cells.map((cell) => cellRow(cell, markOf(cell, nowById.get(cell.id)))),
    ...gone.map((cell) => cellRow(cell, "not in this version")),
  );
}

function markOf(cell: Cell, present: Cell | undefined): string | null {
  if (!present) return "deleted since";
  return present.value === cell.value && present.mode === cell.mode ? null : "changed since";
}

function cellRow(cell: Cell, mark: string | null): HTMLElement {
  return h(
    "div",
    { class: `preview-cell${mark ? " preview-differs" : ""}` },
    h("p", { class: "preview-mark" }, mark ? `${cell.mode}, ${mark}` : cell.mode),
    h("pre", { class: "preview-source", tabindex: 0 }, cell.value || "(empty)"),
  );
}

function cellsOf(
  text: string,
  documents: DocumentTools,
): { title: string; cells: readonly Cell[] } | null {
  try {
    return documents.parse(text);
  } catch {
    return null;
  }
}
