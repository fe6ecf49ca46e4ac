import { isInterpreter } from "./cell-types.ts";
import { disarm } from "./disarm.ts";
import type { Cell, Notebook } from "./types.ts";

/**
 * The notebook as it is read back after saving: what can't stand in a file is changed here and nowhere else.
 *
 * CRLF and CR become LF, lines of only spaces become empty, NUL and lone surrogates become U+FFFD, empty attributes
 * are absent, and a cell whose text would break out of its element is made harmless (see `disarm`).
 */
export function normalizeNotebook(notebook: Notebook): Notebook {
  const { title, theme, readOnly, cells, other } = notebook;
  return {
    title: plainText(title),
    theme: normalTheme(theme),
    readOnly,
    cells: cells.map(normalCell),
    ...normalOther(other, ["theme", "readonly"]),
  };
}

const normalCells = new WeakMap<Cell, Cell>();

/** The cell as it is read back; the same record for the same record, so that saving after each edit costs one cell. */
function normalCell(cell: Cell): Cell {
  const known = normalCells.get(cell);
  if (known) return known;
  const normal = makeNormal(cell);
  normalCells.set(cell, normal);
  normalCells.set(normal, normal);
  return normal;
}

function makeNormal({
  id,
  mode,
  value,
  pinned,
  hidden,
  output,
  database,
  format,
  other,
}: Cell): Cell {
  const source = plainText(value)
    .split("\n")
    .map((line) => (line.trim() ? line : ""))
    .join("\n");
  const used = ["id", "type", "pinned", "hidden", "output"];
  const data = mode === "sql" ? plainText(database ?? "") || "var:db" : undefined;
  const kind = isInterpreter(mode) ? format || "buffer" : undefined;
  if (data !== undefined) used.push("database");
  if (kind !== undefined && kind !== "buffer") used.push("format");
  return {
    id,
    mode,
    value: disarm(source, mode),
    pinned,
    hidden,
    ...(output ? { output: plainText(output) } : {}),
    ...(data === undefined ? {} : { database: data }),
    ...(kind === undefined ? {} : { format: kind }),
    ...normalOther(other, used),
  };
}

function normalTheme(theme: Notebook["theme"]): Notebook["theme"] {
  if (typeof theme !== "string") return { light: theme.light, dark: theme.dark };
  const text = plainText(theme).trim().toLowerCase();
  const pair = /^light-dark\(([\w-]+),\s*([\w-]+)\)$/.exec(text);
  return pair ? { light: pair[1], dark: pair[2] } : text;
}

function normalOther(
  other: Readonly<Record<string, string>> | undefined,
  used: readonly string[],
): { other?: Record<string, string> } {
  const entries = Object.entries(other ?? {})
    .filter(([name]) => !used.includes(name))
    .map(([name, value]) => [name, plainText(value)]);
  return entries.length ? { other: Object.fromEntries(entries) } : {};
}

/** Text as an HTML parser hands it back. */
function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\0/g, "\uFFFD")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
}
