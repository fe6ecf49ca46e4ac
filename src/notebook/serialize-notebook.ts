import { argumentError } from "../base/errors.ts";
import { cellContent } from "./cell-content.ts";
import { cellTypes } from "./cell-types.ts";
import { normalizeNotebook } from "./normalize-notebook.ts";
import type { Cell, Notebook } from "./types.ts";

/**
 * The notebook's file: Notebook Kit's HTML, byte for byte what Notebook Kit writes where that can be read back.
 *
 * `parseNotebook`, and Notebook Kit's deserialize, give `normalizeNotebook(notebook)` again, and saving that gives the same
 * bytes. Needs no DOM.
 */
export function serializeNotebook(notebook: Notebook): string {
  const { title, theme, readOnly, cells, other } = normalizeNotebook(notebook);
  const themes = typeof theme === "string" ? theme : `light-dark(${theme.light}, ${theme.dark})`;
  const open = attributes([
    ["theme", themes],
    ["readonly", readOnly ? "" : undefined],
    ...Object.entries(other ?? {}),
  ]);
  const lines = [`<title>${escapeText(title)}</title>`, ...cells.map(cellElement)];
  return `<!doctype html>\n<notebook${open}>\n${lines.map((l) => `  ${l}\n`).join("")}</notebook>\n`;
}

const elements = new WeakMap<Cell, string>();

function cellElement(cell: Cell): string {
  const known = elements.get(cell) ?? makeElement(cell);
  elements.set(cell, known);
  return known;
}

function makeElement(cell: Cell): string {
  const open = attributes([
    ["id", String(cell.id)],
    ["type", cellTypes[cell.mode]],
    ["pinned", cell.pinned ? "" : undefined],
    ["hidden", cell.hidden ? "" : undefined],
    ["database", cell.database],
    ["output", cell.output],
    ["format", cell.other?.format === undefined ? cell.format : undefined],
    ...Object.entries(cell.other ?? {}),
  ]);
  return `<script${open}>${cellContent(cell.value)}</script>`;
}

function attributes(entries: readonly (readonly [string, string | undefined])[]): string {
  let text = "";
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    if (!/^[a-z_][\w:.-]*$/i.test(name)) throw argumentError(`invalid attribute name: ${name}`);
    text += ` ${name}="${escapeText(value).replaceAll('"', "&quot;")}"`;
  }
  return text;
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("\u00A0", "&nbsp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
