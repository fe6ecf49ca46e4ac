import type { Cell, Notebook } from "./types.ts";

/** A heading: level 1 to 6, its text without markup, and the cell it stands in. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly cellId: number;
}

/** The headings of Markdown cells (# and underlined, outside code) and of HTML cells, in order. `${…}` reads "…". */
export function outline(notebook: Notebook): Heading[] {
  return notebook.cells.flatMap((cell) =>
    headingsOf(cell)
      .filter(([, text]) => text !== "")
      .map(([level, text]) => ({ level, text, cellId: cell.id })),
  );
}

/** The notebook's title, or its first heading where it has none, or "Untitled". */
export function titleOf(notebook: Notebook): string {
  const title = notebook.title.trim();
  if (title !== "" && title !== "Untitled") return title;
  return outline(notebook)[0]?.text ?? "Untitled";
}

function headingsOf({ mode, value }: Cell): [number, string][] {
  if (mode === "html") return htmlHeadings(value);
  return mode === "md" ? markdownHeadings(value) : [];
}

function htmlHeadings(text: string): [number, string][] {
  const visible = text.replace(/<!--[^]*?(-->|$)/g, "");
  return [...visible.matchAll(/<h([1-6])(?=[\s>])[^>]*>([^]*?)<\/h\1\s*>/gi)].map(
    ([, level, content]) => [Number(level), plain(content.replace(/<[^>]*>/g, ""))],
  );
}

function markdownHeadings(text: string): [number, string][] {
  const headings: [number, string][] = [];
  let fence = "";
  let paragraph = "";
  for (const line of text.replace(/<!--[^]*?(-->|$)/g, "").split(/\r\n?|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence) {
      if (mark && mark[1].startsWith(fence) && !mark[2].trim()) fence = "";
      continue;
    }
    if (mark) {
      fence = mark[1];
      paragraph = "";
      continue;
    }
    const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line);
    const underline = /^ {0,3}(=+|-+)[ \t]*$/.exec(line);
    if (atx) headings.push([atx[1].length, inline(atx[2] ?? "")]);
    else if (underline && paragraph)
      headings.push([underline[1].startsWith("=") ? 1 : 2, inline(paragraph)]);
    const isText = !atx && !underline && !/^(?: {4}|\t| {0,3}(?:[-*+>]|\d+[.)])[ \t])/.test(line);
    paragraph = isText ? line.trim() : "";
  }
  return headings;
}

/** Markdown without its marks. */
function inline(text: string): string {
  return plain(
    text
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/<\/?[a-z][^>]*>/gi, "")
      .replace(/(\*\*|__|~~)(.+?)\1/g, "$2")
      .replace(/(?<![\p{L}\p{N}])([*_])(.+?)\1(?![\p{L}\p{N}])/gu, "$2")
      .replace(/`+([^`]*)`+/g, "$1")
      .replace(/\\([!-/:-@[-`{-~])/g, "$1"),
  );
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
};

function plain(text: string): string {
  return text
    .replace(/\$\{[^}]*\}/g, "…")
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name])
    .replace(/\s+/g, " ")
    .trim();
}
